import { ControlError } from '../../core/controlError';
import {
	type AelystRoom,
	type Message,
	addMessage,
	channelOf,
	findContact,
	seconds,
} from './state';
import { emitMessage } from './webhooks';

interface Input {
	contact?: unknown;
	channelId?: number;
	text?: unknown;
	message?: Message['message'];
	hours?: unknown;
}

type Simulation = (room: AelystRoom, input: Input) => unknown;

/** What happens to a workspace from outside. */
export const simulate: Record<string, Simulation> = {
	/** A contact writes: opens the 24-hour window and tells the webhooks. */
	incoming: receive,

	/** A contact last wrote so many hours ago, or never. */
	window(room, { contact, channelId, hours }) {
		if (hours !== null && typeof hours !== 'number') {
			throw new ControlError(400, 'hours: a number, or null for never');
		}
		const { link } = channelOf(findContact(room.state, String(contact)), channelId);
		link.lastIncomingMessageTime = hours === null ? null : seconds() - Math.round(hours * 3600);
		return { channelId: link.channelId, lastIncomingMessageTime: link.lastIncomingMessageTime };
	},

	/** A contact wants no more messages, on any channel. */
	'opt-out'(room, input) {
		room.state.optedOut.add(findContact(room.state, String(input.contact)).contact.id);
		return receive(room, { text: 'STOP', ...input });
	},

	/** A contact wants messages again. */
	'opt-in'(room, input) {
		room.state.optedOut.delete(findContact(room.state, String(input.contact)).contact.id);
		return receive(room, { text: 'START', ...input });
	},
};

function receive(room: AelystRoom, input: Input): { messageId: number } {
	const { contact, channelId, text = 'hello', message = { type: 'text', text } } = input;
	const record = findContact(room.state, String(contact));
	const { channel, link } = channelOf(record, channelId);
	link.lastMessageTime = link.lastIncomingMessageTime = seconds();
	const stored = addMessage(room.state, {
		contactId: record.contact.id,
		channelId: channel.id,
		traffic: 'incoming',
		message,
		sender: null,
	});
	emitMessage(room, stored);
	return { messageId: stored.messageId };
}
