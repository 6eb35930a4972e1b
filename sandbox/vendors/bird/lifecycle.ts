import { randomUUID } from 'node:crypto';

import type { Room, Step } from '../../core/vendor';
import { platformOf } from './demo';
import type { BirdState, Failure, Message } from './state';

const statuses = [
	'accepted',
	'rejected',
	'processing',
	'scheduled',
	'sent',
	'sending_failed',
	'delivered',
	'delivery_failed',
	'deleted',
	'skipped',
];
const interactions = [
	'clicked',
	'delete-request',
	'invalid',
	'opened',
	'read',
	'reported-as-spam',
	'unsubscribe-request',
	'reaction',
	'conversion',
	'subscribe-request',
	'subscribe-consent',
];
/** Interactions are no statuses at Bird, but they come to a message in the same way. */
export const names = [...statuses, ...interactions];

/** What becomes of a message, by the end of the phone number or the name in the e-mail address. */
const fates: Array<{ digits: string; mailbox: string; steps: string[] }> = [
	{ digits: '0000', mailbox: 'sending-failed', steps: ['processing', 'sending_failed'] },
	{ digits: '0001', mailbox: 'delivery-failed', steps: ['processing', 'sent', 'delivery_failed'] },
	{ digits: '0002', mailbox: 'rejected', steps: ['rejected'] },
	{ digits: '0003', mailbox: 'undelivered', steps: ['processing', 'sent'] },
	{ digits: '0004', mailbox: 'skipped', steps: ['skipped'] },
];

/** Codes within Bird's documented groups (12xxx Bird, 14xxx customer, 15xxx platform). */
const failures: Record<string, Failure & { reason: string; details: string }> = {
	sending_failed: {
		code: 15001,
		description: 'received network error',
		source: { code: '2', name: 'sms-messagebird' },
		reason: 'details: network error; reason: received_network_error; code: 2',
		details: 'received_network_error',
	},
	delivery_failed: {
		code: 15005,
		description: 'unknown subscriber',
		source: { code: '1', name: 'sms-messagebird' },
		reason: 'details: unknown subscriber; reason: unknown_subscriber; code: 1',
		details: 'unknown_subscriber',
	},
	rejected: {
		code: 14001,
		description: 'message rejected',
		source: { code: '1', name: 'pre-processing' },
		reason: 'details: rejected by a rule of the workspace',
		details: 'rejected_by_rule',
	},
};

export function stepsFor(message: Message, platform: string, state: BirdState): Step[] {
	const address = message.receiver.contacts?.[0]?.identifierValue ?? '';
	const fate = fates.find(
		({ digits, mailbox }) => address.endsWith(digits) || address.startsWith(`${mailbox}@`),
	);
	const interaction: Record<string, string> = { whatsapp: 'read', email: 'opened' };
	const then = interaction[platform];
	const ending = state.endings.get(message.id)?.status;
	const steps = ending
		? stepsTo(ending)
		: (fate?.steps ?? ['processing', 'sent', 'delivered', ...(then ? [then] : [])]);
	const wait =
		message.status === 'scheduled'
			? Date.parse(message.scheduledFor ?? '') - Date.now()
			: undefined;
	return steps.map((status, i) => ({ status, ...(i === 0 && wait && { afterMs: wait }) }));
}

const stepsTo = (ending: string): string[] =>
	({
		sending_failed: ['processing', 'sending_failed'],
		delivery_failed: ['processing', 'sent', 'delivery_failed'],
	})[ending] ?? [ending];

/** Moves a message to a status, or lets an interaction happen to it, and tells the webhooks. */
export function apply(room: Room<BirdState>, messageId: string, status: string): void {
	const message = room.state.messages.get(messageId);
	if (!message) return;
	if (interactions.includes(status)) return interact(room, message, status);
	message.status = status;
	message.lastStatusAt = new Date().toISOString();
	const ending = room.state.endings.get(messageId);
	const failure = failures[status];
	if (ending?.status === status) {
		message.failure = ending.failure;
		message.reason = ending.reason;
		message.details = ending.details;
	} else if (failure) {
		const { reason, details, ...rest } = failure;
		const name = rest.source.name === 'pre-processing' ? rest.source.name : message.platformId;
		message.failure = { ...rest, source: { ...rest.source, name } };
		message.reason = reason;
		message.details = details;
	}
	if (status === 'sent') {
		message.platformReferenceId = randomUUID();
		message.parts = [{ platformReference: message.platformReferenceId }];
	}
	announce(room, message);
}

/** `<platform>.outbound` for each status of a message that was sent, `.inbound` for one that came in. */
export function announce(room: Room<BirdState>, message: Message): void {
	const way = message.direction === 'incoming' ? 'inbound' : 'outbound';
	room.webhooks.emit({
		type: `${eventPlatform(room.state, message)}.${way}`,
		// Bird's page of a message has lost this field, its samples of webhooks have it.
		payload: { ...message, updatedAt: message.lastStatusAt },
		details: {
			channelId: message.channelId,
			platformId: message.platformId,
			messageStatus: message.status,
		},
	});
}

export function interact(room: Room<BirdState>, message: Message, type: string): void {
	const interaction = {
		id: randomUUID(),
		messageId: message.id,
		channelId: message.channelId,
		platformId: message.platformId,
		messagePartId: null,
		type,
		messageReference: message.reference,
		messagePartsCount: message.parts.length,
		messageTags: message.tags,
		receiver: message.receiver,
		createdAt: new Date().toISOString(),
		details: '',
		context: { id: message.id, type: 'message', tags: message.tags },
		metadata: {},
	};
	const { interactions: all } = room.state;
	all.set(message.id, [...(all.get(message.id) ?? []), interaction]);
	room.webhooks.emit({
		type: `${eventPlatform(room.state, message)}.interaction`,
		payload: interaction,
		details: {
			channelId: message.channelId,
			platformId: message.platformId,
			interactionType: type,
		},
	});
}

function eventPlatform(state: BirdState, { channelId }: Message): string {
	const channel = state.channels.get(channelId);
	return channel ? platformOf(channel) : 'sms';
}
