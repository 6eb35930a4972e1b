import { randomUUID } from 'node:crypto';

import type { Step } from '../../core/vendor';
import { magic } from './demo';
import { messageEvent } from './events';
import { type Channel, type Message, type SentRoom, isoSeconds } from './state';
import { forgetCallback } from './delivery';

export const statuses = [
	'QUEUED',
	'PROCESSED',
	'ROUTED',
	'SCHEDULED',
	'SENT',
	'DELIVERED',
	'READ',
	'FAILED',
	'FILTERED',
	'BLOCKED',
	'CANCELLED',
] as const;

/** Nothing comes after these; READ comes after DELIVERED where the channel reports it. */
const endings = new Set<string>(['READ', 'FAILED', 'FILTERED', 'BLOCKED', 'CANCELLED']);
const reportsRead = new Set<Channel | null>(['whatsapp', 'rcs']);

/** How the message goes on from QUEUED, and why, where it does not arrive. */
export function planJourney(message: Message, asked: Asked): string[] {
	const end = (path: string[], reason: string): string[] => {
		message.reasons[path.at(-1) as string] = reason;
		return path;
	};
	if (asked.foreignSender) {
		return end(['BLOCKED'], 'BUSINESS_029: the sender number is not valid for this account');
	}
	if (message.contact.opt_out) return end(['FILTERED'], 'ERR_CONSENT_BLOCKED');
	switch (message.phone) {
		case magic.filtered:
			return end(['FILTERED'], 'ERR_CONSENT_BLOCKED');
		case magic.blocked:
			return end(['BLOCKED'], 'BUSINESS_003: insufficient account balance');
		case magic.failed:
			return end(['ROUTED', 'FAILED'], 'ERR_ROUTE_DENIED');
		case magic.neverWrote:
			if (message.template) break;
			return message.channel === 'whatsapp'
				? end(['ROUTED', 'FAILED'], 'WHATSAPP_TEMPLATE_REQUIRED')
				: end(['BLOCKED'], 'CONVERSATION_TEMPLATE_REQUIRED');
		case magic.rerouted:
			return ['ROUTED', 'QUEUED', 'ROUTED', 'SENT', 'DELIVERED'];
		case magic.silent:
			return ['ROUTED', 'SENT'];
	}
	const read = reportsRead.has(message.channel ?? chooseChannel(message)) ? ['READ'] : [];
	return ['ROUTED', 'SENT', 'DELIVERED', ...read];
}

export interface Asked {
	/** The request named a sender that the account does not have. */
	foreignSender: boolean;
	/** When a scheduled message is released, ms since the epoch. */
	releaseAt?: number;
}

/** Begins the journey: the message is in the books as QUEUED, and the rest follows. */
export function begin(room: SentRoom, message: Message, asked: Asked): void {
	const steps: Step[] = planJourney(message, asked).map((status) => ({ status }));
	if (asked.releaseAt !== undefined && steps[0]) {
		steps[0].afterMs = Math.max(0, asked.releaseAt - Date.now());
		steps.unshift({ status: 'SCHEDULED' });
	}
	apply(room, message.id, 'QUEUED');
	room.follow(message.id, steps);
}

/** Moves a message to a status, and tells the webhooks. */
export function apply(room: SentRoom, messageId: string, status: string): void {
	const message = room.state.messages.get(messageId);
	if (!message) return;
	message.status = status;
	if (status === 'ROUTED') message.channel ??= chooseChannel(message);
	message.events.push({
		status,
		timestamp: isoSeconds(),
		description: message.reasons[status] ?? null,
	});
	room.webhooks.emit(messageEvent(message));
	if (endings.has(status) || (status === 'DELIVERED' && !reportsRead.has(message.channel))) {
		forgetCallback(room, messageId);
	}
}

/** What `sent` comes to: MMS for media, else what the contact prefers. */
function chooseChannel({ hasMedia, contact }: Message): Channel {
	if (hasMedia) return 'mms';
	return contact.default_channel === 'whatsapp' ? 'whatsapp' : 'sms';
}

/** A customer writes to the account. */
export function receive(
	room: SentRoom,
	message: Omit<Message, 'id' | 'events' | 'status'>,
): string {
	const id = randomUUID();
	const events = [{ status: 'RECEIVED', timestamp: message.createdAt, description: null }];
	const received = { ...message, id, status: 'RECEIVED', events };
	room.state.messages.set(id, received);
	room.webhooks.emit(messageEvent(received));
	return id;
}
