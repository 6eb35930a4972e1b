import type { IDataObject } from 'n8n-workflow';

import { readSent, toDetailedResult, toSentResult } from '../../../nodes/Bird/results';

/** A message as the newest page of Bird shows it: without updatedAt, with lastStatusAt. */
const message: IDataObject = {
	id: '1e7b70ab-3dcc-48f4-a6f6-63a493f6134c',
	channelId: '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
	platformId: 'whatsapp',
	bodyId: '6ba7b810-9dad-11d1-80b4-00c04fd430c9',
	platformReferenceId: 'wamid.HBgL',
	ignorePersistedEventhooks: false,
	sender: { connector: { id: 'k', identifierValue: '+31970102001' } },
	receiver: { contacts: [{ identifierValue: '+31612345678' }] },
	body: { type: 'text', text: { text: 'Żółw 🐢' } },
	status: 'delivered',
	reason: '',
	details: '',
	failure: null,
	direction: 'outgoing',
	reference: 'order-1042',
	tags: ['orders', 'spring sale'],
	tagIds: ['6ba7b810-9dad-11d1-80b4-00c04fd430c0', '6ba7b810-9dad-11d1-80b4-00c04fd430c1'],
	chargeableUnits: 0,
	batchId: null,
	createdAt: '2026-01-01T00:00:00Z',
	lastStatusAt: '2026-01-01T00:00:05Z',
};

const shared = {
	messageId: message.id,
	provider: 'bird',
	channel: 'whatsapp',
	recipient: '+31612345678',
	status: 'delivered',
	providerStatus: 'delivered',
	sentAt: '2026-01-01T00:00:00Z',
	reference: 'order-1042',
};
const facts = {
	channelId: message.channelId,
	lastStatusAt: '2026-01-01T00:00:05Z',
	scheduledFor: null,
	details: null,
	tags: message.tags,
	tagIds: message.tagIds,
	chargeableUnits: 0,
	bodyId: message.bodyId,
	platformReferenceId: 'wamid.HBgL',
	ignorePersistedEventhooks: false,
};

describe('a result', () => {
	it('of sending has what all vendors share, and what Bird says besides', () => {
		expect(toSentResult(message)).toEqual({ ...shared, ...facts });
	});

	it.each(['sms', 'sms-messagebird'])('of a text by %s says what it costs', (platformId) => {
		expect(toSentResult({ ...message, platformId })).toMatchObject({
			encoding: 'UCS-2',
			segments: 1,
			costlyCharacter: 'Ż',
		});
	});

	it.each(['whatsapp', 'smsish', undefined, { toString: 1 }])(
		'of %p says nothing of SMS',
		(platformId) => {
			expect(toSentResult({ ...message, platformId } as never)).not.toHaveProperty('segments');
		},
	);

	it('of reading has the other side, the text and the reason too', () => {
		expect(toDetailedResult({ ...message, details: 'held by the carrier' })).toEqual({
			...shared,
			...facts,
			details: 'held by the carrier',
			direction: 'outgoing',
			sender: '+31970102001',
			text: 'Żółw 🐢',
			reason: null,
			errorCode: null,
		});
	});

	it('names the channel by its platform or not at all, and never by an ID', () => {
		const older = { ...message, platformId: undefined };
		expect(toSentResult(older)).toMatchObject({ channel: null, channelId: message.channelId });
		expect(toDetailedResult(older)).toMatchObject({ channel: null, channelId: message.channelId });
	});

	it('has the same keys whatever Bird leaves out', () => {
		const { id, channelId } = message;
		expect(toSentResult({ id, channelId, tags: 'x', chargeableUnits: '1' })).toEqual({
			...Object.fromEntries(Object.keys({ ...shared, ...facts }).map((key) => [key, null])),
			messageId: id,
			provider: 'bird',
			status: 'unknown',
			channelId,
		});
	});

	it('does not stumble over empty entries', () => {
		const receiver = { contacts: [null, { identifierValue: '+31612345678' }, 'x'] };
		expect(toDetailedResult({ ...message, receiver }, [{}])).toMatchObject({
			recipient: '+31612345678',
		});
	});
});

describe('when a message was sent', () => {
	const sentAt = (more: IDataObject) => toSentResult({ ...message, ...more }).sentAt;
	const scheduledFor = '2026-01-02T09:00:00Z';

	it.each<[what: string, more: IDataObject, expected: string | null]>([
		['at once', {}, '2026-01-01T00:00:00Z'],
		['later, and waits', { status: 'scheduled', scheduledFor, sendAt: scheduledFor }, null],
		[
			'later, and that was then',
			{ scheduledFor, sendAt: '2026-01-02T09:00:01Z' },
			'2026-01-02T09:00:01Z',
		],
		['later, without Bird saying when', { scheduledFor }, '2026-01-01T00:00:00Z'],
		['nobody knows', { createdAt: undefined }, null],
	])('%s', (_what, more, expected) => expect(sentAt(more)).toBe(expected));

	it('at a time that was asked for, the result says so', () => {
		expect(toSentResult({ ...message, status: 'scheduled', scheduledFor })).toMatchObject({
			status: 'scheduled',
			scheduledFor,
		});
	});
});

describe('an answer to a send', () => {
	const answer = (body: unknown) => readSent({ statusCode: 202, headers: {}, body });

	it('is read, and untouched besides', () => {
		expect(answer(message)).toEqual({ results: [toSentResult(message)], raw: [message] });
	});

	it.each([undefined, '', '<html>Log in</html>', [], {}, { id: 7 }, { error: 'x' }, null])(
		'%j is none',
		(body) => expect(answer(body)).toBeUndefined(),
	);
});
