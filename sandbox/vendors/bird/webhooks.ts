import { createHash, createHmac, randomUUID } from 'node:crypto';

import { Refusal } from '../../core/refusal';
import type { Answer, Call, VendorWebhooks, WebhookTarget } from '../../core/vendor';
import { organizationId, platforms, workspaceId } from './demo';
import { conflict, missing, refuse } from './errors';
import { pageOf } from './paging';
import type { BirdState } from './state';

type BirdCall = Call<BirdState>;

interface EventFilter {
	key: string;
	value: string;
}

interface CreateSubscription {
	service: string;
	event: string;
	url: string;
	eventFilters?: EventFilter[] | null;
	template?: string;
	signingKey?: string;
}

const urlPattern = /^https:\/\/([a-zA-Z0-9-]+\.)+[a-zA-Z]{2,}(\/[^\s]*)?$/;
const mostAlike = 5;

const messageFilters = ['channelId', 'platformId', 'messageStatus'];
const events: Record<string, Array<{ name: string; filterKeys: string[] }>> = {
	channels: platforms.flatMap((platform) => [
		{ name: `${platform}.inbound`, filterKeys: messageFilters },
		{ name: `${platform}.outbound`, filterKeys: messageFilters },
		{
			name: `${platform}.interaction`,
			filterKeys: ['channelId', 'platformId', 'interactionType'],
		},
	]),
	conversations: [
		{ name: 'conversation.created', filterKeys: [] },
		{ name: 'conversation.updated', filterKeys: [] },
	],
	numbers: [],
	payments: [],
};

export function listAvailableWebhooks({ query }: BirdCall): Answer {
	const results = Object.entries(events)
		.filter(([service]) => query.service === undefined || query.service === service)
		.map(([service, list]) => ({ service, events: list }));
	return { status: 200, body: { results } };
}

export function createWebhookSubscription(call: BirdCall): Answer {
	const request = call.body as CreateSubscription;
	const event = events[request.service]?.find(({ name }) => name === request.event);
	if (!event) throw refuse('.event', `event "${request.event}" is unsupported`);
	checkUrl(request.url, call.room.settings.allowInsecureWebhookUrls === true);
	checkFilters(request.eventFilters ?? [], event.filterKeys);
	const alike = subscriptions(call).filter(({ details }) => sameFilters(details, request));
	if (alike.length >= mostAlike) {
		throw new Refusal(conflict(`There are ${mostAlike} subscriptions with these filters already`));
	}
	const { url, signingKey, ...rest } = request;
	const now = new Date().toISOString();
	const target = {
		id: randomUUID(),
		url,
		secret: signingKey ?? '',
		details: { ...rest, registeredAt: now },
	};
	call.room.webhooks.add(target);
	return { status: 201, body: { ...shown(target), ...(signingKey && { signingKey }) } };
}

export function listWebhookSubscriptions(call: BirdCall): Answer {
	return { status: 200, body: pageOf(subscriptions(call).map(shown), call.query) };
}

export function getWebhookSubscription(call: BirdCall): Answer {
	return { status: 200, body: shown(subscriptionOf(call)) };
}

export function deleteWebhookSubscription(call: BirdCall): Answer {
	call.room.webhooks.remove(subscriptionOf(call).id);
	return { status: 204 };
}

/** Bird signs time, URL and body; a retry repeats the time of the first attempt. */
export const webhooks: VendorWebhooks = {
	manualDetails: ['service', 'event', 'eventFilters'],
	wants({ details }, event) {
		const filters = (details.eventFilters ?? []) as EventFilter[];
		return (
			(details.event === undefined || details.event === event.type) &&
			filters.every(({ key, value }) => event.details?.[key] === value)
		);
	},
	body: (event) => ({ service: 'channels', event: event.type, payload: event.payload }),
	headers({ target, body, firstAt, deliveryId }) {
		const timestamp = String(Math.floor(firstAt / 1000));
		return {
			'messagebird-request-id': deliveryId,
			'messagebird-request-timestamp': timestamp,
			...(target.secret && {
				'messagebird-signature': sign(target.secret, target.url, timestamp, body),
			}),
		};
	},
	// Bird goes on for 8 hours at growing intervals; a sandbox need not.
	retry: { attempts: 5, delayMs: 2000 },
};

export function sign(key: string, url: string, timestamp: string, body: Buffer): string {
	return createHmac('sha256', key)
		.update(`${timestamp}\n${url}\n`)
		.update(createHash('sha256').update(body).digest())
		.digest('base64');
}

function checkUrl(url: string, insecureToo: boolean): void {
	if (urlPattern.test(url)) return;
	if (!insecureToo) {
		throw refuse('.url', `string doesn't match the regular expression "${urlPattern.source}"`);
	}
	if (!/^https?:\/\/\S+$/.test(url) || !URL.canParse(url)) throw refuse('.url', 'not a URL');
}

function checkFilters(filters: EventFilter[], known: string[]): void {
	filters.forEach(({ key }, i) => {
		const path = `.eventFilters[${i}].key`;
		if (!known.includes(key)) throw refuse(path, `filter key "${key}" is unsupported`);
		if (filters.findIndex((other) => other.key === key) < i) {
			throw refuse(path, `filter key "${key}" is given twice`);
		}
	});
}

function sameFilters(details: WebhookTarget['details'], request: CreateSubscription): boolean {
	const keyOf = (filters: unknown): string =>
		JSON.stringify(
			((filters ?? []) as EventFilter[]).map(({ key, value }) => `${key}=${value}`).sort(),
		);
	return (
		details.service === request.service &&
		details.event === request.event &&
		keyOf(details.eventFilters) === keyOf(request.eventFilters)
	);
}

/** Those that were registered through the API, not by the control API. */
const subscriptions = ({ room }: BirdCall): WebhookTarget[] =>
	room.webhooks.list().filter(({ details }) => details.registeredAt !== undefined);

function subscriptionOf(call: BirdCall): WebhookTarget {
	const found = subscriptions(call).find(({ id }) => id === call.params.subscriptionId);
	if (!found) throw new Refusal(missing('webhook subscription'));
	return found;
}

function shown({ id, url, details }: WebhookTarget) {
	const { registeredAt, ...request } = details;
	return {
		id,
		organizationId,
		workspaceId,
		...request,
		url,
		status: 'active',
		createdAt: registeredAt,
		updatedAt: registeredAt,
	};
}
