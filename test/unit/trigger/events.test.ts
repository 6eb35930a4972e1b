import fc from 'fast-check';

import { eventOf, type Given, vendorNamed, delivery } from './support';

/** What a message event holds besides what a test names. */
const NOTHING = {
	messageId: null,
	channel: null,
	direction: null,
	recipient: null,
	sender: null,
	status: 'unknown',
	providerStatus: null,
	reason: null,
	errorCode: null,
	text: null,
	occurredAt: null,
	reference: null,
};

describe('Bird', () => {
	const contact = { id: 'c1', identifierKey: 'phonenumber', identifierValue: '+31620011001' };
	const outgoing = {
		id: 'm1',
		channelId: 'ch1',
		platformId: 'sms-messagebird',
		sender: { connector: { id: 'co1', identifierValue: '+3197' } },
		receiver: { contacts: [contact] },
		body: { type: 'text', text: { text: 'Hello' } },
		reference: 'order-42',
		status: 'delivered',
		reason: '',
		failure: null,
		direction: 'outgoing',
		lastStatusAt: '2026-01-01T10:00:00.123Z',
		createdAt: '2026-01-01T09:00:00Z',
	};
	const envelope = (event: string, payload: object) => ({ service: 'channels', event, payload });

	it('a status of a message that was sent', () => {
		const payload = envelope('sms.outbound', outgoing);
		expect(eventOf('bird', payload)).toEqual({
			kind: 'sms.outbound',
			event: {
				eventId: 'm1:delivered',
				type: 'message.status',
				provider: 'bird',
				messageId: 'm1',
				channel: 'sms-messagebird',
				direction: 'outgoing',
				recipient: '+31620011001',
				sender: '+3197',
				status: 'delivered',
				providerStatus: 'delivered',
				reason: null,
				errorCode: null,
				text: 'Hello',
				occurredAt: '2026-01-01T10:00:00.123Z',
				reference: 'order-42',
				raw: payload,
			},
		});
	});

	it('a failure, with why', () => {
		const payload = envelope('sms.outbound', {
			...outgoing,
			status: 'delivery_failed',
			reason: 'details: unknown subscriber; code: 1',
			failure: { code: 15005, description: 'unknown subscriber', source: { code: '1' } },
		});
		expect(eventOf('bird', payload).event).toMatchObject({
			eventId: 'm1:delivery_failed',
			status: 'failed',
			providerStatus: 'delivery_failed',
			reason: 'details: unknown subscriber; code: 1',
			errorCode: '15005',
		});
	});

	it.each([
		['accepted', 'accepted'],
		['processing', 'queued'],
		['scheduled', 'scheduled'],
		['sent', 'sent'],
		['sending_failed', 'failed'],
		['rejected', 'rejected'],
		['skipped', 'rejected'],
		['deleted', 'canceled'],
		['teleported', 'unknown'],
	])('the status %s is %s', (word, status) => {
		const { event } = eventOf('bird', envelope('sms.outbound', { ...outgoing, status: word }));
		expect(event).toMatchObject({ status, providerStatus: word, eventId: `m1:${word}` });
	});

	it('a message that came in', () => {
		const payload = envelope('whatsapp.inbound', {
			id: 'm2',
			channelId: 'ch2',
			sender: { contact: { ...contact, annotations: { name: 'Ann' } } },
			receiver: { connector: { id: 'co2', identifierValue: '+20' } },
			body: { type: 'image', image: { text: 'Look', images: [] } },
			reference: '',
			status: 'delivered',
			direction: 'incoming',
			createdAt: '2026-01-01T09:00:00Z',
		});
		expect(eventOf('bird', payload)).toEqual({
			kind: 'whatsapp.inbound',
			event: {
				...NOTHING,
				eventId: 'm2:received',
				type: 'message.received',
				provider: 'bird',
				messageId: 'm2',
				channel: 'ch2',
				direction: 'incoming',
				recipient: '+20',
				sender: '+31620011001',
				status: 'delivered',
				providerStatus: 'delivered',
				text: 'Look',
				occurredAt: '2026-01-01T09:00:00.000Z',
				raw: payload,
			},
		});
	});

	const interaction = {
		id: 'i1',
		messageId: 'm1',
		channelId: 'ch1',
		platformId: 'whatsapp',
		type: 'read',
		messageReference: 'order-42',
		receiver: { contacts: [contact] },
		createdAt: '2026-01-01T11:00:00Z',
	};

	it('an interaction', () => {
		const payload = envelope('whatsapp.interaction', interaction);
		expect(eventOf('bird', payload)).toEqual({
			kind: 'whatsapp.interaction',
			event: {
				...NOTHING,
				eventId: 'i1',
				type: 'message.interaction',
				provider: 'bird',
				messageId: 'm1',
				channel: 'whatsapp',
				direction: 'outgoing',
				recipient: '+31620011001',
				status: 'read',
				providerStatus: 'read',
				occurredAt: '2026-01-01T11:00:00.000Z',
				reference: 'order-42',
				raw: payload,
			},
		});
	});

	it.each([
		['opened', 'read'],
		['clicked', 'unknown'],
		['unsubscribe-request', 'unknown'],
	])('the interaction %s is %s', (type, status) => {
		const payload = envelope('email.interaction', { ...interaction, id: undefined, type });
		const { event } = eventOf('bird', payload);
		const eventId = `m1:${type}:2026-01-01T11:00:00.000Z`;
		expect(event).toMatchObject({ status, providerStatus: type, eventId });
	});

	it('leaves out interactions that the user has not chosen', () => {
		const vendor = vendorNamed('bird');
		const given = delivery({ options: { interactions: ['read'] } });
		const of = (type: string) =>
			vendor.toEvents(envelope('whatsapp.interaction', { ...interaction, type }), given);
		expect(of('read')).toHaveLength(1);
		expect(of('clicked')).toEqual([]);
	});

	it('an event of another kind', () => {
		const payload = envelope('channel.created', { id: 'ch1', createdAt: '2026-01-01T11:00:00Z' });
		expect(eventOf('bird', payload)).toEqual({
			kind: 'channel.created',
			event: {
				...NOTHING,
				eventId: expect.stringMatching(/^[0-9a-f]{64}$/),
				type: 'other',
				provider: 'bird',
				occurredAt: '2026-01-01T11:00:00.000Z',
				raw: payload,
			},
		});
	});
});

