import { ControlError } from '../../core/controlError';
import type { Answer, Call, Room, Setting } from '../../core/vendor';
import { type Channel, platformOf } from './demo';
import { missing } from './errors';
import { addressIn, contactIdOf, resolve } from './recipients';
import { channelOf } from './channels';
import type { BirdState, CreateMessage, Ending, Recipient } from './state';

/**
 * Who may be written to freely. Bird documents how a service window is looked up, and that WhatsApp
 * takes nothing but templates outside of it; what becomes of a message that comes nevertheless, and of
 * one to somebody who opted out, it does not say. Those answers are settings; see the README.
 */
export const windowSettings: Record<string, Setting> = {
	whatsappWindow: 'open',
	outsideWindow: 'sending_failed',
	outsideWindowCode: 15000,
	optedOut: 'rejected',
	optedOutCode: 14000,
};

export const windowChoices = {
	whatsappWindow: ['open', 'closed'],
	outsideWindow: ['sending_failed', 'delivery_failed', 'rejected', 'refused'],
	optedOut: ['rejected', 'skipped', 'refused', 'taken'],
};

const windowMs = 24 * 60 * 60 * 1000;
/** Numbers that end so have not written to the WhatsApp channel yet. */
const neverWrote = '0005';

const keyOf = (channel: Channel, contactId: string): string => `${channel.id} ${contactId}`;

/** When the window ends, in ms; null where none is open, undefined on channels that have none. */
function windowEnd(
	{ state, settings }: Pick<Room<BirdState>, 'state' | 'settings'>,
	channel: Channel,
	contactId: string | undefined,
	address: string,
): number | null | undefined {
	if (platformOf(channel) !== 'whatsapp') return undefined;
	const known = contactId === undefined ? undefined : state.windows.get(keyOf(channel, contactId));
	if (known !== undefined) return known;
	const open = settings.whatsappWindow !== 'closed' && !address.endsWith(neverWrote);
	return open ? Date.now() + windowMs : null;
}

/** A contact writes in a channel. */
export function openWindow({ state }: Room<BirdState>, channel: Channel, contactId: string): void {
	if (platformOf(channel) !== 'whatsapp') return;
	state.windows.set(keyOf(channel, contactId), Date.now() + windowMs);
}

/** What stands between a message and its recipients, if anything does. */
export function obstacle(
	room: Room<BirdState>,
	request: CreateMessage,
	channel: Channel,
): { path: string; ending: Ending | 'refused' } | undefined {
	const { state, settings } = room;
	const platform = platformOf(channel);
	for (const [i, recipient] of request.receiver.contacts.entries()) {
		const path = `.receiver.contacts[${i}]`;
		const contactId = contactIdOf(recipient, platform, state);
		if (contactId !== undefined && state.optedOut.has(contactId) && settings.optedOut !== 'taken') {
			return { path, ending: optedOut(settings) };
		}
		const end = windowEnd(room, channel, contactId, addressIn(recipient));
		const closed = end === null || (end !== undefined && end <= Date.now());
		if (closed && !request.template) return { path, ending: outsideWindow(settings) };
	}
	return undefined;
}

function outsideWindow(settings: Record<string, Setting>): Ending | 'refused' {
	if (settings.outsideWindow === 'refused') return 'refused';
	return {
		status: String(settings.outsideWindow),
		failure: {
			code: Number(settings.outsideWindowCode),
			description: 'outside of the service window',
			// The code is that of WhatsApp's own API, which Bird passes on as the source's.
			source: { code: '131047', name: 'whatsapp' },
		},
		reason:
			'details: more than 24 hours have passed since the recipient last replied; code: 131047',
		details: 're-engagement_message',
	};
}

function optedOut(settings: Record<string, Setting>): Ending | 'refused' {
	if (settings.optedOut === 'refused') return 'refused';
	return {
		status: String(settings.optedOut),
		failure: {
			code: Number(settings.optedOutCode),
			description: 'the recipient has unsubscribed',
			source: { code: '1', name: 'pre-processing' },
		},
		reason: 'details: the recipient has unsubscribed',
		details: 'unsubscribed',
	};
}

/** `GET …/channels/{channelId}/contacts/{contactId}`: until when the contact may be written to. */
export function getChannelContact(call: Call<BirdState>): Answer {
	const channel = channelOf(call);
	const contact = call.state.contacts.get(call.params.contactId ?? '');
	if (!contact) return missing('contact');
	const address = contact.featuredIdentifiers.find(({ key }) => key === 'phonenumber')?.value ?? '';
	const end = windowEnd(call.room, channel, contact.id, address);
	return {
		status: 200,
		body: {
			serviceWindowExpireAt: end ? new Date(end).toISOString() : null,
			isPermanentSession: end === undefined,
			metadata: {},
		},
	};
}

/** Moves the time at which somebody last wrote: `hours` ago, or never. */
export function moveWindow(
	room: Room<BirdState>,
	input: { channelId?: unknown; from?: unknown; hours?: unknown },
): { contactId: string; serviceWindowExpireAt: string | null } {
	const channel = room.state.channels.get(String(input.channelId));
	if (!channel) throw new ControlError(400, 'channelId: no such channel');
	if (input.hours !== null && typeof input.hours !== 'number') {
		throw new ControlError(400, 'hours: a number, or null for never');
	}
	const { id } = person(room, channel, input.from);
	const end = input.hours === null ? null : Date.now() + windowMs - input.hours * 3_600_000;
	room.state.windows.set(keyOf(channel, id), end);
	return { contactId: id, serviceWindowExpireAt: end ? new Date(end).toISOString() : null };
}

/** Somebody, by the number or address. */
export function person(room: Room<BirdState>, channel: Channel, from: unknown) {
	const recipient: Recipient = { identifierValue: String(from ?? '+31620011001') };
	return resolve(recipient, platformOf(channel), room.state);
}
