import fc from 'fast-check';
import { isEmail, requireEmail, requireEmails } from '../../../nodes/input/email';
import { anything, attempt, digitsOf } from './anything';
import { refusal } from './refusal';

describe('an email address', () => {
	it.each([
		['plain', 'ana@example.com', 'ana@example.com'],
		['with a tag', 'ana.b+c@mail.example.co', 'ana.b+c@mail.example.co'],
		['with capitals, which are kept', 'Ana@Example.COM', 'Ana@Example.COM'],
		['with unusual characters', "o'hara_#1{x}@example.com", "o'hara_#1{x}@example.com"],
		['with blanks around', ' ana@example.com \n', 'ana@example.com'],
		['with a display name', 'Ana Łuczak <ana@example.com>', 'ana@example.com'],
		[
			'with a display name in quotation marks',
			'"Łuczak, Ana" <ana@example.com>',
			'ana@example.com',
		],
		['with initials and an emoji', 'Ana B. Ł. 🎉 <ana@example.com>', 'ana@example.com'],
		['with an @ in the display name', 'Ana @ Sales <ana@example.com>', 'ana@example.com'],
		['in angle brackets', '<ana@example.com>', 'ana@example.com'],
		['with a comment behind', 'ana@example.com (work)', 'ana@example.com'],
		['as a link', 'mailto:ana@example.com', 'ana@example.com'],
		['with letters of another script', 'ana@münchen.example', 'ana@münchen.example'],
		['in another script', '用户@例え.テスト', '用户@例え.テスト'],
		['in punycode', 'ana@xn--mnchen-3ya.example', 'ana@xn--mnchen-3ya.example'],
		['with 64 characters before the @', `${'a'.repeat(64)}@example.com`, undefined],
		[
			'with characters that nobody sees',
			'\u202aana\u200b@exa\u00admple.com\ufeff\u202c',
			'ana@example.com',
		],
	])('may be %s: %j', (_what, text, expected) => {
		expect(requireEmail('To', text)).toBe(expected ?? text);
		expect(isEmail(text)).toBe((expected ?? text) === text);
	});

	it.each([
		['no @', 'ana', 'To "ana" is not an email address'],
		['no domain', 'ana@', 'is not an email address'],
		['no dot in its domain', 'ana@localhost', 'its domain has no dot'],
		['two dots', 'a@b..com', 'To "a@b..com" is not an email address'],
		['two dots before the @', 'a..b@example.com', 'is not an email address'],
		['a leading dot', '.ana@example.com', 'is not an email address'],
		['a dot before the @', 'ana.@example.com', 'is not an email address'],
		['a trailing dot', 'ana@example.com.', 'is not an email address'],
		['a dot behind the @', 'ana@.example.com', 'is not an email address'],
		['65 characters before the @', `${'a'.repeat(65)}@example.com`, 'more than 64 characters'],
		['65 bytes before the @', `${'ä'.repeat(33)}@example.com`, 'more than 64 characters'],
		['255 characters', `a@${'b.'.repeat(125)}com`, 'more than 254 characters'],
		['a label of 64', `ana@${'b'.repeat(64)}.com`, 'its domain cannot exist'],
		['a label of 64 in punycode', `ana@${'ü'.repeat(60)}.com`, 'its domain cannot exist'],
		['a hyphen at the start of a label', 'ana@-b.com', 'its domain cannot exist'],
		['an underscore in the domain', 'ana@b_c.com', 'its domain cannot exist'],
		['a slash in the domain', 'ana@example.com/x', 'its domain cannot exist'],
		['one letter at the end', 'ana@example.c', 'its domain cannot exist'],
		['digits at the end', 'ana@192.168.0.1', 'its domain cannot exist'],
		['an address literal', 'ana@[192.168.0.1]', 'is not an email address'],
		['quotation marks', '"ana b"@example.com', 'is not an email address'],
		['a blank within', 'a na@example.com', 'is not an email address'],
		['blanks around dots', 'a . na@example.com', 'is not an email address'],
		['a wide blank within', 'a\u3000na@example.com', 'is not an email address'],
		['a comment within', 'ana(x)@example.com', 'is not an email address'],
		['a route', '<@a.example:ana@example.com>', 'is not an email address'],
		['a group', 'Friends: ana@example.com, bob@example.com;', 'holds more than one address'],
		['two addresses', 'a@b.co, c@d.co', 'To "a@b.co, c@d.co" holds more than one address'],
		['two addresses', 'a@b.co; c@d.co', 'holds more than one address'],
		['two addresses', 'a@b.co c@d.co', 'holds more than one address'],
		['a line break', 'a@b.co\r\nBcc: c@d.co', 'has a line break or another control character'],
		['a line break', 'Ana\r\n <a@b.co>', 'has a line break or another control character'],
		['a tab', 'Ana\t<a@b.co>', 'has a line break or another control character'],
		['a control character', 'an\u0007a@b.co', 'To "an⟨U+0007⟩a@b.co" has a line break or another'],
		['a null', 'ana@b.co\u0000', 'has a line break or another control character'],
		['half an emoji', 'a\ud83d@b.co', 'To "a⟨U+D83D⟩@b.co" has a line break or another'],
		['far too much', `${'a '.repeat(50_000)}<a@b.co>`, 'is too long for an address'],
		['nothing', '', 'To is empty'],
		['nothing', undefined, 'To is empty'],
		['an object', { email: 'a@b.co' }, 'To: an object is not an email address'],
		['a list', ['a@b.co'], 'To: a list is not an email address'],
		['a number', 5, 'To "5" is not an email address'],
	])('cannot have %s: %j', (_what, value, message) => {
		expect(refusal(() => requireEmail('To', value)).message).toContain(message);
		expect(isEmail(value)).toBe(false);
	});

	it('is one thing or refused, whatever is entered', () => {
		const near = fc.oneof(
			fc.emailAddress(),
			fc.stringMatching(/^[a-z0-9."<>@ ,;:()[\]\\\-\u00e4\u200b]{0,30}$/),
			fc.tuple(fc.string({ unit: 'grapheme' }), fc.emailAddress()).map(([n, a]) => `${n} <${a}>`),
		);
		fc.assert(
			fc.property(anything(near, near, near), (value) => {
				const email = attempt(() => requireEmail('To', value));
				if (email === undefined) return expect(isEmail(value)).toBe(false);
				expect(requireEmail('To', email)).toBe(email);
				expect(isEmail(email)).toBe(true);
				expect(email).toMatch(/^[^\s<>()[\]"\p{C}]+@[^\s<>()[\]"@\p{C}]+\.[^\s.@]{2,}$/u);
				expect(digitsOf(value)).toContain(digitsOf(email));
			}),
			{ numRuns: 3_000 },
		);
	});

	it('is taken as it is when it is an ordinary one', () => {
		const local = fc.stringMatching(/^[a-z0-9]{1,20}([.+_-][a-z0-9]{1,20}){0,2}$/);
		const domain = fc.stringMatching(/^[a-z0-9]{1,20}(\.[a-z]{1,10}){0,2}\.[a-z]{2,8}$/);
		fc.assert(
			fc.property(local, domain, (before, after) => {
				expect(requireEmail('To', `${before}@${after}`)).toBe(`${before}@${after}`);
				expect(requireEmail('To', `Ana <${before}@${after}>`)).toBe(`${before}@${after}`);
			}),
		);
	});
});

describe('several email addresses', () => {
	it.each([
		['a@b.co, c@d.co', ['a@b.co', 'c@d.co']],
		['a@b.co; c@d.co\n e@f.co,', ['a@b.co', 'c@d.co', 'e@f.co']],
		['"Doe, Ana" <a@b.co>, "Roe; Bob" <c@d.co>', ['a@b.co', 'c@d.co']],
		[
			['Ana <a@b.co>', '', null, 'c@d.co'],
			['a@b.co', 'c@d.co'],
		],
		['', []],
		[undefined, []],
		[' ,; \n', []],
	])('are %j', (value, expected) => expect(requireEmails('CC', value)).toEqual(expected));

	it('are all named where several are none', () => {
		expect(refusal(() => requireEmails('CC', 'ana, ben@example.com; cleo@x'))).toEqual({
			message:
				'CC has 2 mistakes: "ana" is not an email address; "cleo@x" is not an email address: its domain has no dot',
			cure: 'Enter an address such as ana@example.com.',
		});
	});

	it.each([
		['a@b.co, ana', 'CC "ana" is not an email address'],
		['Doe, Ana <a@b.co>', 'CC "Doe" is not an email address'],
		['a@b.co c@d.co', 'CC "a@b.co c@d.co" holds more than one address'],
		[['a@b.co, c@d.co'], 'CC "a@b.co, c@d.co" holds more than one address'],
		[{ email: 'a@b.co' }, 'CC: an object is not an email address'],
	])('are not %j', (value, message) => {
		expect(refusal(() => requireEmails('CC', value)).message).toContain(message);
	});

	it('are addresses or refused, whatever is entered', () => {
		fc.assert(
			fc.property(anything(fc.array(fc.emailAddress())), (value) => {
				const emails = attempt(() => requireEmails('CC', value));
				if (emails === undefined) return;
				expect(emails.every(isEmail)).toBe(true);
				expect(requireEmails('CC', emails)).toEqual(emails);
				expect(requireEmails('CC', emails.join(', '))).toEqual(emails);
			}),
		);
	});
});
