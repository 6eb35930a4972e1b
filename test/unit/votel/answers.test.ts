import {
	documentedLimit,
	saysWhatBecame,
	toMessageResult,
	votelApi,
	votelStatus,
} from '../../../nodes/Votel/api';
import { toSummary } from '../../../nodes/Votel/bulk/toLeads';

/** Source: the owner's document. */
const single = {
	success: true,
	message_id: '550e8400-e29b-41d4-a716-446655440000',
	channel_used: 'EMAIL',
	provider_used: 'sendgrid',
	provider_message_id: 'msg_abc123',
	status: 'SENT',
	cost: 0.001,
	sent_at: '2025-01-31T10:30:00Z',
};
const bulk = { total_leads: 150, messages_sent: 148, messages_failed: 2, success_rate: 98.67 };

it('the documented answer becomes the shared result', () => {
	expect(toMessageResult(single, 'customer@example.com')).toEqual({
		messageId: '550e8400-e29b-41d4-a716-446655440000',
		provider: 'votel',
		channel: 'email',
		recipient: 'customer@example.com',
		status: 'sent',
		providerStatus: 'SENT',
		sentAt: '2025-01-31T10:30:00Z',
		reference: null,
		providerMessageId: 'msg_abc123',
		providerUsed: 'sendgrid',
		cost: 0.001,
	});
});

it('what an answer leaves out is null', () => {
	expect(toMessageResult({ success: true }, '+14155550123')).toMatchObject({
		messageId: null,
		channel: null,
		status: 'unknown',
		providerStatus: null,
		sentAt: null,
		cost: null,
	});
});

it.each([
	['SENT', 'sent'],
	['failed', 'failed'],
	['HELD', 'unknown'],
	[undefined, 'unknown'],
	['constructor', 'unknown'],
])('status %s means %s', (word, status) => expect(votelStatus(word)).toBe(status));

it.each<[object | string, boolean, boolean]>([
	[single, false, true],
	[{ success: true }, false, true],
	[{ message_id: 'm' }, false, true],
	[{ success: false, error: 'Blocked' }, true, false],
	[{ status: 'FAILED' }, true, false],
	// Has no success key, which says nothing.
	[bulk, false, false],
	[{}, false, false],
	['<html></html>', false, false],
])('%p: refused %p, says what became of one message %p', (body, refused, says) => {
	expect(votelApi.refusedInSuccess?.({ statusCode: 200, headers: {}, body })).toBe(refused);
	if (!refused) expect(saysWhatBecame(body)).toBe(says);
});

it.each([
	[bulk, { total: 150, accepted: 148, rejected: 2, unknown: 0, successRatePercent: 98.67 }],
	// The document's other list of keys has no messages_failed.
	[
		{ total_leads: 150, messages_sent: 148, success_rate: 98.67 },
		{ total: 150, accepted: 148, rejected: 2, unknown: 0, successRatePercent: 98.67 },
	],
	[
		{ total_leads: 3, messages_sent: 1, messages_failed: 1 },
		{ total: 3, accepted: 1, rejected: 1, unknown: 1, successRatePercent: 33.33 },
	],
	[
		{ total_leads: 0, messages_sent: 0 },
		{ total: 0, accepted: 0, rejected: 0, successRatePercent: 0 },
	],
])('the counts %p become a summary', (body, summary) => {
	expect(toSummary(body, 'sms')).toMatchObject({ channel: 'sms', ...summary });
});

it('the pace that counts when nothing is set is the one that the editor names', () => {
	const { limit } = votelApi.rateLimit({ method: 'POST', url: '/api/messaging/send' });
	expect(`${limit.requests} per ${limit.perMs} ms`).toBe('5 per 1000 ms');
	expect(documentedLimit).toContain('5, a modest default');
});

it('accounts are told apart by their key', () => {
	expect(votelApi.account({ apiKey: 'a' })).not.toBe(votelApi.account({ apiKey: 'b' }));
});
