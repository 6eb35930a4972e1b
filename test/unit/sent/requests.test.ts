import { packsOf } from '../../../nodes/Sent/operations/bulkSend';
import { buildRecipients } from '../../../nodes/Sent/recipients';
import { buildMessageOptions } from '../../../nodes/Sent/sendOptions';
import { buildTemplate } from '../../../nodes/Sent/template';

describe('the packs of a bulk', () => {
	const entry = (recipient: string, text = 'Hello') => ({
		itemIndex: 0,
		recipient,
		message: { text },
		draft: {},
	});
	const shape = (entries: Array<ReturnType<typeof entry>>) =>
		packsOf(entries).map((pack) => pack.map(({ recipient }) => recipient).join());

	it('hold up to 1,000 recipients of the same content', () => {
		const entries = Array.from({ length: 2001 }, (_, index) => entry(`+1${index}`));
		expect(packsOf(entries).map(({ length }) => length)).toEqual([1000, 1000, 1]);
	});

	it('keep different content apart, in whatever order it comes', () => {
		expect(shape([entry('a'), entry('b', 'Bye'), entry('c'), entry('d', 'Bye')])).toEqual([
			'a,c',
			'b,d',
		]);
	});

	it('name nobody twice', () => {
		expect(shape([entry('a'), entry('a'), entry('b'), entry('a'), entry('b')])).toEqual([
			'a,b',
			'a,b',
			'a',
		]);
	});
});

describe('a schedule', () => {
	const now = Date.parse('2026-06-01T12:00:00Z');
	const at = (scheduledAt: unknown, timezone = 'Europe/Berlin') =>
		buildMessageOptions({ scheduledAt } as never, timezone, now).scheduled_at;

	it.each([
		['2026-06-01T15:00:00+01:00', '2026-06-01T14:00:00.000Z'],
		['2026-06-01T15:00:00', '2026-06-01T13:00:00.000Z'],
		['2026-06-01T12:01:00Z', '2026-06-01T12:01:00.000Z'],
		['2026-07-01T12:00:00Z', '2026-07-01T12:00:00.000Z'],
		[new Date('2026-06-02T00:00:00Z'), '2026-06-02T00:00:00.000Z'],
	])('at %s is %s', (value, instant) => expect(at(value)).toBe(instant));

	it.each([
		['2026-06-01T12:00:59Z', 'less than 1 minute'],
		['2026-05-31T12:00:00Z', 'less than 1 minute'],
		['2026-07-01T12:00:01Z', 'more than 30 days'],
		['soon', 'not a date'],
	])('at %s is refused', (value, problem) => expect(() => at(value)).toThrow(problem));

	it.each(['', null, undefined])('may be left out: %p', (value) =>
		expect(at(value)).toBeUndefined(),
	);
});

describe('a template', () => {
	it.each([
		['7ba7b820-9dad-11d1-80b4-00c04fd430c8', { id: '7ba7b820-9dad-11d1-80b4-00c04fd430c8' }],
		[' welcome ', { name: 'welcome' }],
		['7ba7b820', { name: '7ba7b820' }],
	])('%s is %j', (template, expected) => expect(buildTemplate({ template })).toEqual(expected));
});

describe('recipients', () => {
	it.each([
		['+1 (415) 555-0100', ['+14155550100']],
		['+14155550100,\n 0014155550100 ,+14155550101', ['+14155550100', '+14155550101']],
		[
			['+14155550100', '+14155550101'],
			['+14155550100', '+14155550101'],
		],
	])('%j are %j', (recipients, phones) => expect(buildRecipients({ recipients })).toEqual(phones));

	it('are a contact for now, until its number is looked up', () => {
		const contactId = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
		expect(buildRecipients({ recipientBy: 'contact', contactId })).toEqual([contactId]);
	});
});
