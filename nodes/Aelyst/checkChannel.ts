import type { INodeProperties } from 'n8n-workflow';

import type { VendorAnswer, VendorRequest } from '../delivery/http/vendorApi';
import type { ItemTransport } from '../delivery/run/operation';
import { InvalidInput } from '../input/invalidInput';
import { itemsOf, nextCursor } from './api';
import {
	type Channel,
	channelName,
	hasWindow,
	takesPayload,
	takesTags,
	windowClosesAt,
} from './channel';
import { contactPath } from './contact';

/** Source: developers.aelyst.ai: lists give up to 100 a page. */
const PAGE = 100;
/** A list that is longer than this never ends. */
const MOST_PAGES = 50;

export const checkChannelOption: INodeProperties = {
	displayName: 'Check Channel First',
	name: 'checkChannel',
	type: 'boolean',
	default: false,
	description:
		'Whether to find out first if the contact has the channel and, on WhatsApp, Facebook and Instagram, wrote within the last 24 hours. What would be refused or fail later is then reported and not sent. Takes one more request for each message.',
};

/** A message to a contact, as far as a channel may be unable to carry it. */
interface Carried {
	identifier: string;
	content: Omit<Load, 'identifier'>;
}

/** What is sent, and to whom. */
export interface Load {
	identifier: string;
	channelId: number | null;
	message: { type?: unknown; messageTag?: unknown };
}

/**
 * Finds out whether a message can go through its channel.
 *
 * @throws InvalidInput naming what is in the way
 */
export async function checkChannel(
	{ identifier, content }: Carried,
	transport: ItemTransport,
): Promise<void> {
	const channels = await channelsOf({ identifier, content }, transport);
	requireFitting(channels, { identifier, ...content }, Date.now());
}

/** Finds out whether a message would come outside of the 24-hour window of its channel. */
export async function isOutsideWindow(
	{ identifier, content }: Carried,
	transport: ItemTransport,
): Promise<boolean> {
	const channels = await channelsOf({ identifier, content }, transport);
	return isOutside(channels, content, Date.now());
}

/** The channels of the contacts of messages, which may be asked for twice on the way of one. */
const known = new WeakMap<object, Promise<Channel[]>>();

async function channelsOf(
	{ identifier, content }: Carried,
	transport: ItemTransport,
): Promise<Channel[]> {
	const url = `${contactPath(identifier)}/channels`;
	const reading = known.get(content) ?? readAll({ method: 'GET', url }, transport);
	known.set(content, reading);
	return await reading;
}

/** The checks alone. @param now ms since the epoch */
export function requireFitting(channels: Channel[], load: Load, now: number): void {
	const { identifier, channelId, message } = load;
	const channel = carrierOf(channels, channelId);
	if (channel === undefined) {
		const names = channels.map((one) => `${channelName(one)}, ${String(one.id)}`).join('; ');
		throw new InvalidInput(
			'Channel',
			channelId === null
				? `cannot be chosen: ${identifier} has used none yet`
				: `${channelId} is not a channel of ${identifier}`,
			names === '' ? 'The contact has no channels.' : `The contact has: ${names}.`,
		);
	}
	if (message.type === 'custom_payload' && !takesPayload(channel)) {
		throw new InvalidInput(
			'Channel',
			`${channelName(channel)} does not take custom payloads`,
			'Choose a channel of Telegram, Facebook, Viber or LINE, or another Message Type.',
		);
	}
	if (isOutside(channels, load, now)) {
		throw new InvalidInput(
			'Channel',
			`${channelName(channel)} is outside the 24-hour window: ${identifier} has not written since`,
			takesTags(channel)
				? 'Send a text with a Message Tag, or a template.'
				: 'Send a template, or wait until the contact writes.',
		);
	}
}

/**
 * Whether a message would come outside of the window. Who has used no channel yet has never written;
 * of a channel that the contact does not have nobody can tell.
 *
 * @param now ms since the epoch
 */
export function isOutside(
	channels: Channel[],
	{ channelId, message }: Omit<Load, 'identifier'>,
	now: number,
): boolean {
	const channel = carrierOf(channels, channelId);
	if (channel === undefined) return channelId === null;
	return windowMatters(channel, message) && windowClosesAt(channel) <= now;
}

/** The channel that a message goes through. */
function carrierOf(channels: Channel[], channelId: number | null): Channel | undefined {
	return channelId === null ? lastUsed(channels) : withId(channels, channelId);
}

function windowMatters(channel: Channel, { type, messageTag }: Load['message']): boolean {
	const isTemplate = String(type).endsWith('_template');
	const isTagged = takesTags(channel) && messageTag !== undefined;
	return hasWindow(channel) && !isTemplate && !isTagged;
}

function withId(channels: Channel[], id: number): Channel | undefined {
	return channels.find((channel) => Number(channel.id) === id);
}

function lastUsed(channels: Channel[]): Channel | undefined {
	const time = ({ lastMessageTime }: Channel) => Number(lastMessageTime ?? 0);
	const used = channels.filter((channel) => time(channel) > 0);
	return used.sort((a, b) => time(b) - time(a))[0];
}

/** Reads a whole list of Aelyst's, page by page. */
export async function readAll(
	request: VendorRequest,
	transport: ItemTransport,
): Promise<Channel[]> {
	const isReadable = ({ body }: VendorAnswer) => itemsOf(body) !== undefined;
	const all: Channel[] = [];
	let cursorId: string | undefined;
	for (let page = 0; page < MOST_PAGES; page++) {
		const qs = { limit: PAGE, ...(cursorId === undefined ? {} : { cursorId }) };
		const answer = await transport.send({ ...request, qs }, { kind: 'read', isReadable });
		all.push(...(itemsOf(answer.body) ?? []));
		const next = nextCursor(answer.body);
		if (next === undefined || next === cursorId) break;
		cursorId = next;
	}
	return all;
}