describe('Sent', () => {
	const outbound = {
		account_id: 'a1',
		message_id: 'm1',
		message_status: 'DELIVERED',
		channel: 'sms',
		outbound_number: '+12025550101',
		template_id: 't1',
		template_name: 'welcome',
		updated_at: '2026-05-28T20:26:40Z',
		agent_id: null,
		body: 'Hi',
	};
	const envelope = (event: string | undefined, payload: object) => ({
		field: 'message',
		...(event && { event }),
		timestamp: '2026-05-28T20:26:41Z',
		payload,
	});

	const delivered = {
		...NOTHING,
		eventId: 'm1:DELIVERED:2026-05-28T20:26:40.000Z',
		type: 'message.status',
		provider: 'sent',
		messageId: 'm1',
		channel: 'sms',
		direction: 'outgoing',
		recipient: '+12025550101',
		status: 'delivered',
		providerStatus: 'DELIVERED',
		text: 'Hi',
		occurredAt: '2026-05-28T20:26:40.000Z',
	};

	it('a status of a message that was sent', () => {
		const payload = envelope('message.delivered', outbound);
		expect(eventOf('sent', payload)).toEqual({
			kind: 'message.status',
			event: { ...delivered, raw: payload },
		});
	});

	it('the words of older revisions: sub_type and value', () => {
		const payload = { field: 'message', sub_type: 'message.delivered', value: outbound };
		expect(eventOf('sent', payload)).toEqual({
			kind: 'message.status',
			event: { ...delivered, raw: payload },
		});
	});

	it.each([
		['QUEUED', 'queued'],
		['ROUTED', 'queued'],
		['SCHEDULED', 'scheduled'],
		['SENT', 'sent'],
		['READ', 'read'],
		['FAILED', 'failed'],
		['FILTERED', 'rejected'],
		['BLOCKED', 'rejected'],
		['CANCELLED', 'canceled'],
		['TELEPORTED', 'unknown'],
	])('the status %s is %s', (word, status) => {
		const payload = envelope(`message.${word.toLowerCase()}`, {
			...outbound,
			message_status: word,
		});
		expect(eventOf('sent', payload).event).toMatchObject({ status, providerStatus: word });
	});

	it('the same status by another route is another event, a repeated delivery is not', () => {
		const first = envelope('message.queued', { ...outbound, message_status: 'QUEUED' });
		const later = envelope('message.queued', {
			...outbound,
			message_status: 'QUEUED',
			updated_at: '2026-05-28T20:27:00Z',
		});
		const id = (payload: object, headers: Given['headers'] = {}) =>
			eventOf('sent', payload, { headers }).event.eventId;
		expect(id(first)).not.toBe(id(later));
		// The header that Sent has for this is not signed.
		expect(id(first, { 'x-webhook-event-id': 'e1' })).toBe(
			id(first, { 'x-webhook-event-id': 'e2' }),
		);
	});

	it('a status whose word stands in the event only', () => {
		const rest = { ...outbound, message_status: undefined };
		expect(eventOf('sent', envelope('message.failed', rest)).event).toMatchObject({
			status: 'failed',
			providerStatus: 'failed',
		});
	});

	const received = {
		...NOTHING,
		eventId: 'm2:received',
		type: 'message.received',
		provider: 'sent',
		messageId: 'm2',
		channel: 'whatsapp',
		direction: 'incoming',
		recipient: '+18005550100',
		sender: '+12025550101',
		status: 'delivered',
		text: 'hi',
		occurredAt: '2026-05-28T20:00:00.000Z',
	};

	it.each([
		['now', { inbound_number: '+12025550101', outbound_number: '+18005550100', media: [] }],
		['before May 2026', { from: '+12025550101', to: '+18005550100', provider: 'x' }],
	])('a message that came in, as it is written %s', (_when, numbers) => {
		const payload = envelope('message.received', {
			message_id: 'm2',
			channel: 'whatsapp',
			text: 'hi',
			received_at: '2026-05-28T20:00:00Z',
			...numbers,
		});
		expect(eventOf('sent', payload)).toEqual({
			kind: 'message.received',
			event: { ...received, raw: payload },
		});
	});

	it('a contact that wants no more messages', () => {
		const payload = {
			field: 'contact',
			event: 'contact.opt_out',
			timestamp: '2026-05-28T20:26:41Z',
			payload: {
				opt_out: true,
				source: 'INBOUND_KEYWORD',
				channel: 'sms',
				contact_id: 'c1',
				from: '+12025550101',
				to: null,
				message_id: null,
				text: 'STOP',
			},
		};
		expect(eventOf('sent', payload)).toEqual({
			kind: 'contact',
			event: {
				...NOTHING,
				eventId: 'contact:c1:opt_out:2026-05-28T20:26:41.000Z',
				type: 'other',
				provider: 'sent',
				channel: 'sms',
				sender: '+12025550101',
				providerStatus: 'opt_out',
				text: 'STOP',
				occurredAt: '2026-05-28T20:26:41.000Z',
				raw: payload,
			},
		});
	});

	it('a template that was rejected', () => {
		const payload = {
			field: 'templates',
			timestamp: '2026-05-28T20:26:41Z',
			payload: { template_id: 't1', status: 'REJECTED', channel: 'whatsapp', reason: 'spelling' },
		};
		expect(eventOf('sent', payload)).toMatchObject({
			kind: 'templates',
			event: {
				eventId: 'templates:t1:REJECTED:2026-05-28T20:26:41.000Z',
				type: 'other',
				providerStatus: 'REJECTED',
				reason: 'spelling',
			},
		});
	});
});

