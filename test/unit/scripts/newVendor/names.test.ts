import { vendorNames } from '../../../../scripts/newVendor/names.mjs';

it.each([
	['acme', 'Acme', 'Acme', 'acme', 'acme'],
	['  Acme ', 'Acme', 'Acme', 'acme', 'acme'],
	['Acme Chat', 'Acme Chat', 'AcmeChat', 'acmeChat', 'acme-chat'],
	['acme-chat_24', 'Acme Chat 24', 'AcmeChat24', 'acmeChat24', 'acme-chat-24'],
	['ACME', 'ACME', 'Acme', 'acme', 'acme'],
	['plivoSMS', 'PlivoSMS', 'PlivoSMS', 'plivoSMS', 'plivosms'],
	['Acme  SMS', 'Acme SMS', 'AcmeSms', 'acmeSms', 'acme-sms'],
	['X', 'X', 'X', 'x', 'x'],
])('"%s" is shown as %s', (entered, displayName, className, name, domain) => {
	expect(vendorNames(entered)).toMatchObject({ displayName, className, name, domain });
});

it('each has a colour of its own, which is always the same', () => {
	const hues = ['acme', 'Acme', 'other'].map((name) => Number(vendorNames(name).hue));
	expect(hues[0]).toBe(hues[1]);
	expect(hues[0]).not.toBe(hues[2]);
	expect(hues.every((hue) => hue >= 0 && hue < 360)).toBe(true);
});

it.each([
	['', 'Which vendor?'],
	['   ', 'Which vendor?'],
	['24sms', 'a letter first'],
	['Müller', 'letters from A to Z'],
	['acme!', 'letters from A to Z'],
	['../acme', 'letters from A to Z'],
	['acme 👋', 'letters from A to Z'],
	['acme -', 'letters from A to Z'],
	['Acme API', 'Leave out "API"'],
	['acme trigger', 'Leave out "trigger"'],
	['node', 'Leave out "node"'],
	['map', 'Map has a meaning in JavaScript'],
	['A'.repeat(41), 'too long'],
])('"%s" is refused', (entered, why) => {
	expect(() => vendorNames(entered)).toThrow(why);
});
