import type { Answer } from '../../core/vendor';
import { channelById, channels } from './channels';
import { users } from './contacts';
import { notFound, refuse } from './errors';
import { type ContactFilter, matches } from './filter';
import { type AelystCall, type Message, contactOf } from './state';
import { listed, templates } from './templates';

const defaultLimit = 10;

/** A page of a list; `cursorId` is the id behind which it begins. */
function page<T>(
	call: AelystCall,
	list: readonly T[],
	idOf: (item: T) => number,
	show: (item: T) => unknown = (item) => item,
): Answer {
	const { limit = defaultLimit, cursorId } = call.query as { limit?: number; cursorId?: number };
	// As in the vendor's own client, 0 stands for the beginning.
	const start = cursorId ? list.findIndex((item) => idOf(item) === cursorId) + 1 : 0;
	if (cursorId && start === 0) refuse(`cursorId ${cursorId} is not in this list`);
	const end = start + limit;
	// A cursor names the item before the page; the first page has none.
	const address = (cursorAt: number): string => {
		const cursor = list[cursorAt - 1];
		const query = cursor === undefined ? '' : `&cursorId=${idOf(cursor)}`;
		// Without the version prefix (here: the vendor's), as in the vendor's examples.
		return `${new URL(call.room.baseUrl).origin}${call.path}?limit=${limit}${query}`;
	};
	return {
		status: 200,
		body: {
			items: list.slice(start, end).map(show),
			pagination: {
				next: end < list.length ? address(end) : '',
				previous: start > 0 ? address(Math.max(0, start - limit)) : '',
			},
		},
	};
}

const byId = ({ id }: { id: number }): number => id;

export function listMessages(call: AelystCall): Answer {
	const { state } = call;
	const thread = state.threads.get(contactOf(call).contact.id) ?? [];
	return page(
		call,
		[...thread].reverse(),
		(messageId) => messageId,
		(messageId) => state.messages.get(messageId),
	);
}

export function getMessage(call: AelystCall): Answer {
	const { contact } = contactOf(call);
	const message: Message | undefined = call.state.messages.get(Number(call.params.messageId));
	return message?.contactId === contact.id ? { status: 200, body: message } : notFound('Message');
}

export const getContact = (call: AelystCall): Answer => ({
	status: 200,
	body: contactOf(call).contact,
});

export function listContacts(call: AelystCall): Answer {
	const filter = call.body as ContactFilter;
	const found = [...call.state.contacts.values()]
		.map(({ contact }) => contact)
		.filter((contact) => matches(contact, filter));
	return page(call, found, byId);
}

export function listContactChannels(call: AelystCall): Answer {
	const { contact, channels: links } = contactOf(call);
	const found = links
		.map((link) => ({
			...channelById(link.channelId),
			id: link.channelId,
			contactChannelId: contact.id * 100 + (link.channelId % 100),
			meta: {},
			lastMessageTime: link.lastMessageTime,
			lastIncomingMessageTime: link.lastIncomingMessageTime,
		}))
		.sort((a, b) => a.id - b.id);
	return page(call, found, byId);
}

export const listChannels = (call: AelystCall): Answer => page(call, channels, byId);

export function listTemplates(call: AelystCall): Answer {
	const channelId = Number(call.params.channelId);
	if (!channelById(channelId)) notFound('Channel');
	const found = templates.filter((template) => template.channelId === channelId);
	return page(call, found, byId, listed);
}

export const listUsers = (call: AelystCall): Answer => page(call, users, byId);