describe('Aelyst', () => {
	const payload = (event_type: string, more: object = {}, message: object = {}) => ({
		event_type,
		event_id: 'e1',
		timestamp: 1_717_000_001,
		contact: { id: 12345, firstName: 'Jamie', phone: '+60121233112', email: 'j@example.com' },
		message: {
			messageId: 1262965213,
			channelMessageId: 'x',
			contactId: 12345,
			channelId: 551174,
			traffic: event_type === 'message.received' ? 'incoming' : 'outgoing',
			timestamp: 1_717_000_000,
			message: { type: 'text', text: 'hello' },
			...message,
		},
		channel: { id: 551174, name: 'Shop', source: 'whatsapp_cloud' },
		...more,
	});

	it('a message that came in', () => {
		const given = payload('message.received');
		expect(eventOf('aelyst', given)).toEqual({
			kind: 'message.received',
			event: {
				...NOTHING,
				eventId: 'e1',
				type: 'message.received',
				provider: 'aelyst',
				messageId: '1262965213',
				channel: 'whatsapp_cloud',
				direction: 'incoming',
				sender: '+60121233112',
				status: 'delivered',
				text: 'hello',
				occurredAt: '2024-05-29T16:26:40.000Z',
				raw: given,
			},
		});
	});

	it('a message that was sent', () => {
		const given = payload('message.sent', { sender: { source: 'user', userId: 7 } });
		expect(eventOf('aelyst', given)).toEqual({
			kind: 'message.sent',
			event: {
				...NOTHING,
				eventId: 'e1',
				type: 'message.status',
				provider: 'aelyst',
				messageId: '1262965213',
				channel: 'whatsapp_cloud',
				direction: 'outgoing',
				recipient: '+60121233112',
				status: 'sent',
				text: 'hello',
				occurredAt: '2024-05-29T16:26:40.000Z',
				raw: given,
			},
		});
	});

	it('takes over a status history where there is one', () => {
		const status = [
			{ value: 'sent', timestamp: 1_717_000_000 },
			{ value: 'failed', timestamp: 1_717_000_005, message: 'No such number' },
		];
		expect(eventOf('aelyst', payload('message.sent', {}, { status })).event).toMatchObject({
			status: 'failed',
			providerStatus: 'failed',
			reason: 'No such number',
		});
	});

	it('has an id without an event_id, too', () => {
		const given = payload('message.sent', { event_id: undefined });
		expect(eventOf('aelyst', given).event.eventId).toBe('message.sent:1262965213');
	});

	it.each([
		['api', {}, 0],
		['API', {}, 0],
		['n8n', {}, 0],
		['api', { leaveOutOwn: false }, 1],
		['user', {}, 1],
		['workflow', {}, 1],
	])('a message sent by %s with %j: %d events', (source, options, count) => {
		const vendor = vendorNamed('aelyst');
		for (const given of [
			payload('message.sent', { sender: { source } }),
			payload('message.sent', {}, { sender: { source } }),
		]) {
			expect(vendor.toEvents(given as never, delivery({ options }))).toHaveLength(count);
		}
	});

	it('never leaves out what somebody wrote to us', () => {
		const given = payload('message.received', { sender: { source: 'api' } });
		expect(eventOf('aelyst', given).kind).toBe('message.received');
	});

	it.each([
		[{ id: 5, phone: null, email: 'a@example.com' }, 'a@example.com'],
		[{ id: 5 }, 'id:5'],
		[{}, null],
		[undefined, null],
	])('names the contact %j as %j', (contact, sender) => {
		expect(eventOf('aelyst', payload('message.received', { contact })).event).toMatchObject({
			sender,
		});
	});

	it('an event of another kind', () => {
		const given = { event_type: 'contact.updated', event_id: 'e2', contact: { phone: '+60' } };
		expect(eventOf('aelyst', given)).toEqual({
			kind: 'other',
			event: {
				...NOTHING,
				eventId: 'e2',
				type: 'other',
				provider: 'aelyst',
				sender: '+60',
				raw: given,
			},
		});
	});
});

