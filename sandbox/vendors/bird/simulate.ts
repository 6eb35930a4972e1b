import { randomUUID } from 'node:crypto';

import { ControlError } from '../../core/controlError';
import type { Room } from '../../core/vendor';
import { type Channel, platformOf } from './demo';
import { announce, interact } from './lifecycle';
import { blank } from './send';
import type { BirdState, Message } from './state';
import { moveWindow, openWindow, person } from './windows';

interface Inbound {
	channelId?: unknown;
	from?: unknown;
	text?: unknown;
	body?: unknown;
	replyTo?: unknown;
}

type Simulation = (room: Room<BirdState>, input: Record<string, unknown>) => unknown;

/** What happens to a workspace from outside. */
export const simulate: Record<string, Simulation> = {
	/** Somebody writes to one of the channels. */
	inbound: receive,

	/** Somebody last wrote so many hours ago, or never. */
	window: moveWindow,

	/** Somebody wants no more messages, in no channel: writes so, and is marked. */
	'opt-out'(room, input) {
		const message = receive(room, { text: 'STOP', ...input });
		const contactId = writerOf(message);
		room.state.optedOut.add(contactId);
		answerWith(room, contactId, message.channelId, 'unsubscribe-request');
		return { contactId, messageId: message.id };
	},

	/** Somebody wants messages again. */
	'opt-in'(room, input) {
		const message = receive(room, { text: 'START', ...input });
		const contactId = writerOf(message);
		room.state.optedOut.delete(contactId);
		answerWith(room, contactId, message.channelId, 'subscribe-request');
		return { contactId, messageId: message.id };
	},
};

function receive(room: Room<BirdState>, input: Inbound): Message {
	const { state } = room;
	const channel = channelIn(state, input.channelId);
	const contact = person(room, channel, input.from);
	const message: Message = {
		...blank(channel, null),
		sender: { contact },
		receiver: {
			connector: { id: channel.connectorId, identifierValue: channel.identifier },
		},
		body: input.body ?? { type: 'text', text: { text: String(input.text ?? 'Hello') } },
		...(input.replyTo !== undefined && { replyTo: input.replyTo }),
		parts: [{ platformReference: randomUUID() }],
		status: 'delivered',
		direction: 'incoming',
	};
	state.messages.set(message.id, message);
	if (platformOf(channel) === 'whatsapp') openWindow(room, channel, contact.id);
	announce(room, message);
	return message;
}

function channelIn({ channels }: BirdState, id: unknown): Channel {
	const channel = channels.get(String(id)) ?? [...channels.values()][0];
	if (!channel) throw new ControlError(400, 'channelId: no such channel');
	return channel;
}

const writerOf = ({ sender }: Message): string => (sender.contact as { id: string }).id;

/** The interaction with the newest message that the contact got in the channel, if there is one. */
function answerWith(
	room: Room<BirdState>,
	contactId: string,
	channelId: string,
	type: string,
): void {
	const last = [...room.state.messages.values()]
		.reverse()
		.find(
			(message) =>
				message.direction === 'outgoing' &&
				message.channelId === channelId &&
				message.receiver.contacts?.some(({ id }) => id === contactId),
		);
	if (last) interact(room, last, type);
}
