import type { IDataObject } from 'n8n-workflow';

import type { Host } from '../../../nodes/delivery/run/host';
import { sourcesByItem, sourcesOfBulk } from '../../../nodes/delivery/run/sources';
import { InvalidInput } from '../../../nodes/input/invalidInput';

const person = { phone: '+14155550123', 'First Name ': 'Ana', address: { city: 'Paris' } };

/** Who gets a bulk with these settings, and the words of what stands in the way. */
function recipients(settings: IDataObject, json: IDataObject = person): unknown[] {
	const parameters = { parameters: settings, read: (name: string) => settings[name] };
	const host = { items: [{ json }], parameters } as unknown as Host;
	return [...sourcesByItem(host)].flat().map(({ failure, recipient }) => {
		try {
			if (failure) throw failure;
			return recipient?.();
		} catch (error) {
			if (!(error instanceof InvalidInput)) throw error;
			return `${error.message}. ${error.cure}`;
		}
	});
}

describe('the recipients of a bulk', () => {
	const list = (recipientList: unknown) =>
		recipients({ recipientsFrom: 'list', recipientField: 'phone', recipientList } as IDataObject);

	it.each([
		['the field', 'phone', '+14155550123'],
		['a field in other letters', ' Phone ', '+14155550123'],
		['a name with a blank at its end', 'First Name', 'Ana'],
		['a way into an object', 'address.city', 'Paris'],
		[
			'the value of the field, dragged in',
			'+14155550123',
			'Recipient Field is "+14155550123", which is the value of the field "phone". Enter the name phone itself, without an expression.',
		],
		[
			'a field that is not there',
			'mobile',
			'Recipient Field "mobile" is no field of this item. The item has "phone", "First Name ", "address".',
		],
	])('are read from the items by %s', (_what, recipientField, expected) => {
		expect(recipients({ recipientField })).toEqual([expected]);
	});

	it.each([
		['text', '+14155550123, +14155550124\n+14155550125;', 3],
		['JSON', '["+14155550123", {"phone": "+14155550124"}]', 2],
		['JSON behind the mark of a file', '\ufeff ["+14155550123"]', 1],
		['a list', ['+14155550123', { phone: '+14155550124' }], 2],
		['a number', 14155550123, 1],
	])('are read from %s', (_what, value, count) => {
		const found = list(value);
		expect(found).toHaveLength(count);
		for (const one of found) expect(String(one)).toMatch(/^\+?1415555012\d$/);
	});

	it.each([
		['nothing', undefined, 'Recipient List is empty. Enter who gets the message'],
		['an empty list', [], 'Recipient List is empty. Enter who gets the message'],
		['an empty list in JSON', '[]', 'Recipient List is empty. Enter who gets the message'],
		['only blanks', ' \u200b\n', 'Recipient List is empty. Enter who gets the message'],
		['an object', { people: 'Ana' }, 'Recipient List is not text but an object. '],
		['a broken list', '["+14155550123"', 'Recipient List is not a valid JSON list. '],
	])('of %s are refused in words', (_what, value, words) => {
		const [found, ...more] = list(value);
		expect(more).toEqual([]);
		expect(found).toMatch(new RegExp(`^${words}`));
	});
});

it('the recipients of a long list of items leave room for whatever else n8n does', async () => {
	const items = Array.from({ length: 60 }, () => ({ json: person }));
	const busyFor = (ms: number) => {
		const end = performance.now() + ms;
		while (performance.now() < end);
	};
	const parameters = {
		parameters: { recipientField: '={{ $json.field.toLowerCase() }}' },
		read() {
			busyFor(1);
			return 'phone';
		},
		json: () => undefined,
	};
	let turns = 0;
	const count = () => {
		turns++;
		if (turns < 1000) timer = setImmediate(count);
	};
	let timer = setImmediate(count);
	const sources = await sourcesOfBulk({ items, parameters } as unknown as Host);
	clearImmediate(timer);
	expect(sources).toHaveLength(60);
	expect(turns).toBeGreaterThan(0);
});