describe('any other service', () => {
	const mapping = {
		messageId: 'data.message.id',
		status: 'data[0].state',
		recipient: 'data.to',
		occurredAt: 'at',
		direction: 'way',
	};

	it('reads where the user says', () => {
		const payload = {
			data: { message: { id: 7 }, 0: { state: 'DELIVRD' }, to: '+1' },
			at: 1_717_000_000,
			way: 'OUTBOUND',
		};
		const statusWords = { words: [{ word: 'delivrd ', status: 'delivered' }] };
		const parameters = { mapping, statusWords, provider: 'votel' };
		expect(eventOf('generic', payload, { parameters })).toEqual({
			kind: 'message.status',
			event: {
				...NOTHING,
				eventId: '7:DELIVRD',
				type: 'message.status',
				provider: 'votel',
				messageId: '7',
				direction: 'outgoing',
				recipient: '+1',
				status: 'delivered',
				providerStatus: 'DELIVRD',
				occurredAt: '2024-05-29T16:26:40.000Z',
				raw: payload,
			},
		});
	});

	it('takes over what has our names already', () => {
		const payload = {
			eventId: 'e1',
			messageId: 'm1',
			channel: 'email',
			direction: 'outgoing',
			recipient: 'a@example.com',
			sender: 'b@example.com',
			status: 'Bounced',
			reason: 'full',
			errorCode: 552,
			text: 'Hi',
			occurredAt: '2026-01-01T00:00:00Z',
			reference: 'r1',
		};
		expect(eventOf('generic', payload).event).toEqual({
			...payload,
			type: 'message.status',
			provider: 'generic',
			status: 'failed',
			providerStatus: 'Bounced',
			errorCode: '552',
			occurredAt: '2026-01-01T00:00:00.000Z',
			raw: payload,
		});
	});

	it.each([
		[{ status: 'sent' }, 'message.status', 'outgoing', 'sent'],
		[{ status: 'new', direction: 'inbound' }, 'message.received', 'incoming', 'delivered'],
		[{ text: 'x', direction: 'In' }, 'message.received', 'incoming', 'delivered'],
		[{ text: 'x' }, 'other', null, 'unknown'],
		[{ status: '' }, 'other', null, 'unknown'],
		[{ status: 'teleported' }, 'message.status', 'outgoing', 'unknown'],
	])('%j is %s', (payload, type, direction, status) => {
		expect(eventOf('generic', payload)).toMatchObject({
			kind: type,
			event: { type, direction, status },
		});
	});

	it.each([
		[1_717_000_000, '2024-05-29T16:26:40.000Z'],
		['1717000000', '2024-05-29T16:26:40.000Z'],
		[1_717_000_000_500, '2024-05-29T16:26:40.500Z'],
		['2024-05-29T18:26:40+02:00', '2024-05-29T16:26:40.000Z'],
		['soon', null],
		[1e300, null],
		[true, null],
	])('the time %j is %j', (occurredAt, expected) => {
		expect(eventOf('generic', { occurredAt }).event.occurredAt).toBe(expected);
	});

	it('does not reach what objects inherit', () => {
		for (const path of ['constructor.name', '__proto__.x', 'data.toString.name', 'length']) {
			const parameters = { mapping: { text: path } };
			expect(eventOf('generic', { data: {} }, { parameters }).event.text).toBeNull();
		}
	});

	it('gives a challenge back only where the user says so', () => {
		const { handshake } = vendorNamed('generic');
		const answer = (payload: object, options: object) =>
			handshake?.(payload as never, delivery({ options: options as never }));
		expect(answer({ challenge: 'abc' }, { challengeField: 'challenge' })).toBe('abc');
		expect(answer({ challenge: 'abc' }, {})).toBeUndefined();
		expect(answer({}, { challengeField: 'challenge' })).toBeUndefined();
		expect(answer({ challenge: { a: 1 } }, { challengeField: 'challenge' })).toBeUndefined();
		expect(answer({}, { challengeField: 'constructor' })).toBeUndefined();
	});
});

