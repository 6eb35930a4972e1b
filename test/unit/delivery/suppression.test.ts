import type { IDataObject } from 'n8n-workflow';

import { KeptBack } from '../../../nodes/delivery/http/outcome';
import { isSameForRun } from '../../../nodes/delivery/run/expressions';
import type { Host } from '../../../nodes/delivery/run/host';
import type { Operation } from '../../../nodes/delivery/run/operation';
import { withoutOption } from '../../../nodes/delivery/run/parameterSource';
import { Suppression } from '../../../nodes/delivery/suppression/suppression';
import { InvalidInput } from '../../../nodes/input/invalidInput';

const UUID = '550e8400-e29b-41d4-a716-446655440001';
const CONDUIT_ID = 'ph77c0dy0mgdpzmqz6tesry8w184002s';

/** A node with this list, and how often its expression was evaluated. */
function node(list: unknown, value: unknown = list) {
	const warnings: string[] = [];
	const evaluated: number[] = [];
	const host = {
		node: { name: 'Bulk' },
		logger: { warn: (text: string) => warnings.push(text) },
		parameters: {
			parameters: { options: { suppressionList: list } },
			evaluate: (_expression: string, itemIndex: number) => {
				evaluated.push(itemIndex);
				return value;
			},
		},
	} as unknown as Host;
	return { suppression: Suppression.of(host) as Suppression, warnings, evaluated };
}

const operation = {
	api: { provider: 'acme' },
	kind: 'send',
	people: { of: (names: string[]) => [names] },
	request: () => undefined,
} as unknown as Operation<string[]>;

/** Whether somebody is on a list; the words of a refusal. */
async function isOn(value: unknown, names: string | string[], country?: string) {
	const { suppression } = node('={{ $input.all() }}', value);
	try {
		const list = await suppression.listOf(0, country);
		const input = [names].flat();
		await suppression.without(operation, { input, request: undefined }, list);
		return false;
	} catch (error) {
		if (error instanceof KeptBack) return true;
		if (error instanceof InvalidInput) return `${error.message}. ${error.cure}`;
		throw error;
	}
}

