import { randomUUID } from 'node:crypto';

import type { Step } from '../../core/vendor';
import { magic, organizationId } from './demo';
import { messageEvent } from './events';
import { reasonOf, reasons } from './reasons';
import {
	type Channel,
	type Message,
	type Reason,
	type SentRoom,
	isoSeconds,
	unsent,
} from './state';
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
export function planJourney(message: Message): string[] {
	const end = (path: string[], reason: Reason): string[] => {
		message.reasons[path.at(-1) as string] = reason;
		return path;
	};
	if (message.foreignSender) return end(['BLOCKED'], reasons.foreignSender);
	if (message.contact.opt_out) return end(['FILTERED'], reasons.consent);
	switch (message.phone) {
		case magic.filtered:
			return end(['FILTERED'], reasons.consent);
		case magic.blocked:
			if (message.attempt > 1) break;
			return end(['BLOCKED'], reasons.balance);
		case magic.failed:
			return end(['ROUTED', 'FAILED'], reasons.route);
		case magic.neverWrote:
			if (message.template) break;
			return message.channel === 'whatsapp'
				? end(['ROUTED', 'FAILED'], reasons.whatsappTemplate)
				: end(['BLOCKED'], reasons.conversationTemplate);
		case magic.rerouted:
			return ['ROUTED', 'QUEUED', 'ROUTED', 'SENT', 'DELIVERED'];
		case magic.silent:
			return ['ROUTED', 'SENT'];
	}
	const read = reportsRead.has(message.channel ?? chooseChannel(message)) ? ['READ'] : [];
	return ['ROUTED', 'SENT', 'DELIVERED', ...read];
}

/**
 * Begins the journey: the message is in the books as QUEUED, and the rest follows.
 * @param releaseAt when a scheduled message is released, ms since the epoch
 */
export function begin(room: SentRoom, message: Message, releaseAt?: number): void {
	const steps: Step[] = planJourney(message).map((status) => ({ status }));
	if (releaseAt !== undefined && steps[0]) {
		steps[0].afterMs = Math.max(0, releaseAt - Date.now());
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
	if (status === 'SENT') message.billed++;
	const reason = reasonOf(message);
	message.events.push({
		status,
		timestamp: isoSeconds(),
		description: reason?.description ?? null,
		...(reason && { reason }),
		...(status === 'SCHEDULED' && message.scheduledAt && { scheduledAt: message.scheduledAt }),
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
	{ contact, channel, text }: Pick<Message, 'contact' | 'text'> & { channel: Channel },
): string {
	const id = randomUUID();
	const createdAt = isoSeconds();
	const received: Message = {
		...unsent(),
		id,
		customerId: organizationId,
		contact,
		phone: contact.format_e164,
		asked: channel,
		channel,
		direction: 'INBOUND',
		status: 'RECEIVED',
		createdAt,
		text,
		template: null,
		hasMedia: false,
		scheduledAt: null,
		foreignSender: false,
		events: [{ status: 'RECEIVED', timestamp: createdAt, description: null }],
	};
	room.state.messages.set(id, received);
	room.webhooks.emit(messageEvent(received));
	return id;
}
