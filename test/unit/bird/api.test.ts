import { birdApi, birdStatus, toMessageResult } from '../../../nodes/Bird/api';
import { mediaStore } from '../../../nodes/Bird/media/store';
import { toDetailedResult } from '../../../nodes/Bird/results';

describe('statuses', () => {
	it.each([
		['accepted', 'accepted'],
		['processing', 'queued'],
		['pending', 'queued'],
		['scheduled', 'scheduled'],
		['sent', 'sent'],
		['delivered', 'delivered'],
		['sending_failed', 'failed'],
		['delivery_failed', 'failed'],
		['rejected', 'rejected'],
		['skipped', 'rejected'],
		['deleted', 'canceled'],
		['DELIVERED', 'delivered'],
		['teleported', 'unknown'],
		[undefined, 'unknown'],
		['constructor', 'unknown'],
	])('%p is %s', (word, status) => expect(birdStatus(word)).toBe(status));
});

describe('complaints', () => {
	const read = (statusCode: number, body: unknown) =>
		birdApi.readComplaint({ statusCode, headers: {}, body });

	it('keep code, message and every detail', () => {
		const body = {
			code: 'InvalidPayload',
			message: 'One or more fields are malformed',
			details: {
				'.receiver.contacts[0]': ['property "listId" is unsupported', 'too many'],
				'.tags': ['too long'],
			},
		};
		expect(read(422, body)).toEqual({
			code: 'InvalidPayload',
			message: 'One or more fields are malformed',
			details: '.receiver.contacts[0]: property "listId" is unsupported, too many; .tags: too long',
			requestId: null,
		});
	});

	it.each([
		[401, undefined, 'The access key is not valid'],
		[403, '', 'The access key is not allowed to do this'],
		[413, {}, 'The request is larger than 200 KB'],
		[502, '<html><h1>Bad Gateway</h1></html>', 'HTTP 502'],
		[400, { code: 7, message: null, details: 'x' }, 'HTTP 400'],
		[404, [], 'The workspace, channel or message does not exist'],
	])('cope with %i and %p', (statusCode, body, message) => {
		expect(read(statusCode, body)).toMatchObject({ message, details: null });
	});

	it('of the media store are XML', () => {
		const body =
			'<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code><Message>Policy expired.</Message><RequestId>R1</RequestId></Error>';
		expect(mediaStore.readComplaint({ statusCode: 403, headers: {}, body })).toEqual({
			code: 'AccessDenied',
			message: 'Policy expired.',
			details: null,
			requestId: 'R1',
		});
	});

	it.each([
		['Service down', 'Service down'],
		['', 'HTTP 500'],
		[undefined, 'HTTP 500'],
		['x'.repeat(1000), 'x'.repeat(300)],
	])('of the media store may be anything: %p', (body, message) => {
		const complaint = mediaStore.readComplaint({ statusCode: 500, headers: {}, body });
		expect(complaint).toMatchObject({ code: null, message });
	});
});

describe('limits', () => {
	const limitOf = (method: 'GET' | 'POST') => birdApi.rateLimit({ url: '/', method });

	it('are apart for reading and sending', () => {
		expect(limitOf('GET').limit).toEqual({ requests: 50, perMs: 1000 });
		expect(limitOf('POST').limit).toEqual({ requests: 500, perMs: 1000 });
		expect(limitOf('GET').bucket).not.toBe(limitOf('POST').bucket);
	});

	it('of the API do not count for the media store', () => {
		const { bucket } = mediaStore.rateLimit({ url: '/', method: 'POST' });
		expect([limitOf('GET').bucket, limitOf('POST').bucket]).not.toContain(bucket);
	});
});

describe('results', () => {
	const message = {
		id: 'm1',
		channelId: 'c1',
		platformId: 'whatsapp',
		sender: { connector: { id: 'k', identifierValue: '+31970102001' } },
		receiver: { contacts: [{ identifierValue: '+31612345678' }] },
		body: { type: 'image', image: { text: 'Caption', images: [] } },
		status: 'delivered',
		reason: '',
		failure: null,
		direction: 'outgoing',
		createdAt: '2026-01-01T00:00:00Z',
		updatedAt: '2026-01-01T00:00:05Z',
	};

	it('read the same for every vendor', () => {
		expect(toMessageResult(message)).toEqual({
			messageId: 'm1',
			provider: 'bird',
			channel: 'whatsapp',
			recipient: '+31612345678',
			status: 'delivered',
			providerStatus: 'delivered',
			sentAt: '2026-01-01T00:00:00Z',
			reference: null,
		});
	});

	it('do without what Bird leaves out', () => {
		expect(toMessageResult({ id: 'm1', channelId: 'c1' })).toMatchObject({
			channel: null,
			recipient: null,
			status: 'unknown',
			providerStatus: null,
			sentAt: null,
		});
		expect(toDetailedResult({ id: 'm1' })).toMatchObject({ text: null, sender: null });
	});

	it.each([
		['delivered', 'read', 'read'],
		['delivered', 'opened', 'read'],
		['delivered', 'clicked', 'delivered'],
		['delivery_failed', 'read', 'failed'],
	])('%s and %s makes %s', (status, type, expected) => {
		const result = toDetailedResult({ ...message, status }, [{ type }]);
		expect(result).toMatchObject({ status: expected, providerStatus: status });
	});

	it('take the reason of a failure from where Bird gives it', () => {
		const failure = { code: 15005, description: 'unknown subscriber' };
		expect(toDetailedResult({ ...message, failure, reason: 'x' })).toMatchObject({
			reason: 'unknown subscriber',
			errorCode: '15005',
		});
		expect(toDetailedResult({ ...message, reason: 'x' })).toMatchObject({
			reason: 'x',
			errorCode: null,
		});
	});
});