describe('a suppression list', () => {
	it.each<[string, unknown, string, string?]>([
		['a number as it is', '+14155550123', '+14155550123'],
		['with blanks, brackets and dashes', '+1 (415) 555-0123', '+14155550123'],
		['with what nobody sees', '\u202a+14155550123\u202c', '+14155550123'],
		['in full-width digits', '＋１４１５５５５０１２３', '+14155550123'],
		['with 00', '0044 7700 900123', '+447700900123'],
		['with a national zero behind the code', '+4407700900123', '+447700900123'],
		['with a prefix', 'phone:+60121233112', '+60121233112'],
		['of the default country', '07700 900123', '+447700900123', 'GB'],
		['as a number', 14155550123, '+14155550123', 'US'],
		['as a number whose zero is gone', 7700900123, '+447700900123', 'GB'],
		['of WhatsApp in Mexico', '+5215512345678', '+525512345678'],
		['of WhatsApp in Brazil', '+556199998888', '+5561999998888'],
		['an address', 'ana@example.com', 'ana@example.com'],
		['in capitals', 'Ana@Example.COM', 'ana@example.com'],
		['with a name', 'Ana Díaz <ana@example.com>', 'Ana@example.com'],
		['with mailto', 'mailto:ana@example.com', 'ana@example.com'],
		['of a domain in other letters', 'ana@bücher.example', 'ana@xn--bcher-kva.example'],
		['of a domain in punycode', 'ana@XN--bcher-kva.example', 'ana@Bücher.example'],
		['with an accent in two characters', 'jose\u0301@example.com', 'josé@example.com'],
		['an ID', CONDUIT_ID, CONDUIT_ID],
		['an ID in capitals', UUID.toUpperCase(), UUID],
		['an ID of digits', 123, '123'],
		['an ID with its prefix', 'id:123', '123'],
		['a username', 'ana.example', 'ana.example'],
	])('knows %s', async (_what, entry, name, country = '') => {
		expect(await isOn([entry], name, country)).toBe(true);
		expect(await isOn([{ json: { id: 4, created_at: 'x', whom: entry } }], name, country)).toBe(
			true,
		);
	});

	it.each<[string, unknown, string]>([
		['another number', '+14155550124', '+14155550123'],
		['the start of a number', '+1415555012', '+14155550123'],
		['another address', 'ana+x@example.com', 'ana@example.com'],
		['an ID in other letters', 'AbCdEf', 'abcdef'],
	])('does not take %s for the same', async (_what, entry, name) => {
		expect(await isOn([entry], name)).toBe(false);
	});

	it.each<[string, unknown]>([
		['the rows of a table', [{ id: 1, phone: '+14155550123', email: '', createdAt: 'x' }]],
		['columns in other words', [{ ID: 1, 'Phone Number': '+14155550123', Name: 'Ana' }]],
		['rows as items', [{ json: { mobile: '+14155550123', note: 'x' }, pairedItem: 0 }]],
		['one row', { phone: '+14155550123', email: 'ana@example.com' }],
		['an event of the trigger', [{ eventId: 'x', recipient: '262966', sender: '+14155550123' }]],
		['text', 'ana@example.com; +1 415 555 0123\n\n'],
		[
			'one of several kinds',
			['ana@example.com', UUID, CONDUIT_ID, 'id:7', '+14155550123', null, ' '],
		],
	])('is read from %s', async (_what, value) => {
		expect(await isOn(value, '+14155550123')).toBe(true);
		expect(await isOn(value, '+14155550199')).toBe(false);
	});

	it('knows a person by any of their names', async () => {
		const row = [{ phone: '+14155550123', email: 'ana@example.com' }];
		expect(await isOn(row, 'ana@example.com')).toBe(true);
		expect(await isOn(['ana@example.com'], [UUID, 'ana@example.com'])).toBe(true);
	});

	it.each<[string, unknown, string, string]>([
		[
			'a local number without a country',
			['07700 900123'],
			'+14155550123',
			'entry 1 "07700 900123" needs + and the country code',
		],
		[
			'a number that lost its +',
			[' ', 14155550123],
			'+14155550123',
			'entry 2 "14155550123" needs + and the country code',
		],
		[
			'a number that a spreadsheet has cut',
			['1.41556E+10'],
			'+14155550123',
			'that a spreadsheet has cut short',
		],
		['letters in a number', ['+1415555O123'], '+14155550123', 'has letters'],
		[
			'a code of no country',
			['+9991234567'],
			'+14155550123',
			'does not start with the code of a country',
		],
		['a word', ['unknown'], '+14155550123', 'entry 1 "unknown" is not a phone number'],
		[
			'a word among addresses',
			['a@b.example', 'n/a'],
			'ana@example.com',
			'entry 2 "n/a" is neither a phone number nor an email address nor an ID',
		],
		['a broken address', ['ana@'], 'ana@example.com', 'entry 1 "ana@" is neither'],
		[
			'an object in a row',
			[{ phone: { e164: '+1' } }],
			'+14155550123',
			'entry 1 has an object in phone',
		],
		['names in no field', [{ city: 'Paris', age: 4 }], '+14155550123', 'It has city, age.'],
		[
			'numbers for an ID',
			['+14155550123', 14155550124],
			CONDUIT_ID,
			`holds no IDs, and "${CONDUIT_ID}" is one`,
		],
	])('refuses %s', async (_what, value, name, says) => {
		expect(await isOn(value, name)).toContain(says);
	});

	it('says in the log that it holds nothing to compare with', async () => {
		const { suppression, warnings } = node('ana@example.com');
		const list = await suppression.listOf(0, undefined);
		for (const input of [['+14155550123'], ['+14155550124']]) {
			await suppression.without(operation, { input, request: undefined }, list);
		}
		expect(warnings).toEqual([
			'Bulk: the Suppression List holds no phone number, so it keeps back no message that goes to one.',
		]);
	});

	it('is evaluated once, unless it takes something from the item', async () => {
		const shared = node("={{ $('Opt-outs').all() }}", ['+14155550123']);
		const own = node('={{ $json.optOuts }}', ['+14155550123']);
		for (const itemIndex of [0, 0, 1]) {
			await shared.suppression.listOf(itemIndex, undefined);
			await own.suppression.listOf(itemIndex, undefined);
		}
		expect(shared.evaluated).toEqual([0]);
		expect(own.evaluated).toEqual([0, 1]);
	});
});

describe('an expression', () => {
	it.each([
		"={{ $('Opt-outs').all().map(item => item.json.phone) }}",
		'={{ $("Get many rows 📵").first().json.phones }}',
		'={{ $input.all().map(row => `${row.json.code}${row.json.phone}`) }}',
		'={{ $vars.optOuts.split(",") }}',
		"={{ $ifEmpty($('A').last().json.list, []) }}",
		'+14155550123, $5',
	])('takes nothing from the item: %s', (raw) => {
		expect(isSameForRun(raw)).toBe(true);
	});

	it.each([
		'={{ $json.optOuts }}',
		"={{ $('Opt-outs').item.json.list }}",
		"={{ $('Opt-outs').all()[$itemIndex] }}",
		"={{ $('Opt-outs').itemMatching(0).json }}",
		'={{ $input.item.json.list }}',
		'={{ $node["A"].json.list }}',
		'={{ $("A" + $json.name).all() }}',
		'={{ `${$json.list}` }}',
		'={{ $fromAI("list") }}',
	])('may take something from the item: %s', (raw) => {
		expect(isSameForRun(raw)).toBe(false);
	});
});

