import type { IDataObject } from 'n8n-workflow';
import { readOutcomes, readSent, toMessageResult } from '../../../nodes/Sent/results';

const ana = '+14155550100';
const ben = '+14155550101';
const answer = (recipients: unknown, data: IDataObject = {}) => ({
	statusCode: 202,
	headers: {},
	body: { success: true, data: { status: 'QUEUED', recipients, ...data } as IDataObject, meta: {} },
});
const entry = (to: string, channel: string | null = null, id = `${to} ${channel}`) => ({
	message_id: id,
	to,
	channel,
	body: null,
});

/** Channels asked for, channels in the answer, channels that are missing in words. */
const MISSING: Array<[string[], Array<string | null>, string[]]> = [
	[['sent'], [null], []],
	[['sent'], ['sms'], []],
	[['sent'], [], ['']],
	[['sms'], ['sms'], []],
	[['sms'], [], [' on sms']],
	[['sms', 'whatsapp'], ['whatsapp', 'sms'], []],
	[['sms', 'whatsapp'], ['whatsapp'], [' on sms']],
	[['sms', 'whatsapp'], [], [' on sms', ' on whatsapp']],
	[['sent', 'sms'], ['sms', null], []],
	[['sent', 'sms'], ['sms', 'sms'], []],
	[['sent', 'sms'], ['sms'], ['']],
	[['sent', 'sms'], [null], [' on sms']],
];

describe('a recipient of a v3 send', () => {
	it.each(MISSING)('asked on %j and answered on %j misses %j', (asked, answered, missing) => {
		const entries = answered.map((channel) => entry(ana, channel));
		const [outcome] = readOutcomes(answer(entries), [ana], asked) ?? [];
		expect(outcome.results).toHaveLength(answered.length);
		const said = outcome.missing.map(
			({ failure: { message } }) => /leaves out \S+?( on \w+)?,/.exec(message)?.[1],
		);
		expect(said.map((channel) => channel ?? '')).toEqual(missing);
	});

	it('is told from others, and an entry without an ID is no message', () => {
		const entries = [entry(ben), { ...entry(ana), message_id: null }, 'nonsense', null];
		const [first, second] = readOutcomes(answer(entries), [ana, ben], ['sent']) ?? [];
		expect(first.results).toEqual([]);
		expect(first.missing).toHaveLength(1);
		expect(second.results).toMatchObject([{ recipient: ben, messageId: `${ben} null` }]);
	});

	it.each(['<html></html>', '', null, {}, { data: {} }, { data: { recipients: 'many' } }])(
		'cannot be read from %p',
		(body) => {
			const unreadable = { statusCode: 202, headers: {}, body };
			expect(readOutcomes(unreadable, [ana], ['sent'])).toBeUndefined();
			const sent = { to: [ana], channel: ['sent'] };
			const request = { method: 'POST', url: '', body: sent } as const;
			expect(readSent(unreadable, {}, request)).toBeUndefined();
		},
	);
});

describe('a message as Sent has it', () => {
	const message = { id: 'm1', phone: ana, status: 'FILTERED', direction: 'OUTBOUND' };

	it('says why it is where it is', () => {
		const events = [
			{ status: 'QUEUED', timestamp: '1', description: 'Message accepted' },
			{ status: 'FILTERED', timestamp: '2', description: 'ERR_CONSENT_BLOCKED' },
		];
		expect(toMessageResult({ ...message, events })).toMatchObject({
			status: 'rejected',
			reason: 'ERR_CONSENT_BLOCKED',
		});
		expect(toMessageResult({ ...message, status: 'SENT', events })).toMatchObject({ reason: null });
	});

	it.each([undefined, null, 'none', [null]])('copes with events that are %p', (events) => {
		expect(toMessageResult({ ...message, events } as IDataObject).reason).toBeNull();
	});

	it('has no time of sending before it is sent', () => {
		const created = { ...message, created_at: '2026-01-10T08:01:00Z' };
		expect(toMessageResult({ ...created, status: 'SCHEDULED' }).sentAt).toBeNull();
		expect(toMessageResult({ ...created, status: 'SENT' }).sentAt).toBe('2026-01-10T08:01:00Z');
	});

	it('is read though most of it is missing', () => {
		expect(toMessageResult({})).toEqual({
			messageId: null,
			provider: 'sent',
			channel: null,
			recipient: null,
			status: 'unknown',
			providerStatus: null,
			sentAt: null,
			reference: null,
			direction: 'outgoing',
			sender: null,
			text: null,
			reason: null,
		});
	});
});
