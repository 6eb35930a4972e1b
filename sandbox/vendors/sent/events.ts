import type { WebhookEvent } from '../../core/vendor';
import { organizationId } from './demo';
import { reasonOf } from './reasons';
import { type Message, isoSeconds, senderOf, shownChannel } from './state';

interface Family {
	description: string;
	subEvents: string[];
}

/** What a webhook can subscribe to, and the sub-events it can filter by. */
export const families: Record<string, Family> = {
	message: {
		description: 'A message changed its status or came in',
		subEvents: [
			'queued',
			'routed',
			'sent',
			'delivered',
			'read',
			'failed',
			'received',
			'filtered',
			'blocked',
			'scheduled',
			'cancelled',
		],
	},
	templates: { description: 'A template changed its status', subEvents: [] },
	contact: {
		description: 'A contact opted in or out, or wrote a keyword',
		subEvents: ['opt_in', 'opt_out', 'help', 'custom_keyword'],
	},
	// The vendor adds to these; two are known by name.
	channel: { description: 'A channel changed', subEvents: ['submitted', 'activated'] },
	link: {
		description: 'A link was followed, or reached the end of its life',
		subEvents: ['clicked', 'downloaded', 'expired', 'revoked'],
	},
};

/** `details` of an event: what decides which webhook gets it, and how often. */
export interface EventDetails {
	family: string;
	subEvent?: string;
	/** For the callback of API v1. */
	messageId?: string;
	/** A test: only this webhook, on or off, and only once. */
	onlyFor?: string;
	attempted?: (status: number) => void;
}

export const event = (
	family: string,
	subEvent: string | undefined,
	payload: object,
	more: Omit<EventDetails, 'family' | 'subEvent'> = {},
): WebhookEvent => ({
	type: subEvent === undefined ? family : `${family}.${subEvent}`,
	payload,
	details: { family, subEvent, ...more } satisfies EventDetails as Record<string, unknown>,
});

export const detailsOf = (it: WebhookEvent): EventDetails => it.details as unknown as EventDetails;

const longestBody = 3072;

export function messageEvent(message: Message): WebhookEvent {
	const payload = message.direction === 'INBOUND' ? inbound(message) : outbound(message);
	return event('message', message.status.toLowerCase(), payload, { messageId: message.id });
}

const outbound = (message: Message): object => ({
	account_id: message.customerId,
	message_id: message.id,
	message_status: message.status,
	channel: shownChannel(message),
	outbound_number: message.phone,
	...(message.template && {
		template_id: message.template.id,
		template_name: message.template.name,
	}),
	updated_at: isoSeconds(),
	agent_id: null,
	body: message.text.slice(0, longestBody),
	...whyOf(message),
	...(message.status === 'SCHEDULED' && {
		schedule_reason: 'scheduled',
		scheduled_at: message.scheduledAt,
	}),
});

/** On failed, filtered and blocked; both keys are absent elsewhere. */
export function whyOf(message: Message): { reason?: string; reason_code?: string } {
	const reason = reasonOf(message);
	return reason ? { reason: reason.sentence, reason_code: reason.code } : {};
}

const inbound = (message: Message): object => ({
	account_id: message.customerId,
	message_id: message.id,
	channel: message.channel,
	inbound_number: message.phone,
	outbound_number: senderOf(message.channel),
	text: message.text,
	received_at: message.createdAt,
	updated_at: message.createdAt,
	media: [],
});

/** What the test of a webhook delivers. */
export function sampleEvent(
	family: string,
	more: Omit<EventDetails, 'family' | 'subEvent'>,
): WebhookEvent {
	if (family !== 'message') {
		return event(family, families[family]?.subEvents[0], { account_id: organizationId }, more);
	}
	const payload = {
		account_id: organizationId,
		message_id: '8ba7b830-9dad-11d1-80b4-00c04fd430c8',
		message_status: 'SENT',
		channel: 'sms',
		outbound_number: '+12025550110',
		updated_at: isoSeconds(),
		agent_id: null,
		body: null,
	};
	return event('message', 'sent', payload, more);
}
