import { randomUUID } from 'node:crypto';

import type { Answer, Call } from '../../core/vendor';
import { openChannelOf } from './channels';
import { type Channel, platformOf } from './demo';
import { type Details, detailsOf, invalid } from './errors';
import { announce, stepsFor } from './lifecycle';
import { resolve } from './recipients';
import { breaches } from './rules';
import type { BirdState, CreateMessage, Failure, Message } from './state';
import { obstacle } from './windows';

type BirdCall = Call<BirdState>;

export const maxMessageBytes = 200_000;
/** A schedule less far ahead is sent at once. */
const shortestSchedule = 10 * 60 * 1000;

export function sendMessage(call: BirdCall): Answer {
	const channel = openChannelOf(call);
	const request = call.body as CreateMessage;
	const details = breaches(request, channel, call.room);
	if (Object.keys(details).length > 0) return invalid(details);
	const message = take(call, request, channel, null);
	return { status: 202, body: { ...message } };
}

/**
 * A batch is accepted as a whole. Each member is checked afterwards, by the rules for single messages,
 * and one that breaks them becomes `rejected`.
 */
export function sendBatch(call: BirdCall): Answer {
	const channel = openChannelOf(call);
	const batchId = randomUUID();
	const { messageRequests } = call.body as { messageRequests: unknown[] };
	for (const request of messageRequests) {
		const details = memberBreaches(call, request, channel);
		if (Object.keys(details).length === 0) take(call, request as CreateMessage, channel, batchId);
		else turnDown(call, request as Partial<CreateMessage>, channel, batchId, details);
	}
	return { status: 202, body: { batchId } };
}

function memberBreaches(call: BirdCall, request: unknown, channel: Channel): Details {
	const issues = call.room.check('CreateMessage', request);
	return issues.length > 0
		? detailsOf(issues)
		: breaches(request as CreateMessage, channel, call.room);
}

function take(
	call: BirdCall,
	request: CreateMessage,
	channel: Channel,
	batchId: string | null,
): Message {
	const { room, state } = call;
	const platform = platformOf(channel);
	const now = Date.now();
	const scheduled = request.scheduledFor ? Date.parse(request.scheduledFor) : now;
	const isScheduled = scheduled - now >= shortestSchedule;
	const message: Message = {
		...blank(channel, batchId),
		...pick(request, ['body', 'template', 'meta', 'replyTo', 'shortLinks', 'scheduledFor']),
		...(request.body && { bodyId: randomUUID() }),
		...(request.scheduledFor && {
			sendAt: new Date(isScheduled ? scheduled : now).toISOString(),
		}),
		sender: {
			connector: {
				id: channel.connectorId,
				identifierValue: channel.identifier,
				...request.sender?.connector,
			},
		},
		receiver: {
			contacts: request.receiver.contacts.map((one) => resolve(one, platform, state)),
		},
		reference: request.reference ?? '',
		...tagged(request.tags, state),
		status: isScheduled ? 'scheduled' : 'accepted',
	};
	state.messages.set(message.id, message);
	room.accept(
		{
			messageId: message.id,
			recipient: (message.receiver.contacts ?? [])
				.map(({ identifierValue }) => identifierValue)
				.join(', '),
			content: request.body ?? request.template,
			...(batchId && { batchId }),
		},
		call,
	);
	announce(room, message);
	const found = obstacle(room, request, channel);
	if (found && found.ending !== 'refused') state.endings.set(message.id, found.ending);
	room.follow(message.id, stepsFor(message, platform, state));
	return message;
}

/** Tags are kept in lower case, and made when they are new. */
function tagged(tags: string[] = [], { tagIds }: BirdState): Pick<Message, 'tags' | 'tagIds'> {
	const names = tags.map((tag) => tag.toLowerCase());
	for (const name of names) if (!tagIds.has(name)) tagIds.set(name, randomUUID());
	return { tags: names, tagIds: names.map((name) => tagIds.get(name) as string) };
}

/** Listed with its batch and rejected a little later; the ledger of accepted messages does not know it. */
function turnDown(
	{ room, state }: BirdCall,
	request: Partial<CreateMessage>,
	channel: Channel,
	batchId: string,
	details: Details,
): void {
	const message: Message = {
		...blank(channel, batchId),
		body: request.body ?? null,
		reference: typeof request.reference === 'string' ? request.reference : '',
	};
	const reason = Object.entries(details)
		.map(([path, why]) => `${path}: ${why.join(', ')}`)
		.join('; ');
	state.messages.set(message.id, message);
	state.endings.set(message.id, {
		status: 'rejected',
		failure: memberFailure(details, reason),
		reason,
		details: reason,
	});
	announce(room, message);
	room.follow(message.id, [{ status: 'rejected' }]);
}

/** Codes of Bird's group 11xxx, "asynchronous validation"; source: its page on failure codes. */
function memberFailure(details: Details, description: string): Failure {
	const ofChannel = details['.receiver.contacts']?.some((reason) => reason.startsWith('multiple'));
	return {
		code: ofChannel ? 11001 : 11002,
		description,
		source: {
			code: ofChannel ? 'INVALID_CHANNEL_CONFIGURATION' : 'INVALID_INPUT',
			name: 'pre-processing',
		},
	};
}

export function blank(channel: Channel, batchId: string | null): Message {
	const now = new Date().toISOString();
	return {
		id: randomUUID(),
		channelId: channel.id,
		platformId: channel.platformId,
		sender: { connector: { id: channel.connectorId, identifierValue: channel.identifier } },
		receiver: { contacts: [] },
		reference: '',
		ignorePersistedEventhooks: false,
		parts: [],
		status: 'accepted',
		reason: '',
		details: '',
		failure: null,
		direction: 'outgoing',
		tags: [],
		tagIds: [],
		batchId,
		chargeableUnits: 1,
		lastStatusAt: now,
		createdAt: now,
	};
}

const pick = <T extends object, K extends keyof T>(from: T, keys: K[]): Partial<Pick<T, K>> =>
	Object.fromEntries(
		keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]),
	) as Partial<Pick<T, K>>;