describe.each(['bird', 'sent', 'aelyst', 'generic'])('%s', (name) => {
	const toEvents = (payload: object) =>
		vendorNamed(name).toEvents(payload as never, delivery({ options: { leaveOutOwn: false } }));
	const anything = fc
		.dictionary(
			fc.constantFrom(
				'event',
				'field',
				'payload',
				'event_type',
				'message',
				'contact',
				'status',
				'sender',
				'id',
				'__proto__',
			),
			fc.oneof(
				fc.constantFrom('sms.outbound', 'x.interaction', 'message', 'message.sent', null, 7),
				fc.dictionary(
					fc.constantFrom('id', 'status', 'receiver', 'body', 'type', 'contacts', 'toString'),
					fc.jsonValue(),
				),
			),
		)
		.map((payload) => JSON.stringify(payload));

	it('gives every event all of its keys, and the same id for the same payload', () => {
		fc.assert(
			fc.property(anything, (body) => {
				const payload = JSON.parse(body) as object;
				const [event] = outcome(toEvents, payload);
				const [again] = outcome(toEvents, JSON.parse(body) as object);
				expect(again?.event.eventId).toBe(event?.event.eventId);
				if (event === undefined) return;
				expect(Object.keys(event.event)).toEqual([
					'eventId',
					'type',
					'provider',
					...Object.keys(NOTHING),
					'raw',
				]);
				expect(event.event.eventId).not.toBe('');
				expect(event.event.raw).toBe(payload);
			}),
		);
	});
});

/** What cannot be read may throw: the node then answers 400. */
function outcome<T>(toEvents: (payload: object) => T[], payload: object): T[] {
	try {
		return toEvents(payload);
	} catch {
		return [];
	}
}
