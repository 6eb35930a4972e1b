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
	return (message) => {
		const channel = state.channels.get(message.channelId);
		const body = message.body as { type?: string; [type: string]: unknown } | undefined | null;
		const contacts = message.receiver.contacts ?? [];
		const content = body?.[body.type ?? ''] as { metadata?: { subject?: string } } | undefined;
		const meta = message.meta as { email?: { subject?: string }; navigatorId?: string } | undefined;
		const sender = (message.sender.connector ?? message.sender.contact) as {
			identifierValue?: string;
		};
		const { failure } = message;
		const tests: Array<[wanted: unknown, found: unknown]> = [
			[query.channelId, message.channelId],
			[query.platform, [message.platformId, channel && platformOf(channel)]],
			[query.direction, message.direction],
			[query.id, message.id],
			[query.navigatorId, meta?.navigatorId],
			[query.messageType, message.template ? 'template' : body?.type],
			[query.status, message.status],
			[query.from, sender.identifierValue],
			[
				query.to,
				[
					...contacts.map(({ identifierValue }) => identifierValue),
					message.receiver.connector?.identifierValue,
				],
			],
			[query.failureCode, failure?.code],
			[query.failureSourceCode, failure?.source.code],
			[query.failureSourceName, failure?.source.name],
			[query.countryCode, contacts.map(({ countryCode }) => countryCode)],
			[query.tag?.map((tag) => tag.toLowerCase()), message.tags],
			[query.emailSubject, [content?.metadata?.subject, meta?.email?.subject]],
			[query.batchId, message.batchId],
		];
		return (
			tests.every(([wanted, found]) => wanted === undefined || overlap(wanted, found)) &&
			(!query.startAt || Date.parse(message.createdAt) >= Date.parse(query.startAt)) &&
			(!query.endAt || Date.parse(message.createdAt) <= Date.parse(query.endAt))
		);
	};
}

const overlap = (wanted: unknown, found: unknown): boolean => {
	const values = [found].flat();
	return [wanted].flat().some((value) => values.includes(value));
};
