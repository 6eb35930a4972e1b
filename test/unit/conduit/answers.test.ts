import {
	conduitApi,
	conduitStatus,
	readAccepted,
	toMessageResult,
} from '../../../nodes/Conduit/api';
import { nextPage } from '../../../nodes/Conduit/paging';

const answer = (body: unknown, statusCode = 200) => ({ statusCode, headers: {}, body });

/** The owner's example of an answer. */
const accepted = {
	data: {
		id: 'yh7t5azsr0zpfpyf67vtce0j6n844y1e',
		workspace_id: 'j57demo8f8x7c9v0n2q4r6t8y1u3i5o',
		contact_id: 'ph77c0dy0mgdpzmqz6tesry8w184002s',
		channel_node_id: 'hg77c0dy0mgdpzmqz6tesry8w184002s',
		sender_id: 'gmail_account:team@conduit.ai',
		channel: 'email',
		status: 'sent',
	},
};

describe('the answer to a send', () => {
	it('is read into the shared result', () => {
		expect(readAccepted(answer(accepted))?.results).toEqual([
			{
				messageId: 'yh7t5azsr0zpfpyf67vtce0j6n844y1e',
				provider: 'conduit',
				channel: 'email',
				recipient: 'ph77c0dy0mgdpzmqz6tesry8w184002s',
				status: 'sent',
				providerStatus: 'sent',
				sentAt: null,
				reference: null,
				workspaceId: 'j57demo8f8x7c9v0n2q4r6t8y1u3i5o',
				channelNodeId: 'hg77c0dy0mgdpzmqz6tesry8w184002s',
				senderId: 'gmail_account:team@conduit.ai',
			},
		]);
	});

	it('of a reply names the thread instead of a recipient', () => {
		const data = {
			id: 'yh7',
			workspace_id: 'j57',
			conversation_id: 'ph77',
			ticket_id: null,
			channel: 'unthreaded_email',
			status: 'sent',
		};
		const [result] = readAccepted(answer({ data }))?.results ?? [];
		expect(result).toMatchObject({ recipient: null, conversationId: 'ph77', ticketId: null });
		expect(result).not.toHaveProperty('channelNodeId');
	});

	it('is left as it is without Simplify: the runner gives the whole answer', () => {
		expect(readAccepted(answer(accepted))?.raw).toBeUndefined();
	});

	it('without a status still says that the message was accepted', () => {
		const [result] = readAccepted(answer({ data: { id: 'yh7' } }))?.results ?? [];
		expect(result).toMatchObject({ status: 'accepted', providerStatus: null, channel: null });
	});

	it.each([undefined, null, '', '<html>', {}, { data: null }, { data: [] }, { data: { id: '' } }])(
		'%p says nothing',
		(body) => {
			expect(readAccepted(answer(body))).toBeUndefined();
		},
	);
});

describe('a message of a conversation', () => {
	it('is read into the shared result', () => {
		const message = {
			id: 'yh7t',
			workspace_id: 'j57',
			conversation_id: 'ph77',
			channel: 'unthreaded_email',
			body: 'Hi',
			direction: 'outbound',
			status: 'sent',
			sent_at: '2026-04-03T03:15:02.000Z',
			created_at: '2026-04-03T03:15:04.000Z',
			sender: { user_id: 'm48', external_id: null, name: 'Alex M' },
		};
		expect(toMessageResult(message)).toEqual({
			messageId: 'yh7t',
			provider: 'conduit',
			channel: 'unthreaded_email',
			recipient: null,
			status: 'sent',
			providerStatus: 'sent',
			sentAt: '2026-04-03T03:15:02.000Z',
			reference: null,
			direction: 'outgoing',
			text: 'Hi',
			senderName: 'Alex M',
			conversationId: 'ph77',
			workspaceId: 'j57',
		});
	});

	it.each([
		['sent', 'sent'],
		['Delivered', 'delivered'],
		['failed', 'failed'],
		['received', 'unknown'],
		['toString', 'unknown'],
		[undefined, 'unknown'],
		[7, 'unknown'],
	])('with the status %p is %s', (word, status) => {
		expect(conduitStatus(word)).toBe(status);
		expect(toMessageResult({ status: word as string }).status).toBe(status);
	});
});

describe('a complaint', () => {
	it.each([
		[400, { error: 'Invalid workspace id' }, 'Invalid workspace id'],
		[400, { error: { message: 'Nested' } }, 'Nested'],
		[403, {}, 'The API token may not use this workspace, or may only read'],
		[429, '', 'Too many requests'],
		[502, '<html>Bad Gateway</html>', 'HTTP 502'],
		[500, null, 'HTTP 500'],
		[400, ['x'], 'HTTP 400'],
	])('%i %p is told as %s', (statusCode, body, message) => {
		expect(conduitApi.readComplaint(answer(body, statusCode))).toEqual({
			code: null,
			message,
			details: null,
			requestId: null,
		});
	});
});

describe('the rate limit', () => {
	const bucket = (url: string, qs?: object) =>
		conduitApi.rateLimit({ method: 'GET', url, qs: { ...qs } }).bucket;

	it('counts for each workspace that is named, and else for the token', () => {
		expect(bucket('/v1/contacts/ph7/messages')).toBe('token');
		expect(bucket('/v1/contacts/ph7/messages', { workspace_id: 'j57' })).toBe('j57');
		expect(bucket('/v1/workspaces/j57/senders')).toBe('j57');
		expect(bucket('/v1/workspaces')).toBe('token');
		expect(conduitApi.rateLimit({ method: 'GET', url: '/v1/workspaces' }).limit).toEqual({
			requests: 120,
			perMs: 60_000,
		});
	});

	it('tells accounts apart by their token', () => {
		expect(conduitApi.account({ apiToken: 'a' })).not.toBe(conduitApi.account({ apiToken: 'b' }));
	});
});

describe('paging', () => {
	const request = {
		method: 'GET',
		url: '/v1/conversations/cv7/messages',
		qs: { limit: 5, order: 'asc' },
	} as const;

	it('follows the cursor and keeps the rest of the query', () => {
		const page = answer({ data: [], next_cursor: 'abc', has_more: true });
		expect(nextPage(page, request, {})).toEqual({
			method: 'GET',
			url: '/v1/conversations/cv7/messages',
			qs: { limit: 5, order: 'asc', cursor: 'abc' },
		});
	});

	it.each([
		{ next_cursor: 'abc', has_more: false },
		{ next_cursor: null, has_more: true },
		{ next_cursor: '', has_more: true },
		{},
		null,
	])('ends with %p', (body) => {
		expect(nextPage(answer(body), request, {})).toBeUndefined();
	});
});
