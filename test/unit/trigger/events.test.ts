import fc from 'fast-check';

import { delivery, eventOf, vendorNamed } from './support';

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
	sessionId: null,
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
				sessionId: null,
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
				channel: 'whatsapp',
				direction: 'incoming',
				recipient: '+20',
				sender: '+31620011001',
				status: 'delivered',
				providerStatus: 'delivered',
				text: 'Look',
				occurredAt: '2026-01-01T09:00:00.000Z',
				sessionId: 'bird:whatsapp:+31620011001',
				raw: payload,
			},
		});
	});

	it.each([
		['sms.outbound', 'sms-messagebird', 'sms-messagebird'],
		['sms.outbound', '', 'sms'],
		['apple.business.inbound', undefined, 'apple.business'],
		['whatsapp.interaction', null, 'whatsapp'],
		['outbound', undefined, null],
	])(
		'names the channel of %s with the platform %j by %j, never by its ID',
		(what, platformId, channel) => {
			const payload = envelope(what, { ...outgoing, platformId });
			expect(eventOf('bird', payload).event.channel).toBe(channel);
		},
	);

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

	it('somebody who unsubscribes opts out', () => {
		const payload = envelope('email.interaction', { ...interaction, type: 'unsubscribe-request' });
		expect(eventOf('bird', payload)).toMatchObject({
			kind: 'email.interaction',
			event: { type: 'message.opt_out', sender: '+31620011001', messageId: 'm1', sessionId: null },
		});
	});

	it.each([
		['STOP', 'message.opt_out'],
		['Stop by tomorrow', 'message.received'],
	])('the text %j is a %s', (text, type) => {
		const payload = envelope('sms.inbound', {
			...outgoing,
			direction: 'incoming',
			sender: { contact },
			body: { type: 'text', text: { text } },
		});
		expect(eventOf('bird', payload)).toMatchObject({
			kind: 'sms.inbound',
			event: { type, text, sender: '+31620011001', eventId: 'm1:received' },
		});
	});

	it('a status is no opt-out, whatever was sent', () => {
		const body = { type: 'text', text: { text: 'STOP' } };
		const payload = envelope('sms.outbound', { ...outgoing, body });
		expect(eventOf('bird', payload).event).toMatchObject({
			type: 'message.status',
			sessionId: null,
		});
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
		const id = (payload: object) => eventOf('sent', payload).event.eventId;
		expect(id(first)).not.toBe(id(later));
		expect(id(first)).toBe(id(structuredClone(first)));
	});

	it("is called as Sent's header for this calls it, in every family", () => {
		const headers = { 'X-Webhook-Event-ID': ['evt-1'] };
		for (const payload of [
			envelope('message.delivered', outbound),
			envelope('message.received', { message_id: 'm2', text: 'hi' }),
			{ field: 'contact', event: 'contact.opt_out', payload: { contact_id: 'c1' } },
		]) {
			expect(eventOf('sent', payload, { headers }).event.eventId).toBe('evt-1');
		}
		const several = { 'x-webhook-event-id': 'evt-1, evt-2' };
		expect(
			eventOf('sent', envelope('message.delivered', outbound), { headers: several }).event.eventId,
		).toBe(delivered.eventId);
	});

	it.each(['FAILED', 'FILTERED', 'BLOCKED'])('%s says why', (word) => {
		const payload = envelope(`message.${word.toLowerCase()}`, {
			...outbound,
			message_status: word,
			reason: 'The number is not in service',
			reason_code: 'DELIVERY_007',
		});
		expect(eventOf('sent', payload).event).toMatchObject({
			reason: 'The number is not in service',
			errorCode: 'DELIVERY_007',
		});
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
		sessionId: 'sent:whatsapp:+12025550101',
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
				eventId: expect.stringMatching(/^contact:opt_out:2026-05-28T20:26:41\.000Z:[0-9a-f]{64}$/),
				type: 'message.opt_out',
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
				eventId: expect.stringMatching(
					/^templates:REJECTED:2026-05-28T20:26:41\.000Z:[0-9a-f]{64}$/,
				),
				type: 'other',
				providerStatus: 'REJECTED',
				reason: 'spelling',
			},
		});
	});
});