describe('the other options', () => {
	it('are read without it, those that are the same for all once', () => {
		const read: string[] = [];
		const source = withoutOption(
			{
				parameters: {
					text: 'Hi',
					options: {
						suppressionList: '={{ $input.all() }}',
						reference: '={{ $json.id }}',
						tag: 'a',
					},
				},
				timezone: 'UTC',
				read: (name: string, itemIndex: number) => {
					read.push(name);
					return `${name} ${itemIndex}`;
				},
				evaluate: () => undefined,
				json: () => undefined,
			},
			'suppressionList',
		);
		expect(source.parameters.options as IDataObject).not.toHaveProperty('suppressionList');
		expect([0, 1].map((index) => source.read('options', index))).toEqual([
			{ reference: 'options.reference 0', tag: 'options.tag 0' },
			{ reference: 'options.reference 1', tag: 'options.tag 0' },
		]);
		expect(source.read('text', 1)).toBe('text 1');
		expect(read).toEqual(['options.reference', 'options.tag', 'options.reference', 'text']);
	});
});

describe('a long list', () => {
	const rows = [
		{ id: 1, phone: '+14155550101' },
		{ id: 2, phone: '' },
		{ id: 3, phone: 14155550102 },
		{ id: 4, phone: '+14155550103', email: 'ana@example.com' },
		{ phone: '+14155550104', id: 5 },
		'+14155550105',
		{ json: { id: 6, phone: '+14155550106' } },
	];

	it.each(['1', '2', '3', '4', '5', '6'])(
		'has rows like those before and unlike them: …10%s',
		async (digit) => {
			expect(await isOn(rows, `+1415555010${digit}`, 'US')).toBe(true);
		},
	);

	it('has another person in an event whose sender is empty', async () => {
		const events = [
			{ sender: '+14155550101', recipient: '+14155550999' },
			{ sender: '', recipient: '+14155550102' },
		];
		const on = ['+14155550101', '+14155550999', '+14155550102'];
		expect(await Promise.all(on.map(async (one) => await isOn(events, one)))).toEqual([
			true,
			false,
			true,
		]);
	});

	it('says without waiting who is not on it, once it is read, and of nobody else', async () => {
		const { suppression } = node('={{ $input.all() }}', rows);
		expect(suppression.known).toBeUndefined();
		const list = await suppression.listOf(0, 'US');
		expect(suppression.known).toBe(list.list);
		const isClear = (...input: string[]) =>
			suppression.isClear(operation, { input, request: undefined }, list);
		expect(isClear('+14155550199')).toBe(false);
		await suppression.without(operation, { input: ['+14155550199'], request: undefined }, list);
		expect(isClear('+14155550199')).toBe(true);
		expect(isClear('+14155550101')).toBe(false);
		expect(isClear('+14155550199', '+14155550101')).toBe(false);
		expect(isClear('ben@example.com')).toBe(false);
	});

	it('of all items of a node is read without the evaluator, where n8n has them', async () => {
		const asked: string[] = [];
		const listed = async (expression: string, items: unknown) => {
			const { suppression, evaluated } = node(expression, ['+14155550101']);
			const { host } = suppression as unknown as { host: Host };
			host.parameters.itemsOf = (name) => {
				asked.push(name);
				return items;
			};
			const { list } = await suppression.listOf(0, undefined);
			return { size: list.size, evaluated: evaluated.length };
		};
		const two = [{ json: { phone: '+14155550101' } }, { json: { phone: '+14155550102' } }];
		expect(await listed(`={{ $('Opt-Outs').all() }}`, two)).toEqual({ size: 2, evaluated: 0 });
		expect(await listed(`={{ $("José's 👋").all() }}`, two)).toEqual({ size: 2, evaluated: 0 });
		expect(asked).toEqual(['Opt-Outs', "José's 👋"]);
		expect(await listed(`={{ $('Nowhere').all() }}`, undefined)).toEqual({ size: 1, evaluated: 1 });
		const others = [
			`={{ $('A').all(1) }}`,
			`={{ $('A').all().map(a => a) }}`,
			`=x {{ $('A').all() }}`,
		];
		for (const other of others) {
			expect(await listed(other, two)).toEqual({ size: 1, evaluated: 1 });
		}
	});
});
