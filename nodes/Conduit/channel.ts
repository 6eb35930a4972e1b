import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { path } from '../delivery/http/path';
import type { VendorAnswer, VendorRequest } from '../delivery/http/vendorApi';
import type { ItemTransport } from '../delivery/run/operation';
import { picker } from '../fields/picker';
import { showFor } from '../fields/show';
import { InvalidInput } from '../input/invalidInput';
import { isPlainObject } from '../input/json';
import { isBlank } from '../input/blank';
import { requireChoice } from '../input/choice';
import type { Draft } from '../input/draft';
import { dataOf } from './api';
import { requireContactId, requireId } from './ids';
import { workspaceQuery } from './workspace';

/** Source: docs.conduit.ai, workspaces/senders: the kinds of channels there are. */
export const CHANNELS = { email: 'Email', sms: 'SMS', whatsapp: 'WhatsApp' } as const;

const CHANNEL_TYPES = Object.keys(CHANNELS);

const CHANNEL_NODE_CURE =
	"Pick one of the contact's channels, or enter its ID: the id under channels in Conduit's answer for the contact.";

export const contactField: INodeProperties = picker({
	displayName: 'Contact',
	name: 'contactId',
	description: 'The contact to send to',
	searchMethod: 'searchContacts',
	idPlaceholder: 'e.g. ph77c0dy0mgdpzmqz6tesry8w184002s',
});

/** How the channel is found: as it is, or by its kind for contacts that are not known beforehand. */
function channelByField(byType: string): INodeProperties {
	return {
		displayName: 'Channel Selection',
		name: 'channelBy',
		type: 'options',
		options: [
			{
				name: 'Channel Node',
				value: 'node',
				description: "One of the contact's channels, as Conduit names it",
			},
			{
				name: 'Channel Type',
				value: 'type',
				description: `${byType}, which is looked up first. Takes one more request for each message.`,
			},
		],
		default: 'node',
	};
}

const channelTypeField: INodeProperties = {
	displayName: 'Channel Type',
	name: 'channelType',
	type: 'options',
	options: Object.entries(CHANNELS).map(([value, name]) => ({ name, value })),
	default: 'whatsapp',
};

function channelNodePicker(searchMethod: string): INodeProperties {
	return picker({
		displayName: 'Channel Node',
		name: 'channelNodeId',
		description: "The contact's channel to send through, such as one of their phone numbers",
		searchMethod,
		idPlaceholder: 'e.g. hg77c0dy0mgdpzmqz6tesry8w184002s',
	});
}

/** For a message of any kind to one contact. */
export const channelFields: INodeProperties[] = [
	channelByField("The contact's only channel of a type"),
	...showFor({ channelBy: ['node'] }, [channelNodePicker('searchChannelNodes')]),
	...showFor({ channelBy: ['type'] }, [channelTypeField]),
];

/** For a template, which goes through WhatsApp only. */
export const whatsappFields: INodeProperties[] = [
	channelByField("The contact's only WhatsApp channel"),
	...showFor({ channelBy: ['node'] }, [channelNodePicker('searchWhatsappNodes')]),
];

/** For many contacts, each of which has channel nodes of its own. */
export const bulkChannelFields: INodeProperties[] = [
	channelByField("Each contact's only channel of a type"),
	...showFor({ channelBy: ['node'] }, [
		{
			displayName: 'Channel Node ID',
			name: 'channelNodeId',
			type: 'string',
			default: '[[channel_node_id]]',
			required: true,
			placeholder: 'e.g. [[channel_node_id]]',
			description: 'The channel to send through: the merge field that holds it for each contact',
		},
	]),
	...showFor({ channelBy: ['type'], messageType: ['text'] }, [channelTypeField]),
];

export function senderField(searchMethod: string): INodeProperties {
	return picker({
		displayName: 'Sender',
		name: 'senderId',
		description:
			'Who the message is from. Only needed where several senders of the workspace fit the channel and none is the default.',
		searchMethod,
		idPlaceholder: 'e.g. whatsapp_number:+14155550999',
		required: false,
	});
}