describe('Sent, what happens within one second', () => {
	const timestamp = '2026-05-28T20:26:41Z';
	const idOf = (field: string, event: string | undefined, payload: object) =>
		eventOf('sent', { field, ...(event && { event }), timestamp, payload }).event.eventId;

	it('is as many events as it was', () => {
		const ids = [
			// The template that answered is the same for both contacts.
			...['c1', 'c2'].map((contact_id) =>
				idOf('contact', 'contact.opt_out', { contact_id, template_id: 't1', message_id: null }),
			),
			...['m1', 'm2'].map((message_id) =>
				idOf('contact', 'contact.custom_keyword', { contact_id: 'c1', message_id, text: 'MENU' }),
			),
			...['sms', 'whatsapp'].map((channel) =>
				idOf('templates', undefined, { template_id: 't1', status: 'APPROVED', channel }),
			),
			idOf('contact', 'contact.opt_in', { contact_id: 'c1', template_id: 't1', message_id: null }),
		];
		expect(new Set(ids).size).toBe(ids.length);
	});

	it('is one event however often it is delivered', () => {
		const payload = { contact_id: 'c1', template_id: 't1' };
		expect(idOf('contact', 'contact.opt_out', payload)).toBe(
			idOf('contact', 'contact.opt_out', structuredClone(payload)),
		);
	});

	it('a link says itself when it was followed', () => {
		const payload = {
			message_id: 'm1',
			url: 'https://example.com',
			occurred_at: '2026-05-28T20:20:00Z',
			updated_at: '2026-05-28T20:25:00Z',
		};
		expect(
			eventOf('sent', { field: 'link', event: 'link.clicked', timestamp, payload }),
		).toMatchObject({
			kind: 'link',
			event: { occurredAt: '2026-05-28T20:20:00.000Z', messageId: 'm1', providerStatus: 'clicked' },
		});
	});

	it.each(['opt_in', 'help', 'custom_keyword'])('%s is no opt-out', (what) => {
		const payload = { contact_id: 'c1', from: '+12025550101' };
		const given = { field: 'contact', event: `contact.${what}`, timestamp, payload };
		expect(eventOf('sent', given).event.type).toBe('other');
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
				sessionId: 'aelyst:whatsapp_cloud:id:12345',
				raw: given,
			},
		});
	});

	it('is the same session when the contact gets another number', () => {
		const sessionOf = (phone: string | null) =>
			eventOf('aelyst', payload('message.received', { contact: { id: 12345, phone } })).event
				.sessionId;
		expect(sessionOf('+60')).toBe(sessionOf('+61'));
		expect(sessionOf(null)).toBe(sessionOf('+61'));
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

describe.each(['conduit', 'votel'])('%s, through whatever posts for it', (vendor) => {
	it('has its own name', () => {
		const payload = { messageId: 'm1', status: 'SENT' };
		const parameters = { provider: 'left over from another vendor' };
		expect(eventOf(vendor, payload, { parameters })).toMatchObject({
			kind: 'message.status',
			event: { provider: vendor, status: 'sent' },
		});
	});

	it('hands on who wrote what', () => {
		const payload = {
			messageId: 'm2',
			direction: 'inbound',
			channel: 'sms',
			sender: '+12025550101',
			text: 'Stop.',
		};
		expect(eventOf(vendor, payload)).toMatchObject({
			kind: 'message.received',
			event: { type: 'message.opt_out', sessionId: `${vendor}:sms:+12025550101` },
		});
	});
});

describe('a session', () => {
	const sessionOf = (payload: object) => eventOf('generic', payload).event.sessionId;
	const incoming = { direction: 'incoming', sender: '+1', text: 'Hi' };

	it('is one for each person, channel and vendor', () => {
		const ids = [
			{ ...incoming, channel: 'sms' },
			{ ...incoming, channel: 'whatsapp' },
			{ ...incoming, channel: 'sms', sender: '+2' },
			incoming,
		].map(sessionOf);
		expect(new Set(ids).size).toBe(4);
		expect(sessionOf({ ...incoming, messageId: 'm9', text: 'Again' })).toBe(sessionOf(incoming));
	});

	it('needs a person who writes', () => {
		expect(sessionOf({ ...incoming, sender: undefined })).toBeNull();
		expect(sessionOf({ status: 'delivered', sender: '+1' })).toBeNull();
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
			...NOTHING,
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

describe.each(['bird', 'sent', 'aelyst', 'conduit', 'votel', 'generic'])('%s', (name) => {
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
