import type { Entry } from '../../../nodes/delivery/run/entry';
import { packsOf } from '../../../nodes/delivery/run/packs';
import { bulkSend } from '../../../nodes/Sent/operations/bulkSend';
import { readRecipients } from '../../../nodes/Sent/recipients';
import { buildMessageOptions } from '../../../nodes/Sent/sendOptions';
import { buildTemplate } from '../../../nodes/Sent/template';
import { inputOf, operationOf } from '../support/requestOf';

describe('the packs of a bulk', () => {
	const operation = operationOf(bulkSend);
	const transport = {};
	const entry = (recipient: string, text = 'Hello') => {
		const input = inputOf(bulkSend, { content: 'text', text }, { recipient });
		return { transport, input, request: operation.request(input) } as Entry<unknown>;
	};
	const shape = (entries: Array<Entry<unknown>>) =>
		packsOf(operation, entries).map((pack) =>
			pack.map(({ request }) => phones.indexOf((request?.body?.to as string[])[0])).join(),
		);
	const phones = Array.from({ length: 2001 }, (_, index) => `+1415555${1000 + index}`);
	const [a, b, c, d] = phones;

	it('hold up to 1,000 recipients of the same content', () => {
		const packs = packsOf(
			operation,
			phones.map((phone) => entry(phone)),
		);
		expect(packs.map(({ length }) => length)).toEqual([1000, 1000, 1]);
		const joined = operation.bulk?.packing?.join(packs[2].map(({ request }) => request!));
		expect(joined?.body).toEqual({ channel: ['sent'], text: 'Hello', to: [phones[2000]] });
	});

	it('keep different content apart, in whatever order it comes', () => {
		expect(shape([entry(a), entry(b, 'Bye'), entry(c), entry(d, 'Bye')])).toEqual(['0,2', '1,3']);
	});

	it('name nobody twice', () => {
		expect(shape([entry(a), entry(a), entry(b), entry(a), entry(b)])).toEqual(['0,1', '0,1', '0']);
	});

	it('keep accounts apart, whose keys must not see what is sent through another', () => {
		const other = { ...entry(b), transport: {} as Entry<unknown>['transport'] };
		expect(shape([entry(a), other, entry(c)])).toEqual(['0,2', '1']);
	});
});

describe('a schedule', () => {
	const now = Date.parse('2026-06-01T12:00:00Z');
	const at = (scheduledAt: unknown, timezone = 'Europe/Berlin') =>
		buildMessageOptions({ scheduledAt } as never, timezone, now).scheduled_at;

	it.each([
		['2026-06-01T15:00:00+01:00', '2026-06-01T14:00:00.000Z'],
		['2026-06-01T15:00:00', '2026-06-01T13:00:00.000Z'],
		['2026-06-01T12:01:01Z', '2026-06-01T12:01:01.000Z'],
		['2026-06-01 15:00', '2026-06-01T13:00:00.000Z'],
		['2026-07-01T12:00:00Z', '2026-07-01T12:00:00.000Z'],
		[new Date('2026-06-02T00:00:00Z'), '2026-06-02T00:00:00.000Z'],
	])('at %s is %s', (value, instant) => expect(at(value)).toBe(instant));

	it.each([
		['2026-05-31T12:00:00Z', 'in the past'],
		['01/12/2026', 'two different dates'],
		['2026-07-01T12:00:01Z', 'more than 30 days'],
		['soon', 'not a date'],
	])('at %s is refused', (value, problem) => expect(() => at(value)).toThrow(problem));

	it.each(['2026-06-01T12:01:00Z', '2026-06-01T12:00:00Z', new Date(now - 59_000)])(
		'at %s is at once',
		(value) => expect(at(value)).toBeUndefined(),
	);

	it.each(['', null, undefined])('may be left out: %p', (value) =>
		expect(at(value)).toBeUndefined(),
	);
});

describe('a template', () => {
	it.each([
		['7ba7b820-9dad-11d1-80b4-00c04fd430c8', { id: '7ba7b820-9dad-11d1-80b4-00c04fd430c8' }],
		[' welcome ', { name: 'welcome' }],
		['7ba7b820', { name: '7ba7b820' }],
	])('%s is %j', (template, expected) =>
		expect(buildTemplate({ template }, ['sent'])).toEqual(expected),
	);
});

describe('recipients', () => {
	it.each([
		['+1 (415) 555-0100', ['+14155550100']],
		['+14155550100,\n 0014155550100 ,+14155550101', ['+14155550100', '+14155550101']],
		[
			['+14155550100', '+14155550101'],
			['+14155550100', '+14155550101'],
		],
	])('%j are %j', (recipients, phones) =>
		expect(readRecipients({ recipients })).toEqual({ numbers: phones }),
	);

	it('are a contact for now, until its number is looked up', () => {
		const contactId = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
		expect(readRecipients({ recipientBy: 'contact', contactId })).toEqual({ contactId });
	});
});
