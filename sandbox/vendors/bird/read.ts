import type { Answer, Call } from '../../core/vendor';
import { Refusal } from '../../core/refusal';
import { platformOf } from './demo';
import { missing } from './errors';
import { pageOf } from './paging';
import { channelOf } from './channels';
import type { BirdState, Message } from './state';

type BirdCall = Call<BirdState>;

interface ListQuery {
	limit?: number;
	pageToken?: string;
	reverse?: boolean;
	channelId?: string[];
	platform?: string;
	direction?: string;
	id?: string[];
	navigatorId?: string;
	messageType?: string[];
	status?: string[];
	startAt?: string;
	endAt?: string;
	from?: string[];
	to?: string[];
	failureCode?: number[];
	failureSourceCode?: string[];
	failureSourceName?: string[];
	countryCode?: string[];
	tag?: string[];
	emailSubject?: string;
	batchId?: string;
}

export function listMessages(call: BirdCall): Answer {
	const { state, params } = call;
	const query = call.query as ListQuery;
	const channelIds = params.channelId === undefined ? query.channelId : [channelOf(call).id];
	const fits = messageFilter({ ...query, channelId: channelIds }, state);
	const newestFirst = [...state.messages.values()].reverse();
	return {
		status: 200,
		body: {
			...(query.startAt && { startAt: query.startAt }),
			...(query.endAt && { endAt: query.endAt }),
			...pageOf(newestFirst.filter(fits), query, 25),
		},
	};
}

export function getMessage(call: BirdCall): Answer {
	return { status: 200, body: { ...messageOf(call) } };
}

export function listInteractions(call: BirdCall): Answer {
	const { id } = messageOf(call);
	return { status: 200, body: { results: call.state.interactions.get(id) ?? [] } };
}

export function listChannels({ state, query }: BirdCall): Answer {
	const { platform, status, channelIds } = query as {
		platform?: string[];
		status?: string;
		channelIds?: string[];
	};
	const channels = [...state.channels.values()].filter(
		(channel) =>
			(!platform ||
				platform.includes(channel.platformId) ||
				platform.includes(platformOf(channel))) &&
			(!status || channel.status === status) &&
			(!channelIds || channelIds.includes(channel.id)),
	);
	return { status: 200, body: pageOf(channels, query) };
}

export function getChannel(call: BirdCall): Answer {
	return { status: 200, body: channelOf(call) };
}

export function listContacts({ state, query }: BirdCall): Answer {
	return { status: 200, body: pageOf([...state.contacts.values()], query) };
}

export function searchContacts({ state, body }: BirdCall): Answer {
	const { identifier } = body as { identifier: { key: string; value: string } };
	const id = state.contactIds.get(`${identifier.key} ${identifier.value}`);
	return { status: 200, body: { results: id ? [state.contacts.get(id)] : [] } };
}

export function getContact({ state, params }: BirdCall): Answer {
	const contact = state.contacts.get(params.contactId ?? '');
	return contact ? { status: 200, body: contact } : missing('contact');
}

function messageOf(call: BirdCall): Message {
	const channel = channelOf(call);
	const message = call.state.messages.get(call.params.messageId ?? '');
	if (message?.channelId !== channel.id) throw new Refusal(missing('message'));
	return message;
}

function messageFilter(query: ListQuery, state: BirdState): (message: Message) => boolean {
	const meta = ({ meta }: Message) =>
		meta as { email?: { subject?: string }; navigatorId?: string } | undefined;
	const contacts = ({ receiver }: Message) => receiver.contacts ?? [];
	const tests: Array<[wanted: unknown, found: (message: Message) => unknown]> = [
		[query.channelId, ({ channelId }) => channelId],
		[query.platform, (message) => platformsOf(message, state)],
		[query.direction, ({ direction }) => direction],
		[query.id, ({ id }) => id],
		[query.navigatorId, (message) => meta(message)?.navigatorId],
		[query.messageType, (message) => (message.template ? 'template' : bodyOf(message)?.type)],
		[query.status, ({ status }) => status],
		[query.from, senderOf],
		[
			query.to,
			(message) => [
				...contacts(message).map(({ identifierValue }) => identifierValue),
				message.receiver.connector?.identifierValue,
			],
		],
		[query.failureCode, ({ failure }) => failure?.code],
		[query.failureSourceCode, ({ failure }) => failure?.source.code],
		[query.failureSourceName, ({ failure }) => failure?.source.name],
		[query.countryCode, (message) => contacts(message).map(({ countryCode }) => countryCode)],
		[query.tag?.map((tag) => tag.toLowerCase()), ({ tags }) => tags],
		[query.emailSubject, (message) => [subjectOf(bodyOf(message)), meta(message)?.email?.subject]],
		[query.batchId, ({ batchId }) => batchId],
	];
	const wanted = tests.filter(([value]) => value !== undefined);
	// The beginning of all time is 0, and a limit like any other.
	const startsAt = query.startAt ? Date.parse(query.startAt) : -Infinity;
	const endsAt = query.endAt ? Date.parse(query.endAt) : Infinity;
	return (message) =>
		wanted.every(([value, found]) => overlap(value, found(message))) &&
		Date.parse(message.createdAt) >= startsAt &&
		Date.parse(message.createdAt) <= endsAt;
}

interface Body {
	type?: string;
	[type: string]: unknown;
}

const bodyOf = ({ body }: Message) => body as Body | undefined | null;

const subjectOf = (body: Body | undefined | null) =>
	(body?.[body.type ?? ''] as { metadata?: { subject?: string } } | undefined)?.metadata?.subject;

function platformsOf({ channelId, platformId }: Message, state: BirdState) {
	const channel = state.channels.get(channelId);
	return [platformId, channel && platformOf(channel)];
}

const senderOf = ({ sender }: Message) =>
	((sender.connector ?? sender.contact) as { identifierValue?: string }).identifierValue;

const overlap = (wanted: unknown, found: unknown): boolean => {
	const values = [found].flat();
	return [wanted].flat().some((value) => values.includes(value));
};
