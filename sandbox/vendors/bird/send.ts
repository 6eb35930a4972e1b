import { randomUUID } from 'node:crypto';

import type { Answer, Call } from '../../core/vendor';
import { Refusal } from '../../core/refusal';
import { type Channel, platformOf } from './demo';
import { conflict, detailsOf, invalid, missing } from './errors';
import { announce, fail, stepsFor } from './lifecycle';
import { resolve } from './recipients';
import { breaches } from './rules';
import type { BirdState, CreateMessage, Message } from './state';

type BirdCall = Call<BirdState>;

export const maxMessageBytes = 200_000;
/** A schedule less far ahead is sent at once. */
const shortestSchedule = 10 * 60 * 1000;

export function channelOf({ state, params }: BirdCall): Channel {
	const channel = state.channels.get(params.channelId ?? '');
	if (!channel) throw new Refusal(missing('channel'));
	return channel;
}

function openChannelOf(call: BirdCall): Channel {
	const channel = channelOf(call);
	if (channel.status !== 'active') throw new Refusal(conflict('The channel is not active'));
	return channel;
}

export function sendMessage(call: BirdCall): Answer {
	const channel = openChannelOf(call);
	const request = call.body as CreateMessage;
	const details = breaches(request, channel, call.state);
	if (Object.keys(details).length > 0) return invalid(details);
	const message = take(call, request, channel, null);
	return { status: 202, body: { ...message } };
}

/** A batch is accepted as a whole; each member is checked afterwards and may become `rejected`. */
export function sendBatch(call: BirdCall): Answer {
	const channel = openChannelOf(call);
	const batchId = randomUUID();
	const { messageRequests } = call.body as { messageRequests: unknown[] };
	for (const request of messageRequests) {
		const problem = memberProblem(call, request, channel);
		if (problem === undefined) take(call, request as CreateMessage, channel, batchId);
		else reject(call, request as Partial<CreateMessage>, channel, batchId, problem);
	}
	return { status: 202, body: { batchId } };
}

function memberProblem(call: BirdCall, request: unknown, channel: Channel): string | undefined {
	const issues = call.room.check('CreateMessage', request);
	const details =
		issues.length > 0 ? detailsOf(issues) : breaches(request as CreateMessage, channel, call.state);
	const reasons = Object.entries(details).map(([path, why]) => `${path}: ${why.join(', ')}`);
	return reasons.length > 0 ? reasons.join('; ') : undefined;
}

function take(
	call: BirdCall,
	request: CreateMessage,
	channel: Channel,
	batchId: string | null,
): Message {
	const { room, state } = call;
	const platform = platformOf(channel);
	const ahead = request.scheduledFor ? Date.parse(request.scheduledFor) - Date.now() : 0;
	const message: Message = {
		...blank(channel, batchId),
		...pick(request, ['body', 'template', 'meta', 'replyTo', 'shortLinks', 'scheduledFor']),
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
		tags: (request.tags ?? []).map((tag) => tag.toLowerCase()),
		status: ahead >= shortestSchedule ? 'scheduled' : 'accepted',
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
	room.follow(message.id, stepsFor(message, platform));
	return message;
}

/** Listed with its batch, never sent; the ledger of accepted messages does not know it. */
function reject(
	{ room, state }: BirdCall,
	request: Partial<CreateMessage>,
	channel: Channel,
	batchId: string,
	problem: string,
): void {
	const message: Message = {
		...blank(channel, batchId),
		body: request.body ?? null,
		reference: typeof request.reference === 'string' ? request.reference : '',
		status: 'rejected',
	};
	// Bird's group 11xxx is "asynchronous validation"; which code it uses is not documented.
	const source = { code: 'InvalidPayload', name: 'pre-processing' };
	fail(message, { code: 11001, description: problem, source }, problem);
	state.messages.set(message.id, message);
	announce(room, message);
}

function blank(channel: Channel, batchId: string | null): Message {
	const now = new Date().toISOString();
	return {
		id: randomUUID(),
		channelId: channel.id,
		platformId: channel.platformId,
		sender: { connector: { id: channel.connectorId, identifierValue: channel.identifier } },
		receiver: { contacts: [] },
		reference: '',
		parts: [],
		status: 'accepted',
		reason: '',
		details: '',
		failure: null,
		direction: 'outgoing',
		tags: [],
		batchId,
		chargeableUnits: 1,
		lastStatusAt: now,
		createdAt: now,
		updatedAt: now,
	};
}

/** Somebody writes to one of the channels. */
export function receive(
	room: BirdCall['room'],
	input: { channelId?: unknown; from?: unknown; text?: unknown; body?: unknown; replyTo?: unknown },
): Message {
	const { state } = room;
	const channel = state.channels.get(String(input.channelId)) ?? [...state.channels.values()][0];
	if (!channel) throw new Error('no channel');
	const from = String(input.from ?? '+31620011001');
	const message: Message = {
		...blank(channel, null),
		sender: { contact: resolve({ identifierValue: from }, platformOf(channel), state) },
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
	announce(room, message);
	return message;
}

const pick = <T extends object, K extends keyof T>(from: T, keys: K[]): Partial<Pick<T, K>> =>
	Object.fromEntries(
		keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]),
	) as Partial<Pick<T, K>>;
