import type { IDataObject, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';

import { path } from '../delivery/http/path';
import type { DeliveryContext, Transport } from '../delivery/http/transport';
import type { VendorAnswer } from '../delivery/http/vendorApi';
import { picker } from '../fields/picker';
import { showFor } from '../fields/show';
import { InvalidInput } from '../input/invalidInput';
import { isBlank } from '../input/blank';
import { dataOf } from './api';
import { requireContactId, requireId } from './ids';
import { workspaceQuery } from './workspace';

/** Source: docs.conduit.ai, workspaces/senders: the kinds of channels there are. */
export const CHANNELS = { email: 'Email', sms: 'SMS', whatsapp: 'WhatsApp' } as const;

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
		displayName: 'Channel By',
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

export function contactPath(contactId: unknown): string {
	return path`/v1/contacts/${requireContactId('Contact', contactId)}`;
}

/** The channel and the sender of a message. A channel by its type follows in `withChannelNode`. */
export function route({ channelBy, channelNodeId, senderId }: IDataObject): IDataObject {
	return {
		...(channelBy === 'type'
			? {}
			: { channel_node_id: requireId('Channel Node', channelNodeId, CHANNEL_NODE_CURE) }),
		...(isBlank(senderId)
			? {}
			: { sender_id: requireId('Sender', senderId, 'Pick a sender, or enter its ID.') }),
	};
}

/**
 * Looks up the contact's channel node, where the user chose a type of channel.
 *
 * @throws InvalidInput when the contact has no such channel, or more than one
 */
export async function withChannelNode(
	request: IHttpRequestOptions,
	draft: IDataObject,
	transport: Transport,
	context?: DeliveryContext,
): Promise<IHttpRequestOptions> {
	if (draft.channelBy !== 'type') return request;
	const lookUp: IHttpRequestOptions = {
		method: 'GET',
		url: contactPath(draft.contactId),
		qs: workspaceQuery(draft),
	};
	const isReadable = (answer: VendorAnswer) => channelsOf(dataOf(answer)) !== undefined;
	const answer = await transport.send(lookUp, { kind: 'read', isReadable }, context);
	const node = onlyOfType(
		channelsOf(dataOf(answer)) ?? [],
		String(draft.channelType ?? 'whatsapp'),
		String(draft.contactId).trim(),
	);
	return { ...request, body: { channel_node_id: node, ...(request.body as IDataObject) } };
}

/** Source: docs.conduit.ai, contacts/get. */
export function channelsOf(contact: IDataObject | undefined): IDataObject[] | undefined {
	return Array.isArray(contact?.channels) ? (contact.channels as IDataObject[]) : undefined;
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