/** A contact as Conduit knows it, and how it is reached. */
export interface ContactRoute {
	contactId: string;
	query: IDataObject;
	/** The contact's channel, or the kind of channel of which it has only one. */
	channel: { nodeId: string } | { type: string };
	senderId: string | undefined;
}

/**
 * @param contactId what names the contact
 * @param type the kind of channel, where the content leaves no choice
 * @throws InvalidInput naming the field that cannot be sent
 */
export function readRoute(
	field: string,
	contactId: unknown,
	draft: Draft,
	type?: string,
): ContactRoute {
	const { channelBy, channelNodeId, channelType, senderId } = draft;
	return {
		contactId: requireContactId(field, contactId),
		query: workspaceQuery(draft),
		channel:
			channelBy === 'type'
				? { type: type ?? requireChoice('Channel Type', channelType ?? 'whatsapp', CHANNEL_TYPES) }
				: { nodeId: requireId('Channel Node', channelNodeId, CHANNEL_NODE_CURE) },
		senderId: isBlank(senderId)
			? undefined
			: requireId('Sender', senderId, 'Pick a sender, or enter its ID.'),
	};
}

/**
 * A message to a contact. Its channel follows in `withChannelNode`, where only the kind is known.
 * Source: docs.conduit.ai, contacts/send-message.
 */
export function contactRequest(
	{ contactId, query, channel, senderId }: ContactRoute,
	content: IDataObject,
): VendorRequest {
	return {
		method: 'POST',
		url: path`/v1/contacts/${contactId}/messages`,
		qs: query,
		body: {
			...('nodeId' in channel ? { channel_node_id: channel.nodeId } : {}),
			...(senderId === undefined ? {} : { sender_id: senderId }),
			...content,
		},
	};
}

/**
 * Looks up the contact's channel node, where the user chose a type of channel.
 *
 * @throws InvalidInput when the contact has no such channel, or more than one
 */
export async function withChannelNode(
	{ contactId, query, channel }: ContactRoute,
	request: VendorRequest,
	transport: ItemTransport,
): Promise<VendorRequest> {
	if ('nodeId' in channel) return request;
	const isReadable = (answer: VendorAnswer) => channelsOf(dataOf(answer)) !== undefined;
	const answer = await transport.send(
		{ method: 'GET', url: path`/v1/contacts/${contactId}`, qs: query },
		{ kind: 'read', isReadable },
	);
	const node = onlyOfType(channelsOf(dataOf(answer)) ?? [], channel.type, contactId);
	return { ...request, body: { channel_node_id: node, ...request.body } };
}

/** Source: docs.conduit.ai, contacts/get. */
export function channelsOf(contact: IDataObject | undefined): IDataObject[] | undefined {
	return Array.isArray(contact?.channels) ? contact.channels.filter(isPlainObject) : undefined;
}

/** A node of the kind is called so or contains the word, such as unthreaded_email. */
export function isOfType({ type }: IDataObject, kind: string): boolean {
	return String(type).toLowerCase().includes(kind);
}

function onlyOfType(nodes: IDataObject[], kind: string, contactId: string): string {
	const fitting = nodes.filter((node) => isOfType(node, kind));
	if (fitting.length === 1) return String(fitting[0].id);
	const list = (some: IDataObject[]) =>
		some
			.map(({ type, value, id }) => `${String(type)} ${String(value)} (${String(id)})`)
			.join(', ');
	const name = CHANNELS[kind as keyof typeof CHANNELS] ?? kind;
	if (fitting.length > 1) {
		throw new InvalidInput(
			'Channel Type',
			`fits ${fitting.length} channels of contact ${contactId}`,
			`Choose the channel node itself: ${list(fitting)}.`,
		);
	}
	throw new InvalidInput(
		'Channel Type',
		`${name} is not a channel of contact ${contactId}`,
		nodes.length === 0 ? 'The contact has no channels.' : `The contact has ${list(nodes)}.`,
	);
}
