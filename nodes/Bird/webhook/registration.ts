import { randomBytes } from 'node:crypto';
import { type IDataObject, UserError } from 'n8n-workflow';

import { workspacePath } from '../api';
import { path } from '../../delivery/http/path';
import { textOrNull } from '../../message/messageResult';
import { isPlainObject } from '../../input/json';
import { toList } from '../../input/list';
import { objectsIn } from '../../webhook/event';
import { allPages } from '../../webhook/pages';
import type { Activation, Registrar } from '../../webhook/webhookVendor';
import { SERVICE } from './eventNames';

interface Subscription {
	id: string;
	event: string;
	channelId: string;
	url: string;
	usable: boolean;
}

function subscriptionsPath({ credentials }: Activation): string {
	return `${workspacePath(credentials)}/webhook-subscriptions`;
}

/** All subscriptions that stand at this URL or that this URL has made. */
async function ours(registrar: Registrar): Promise<Subscription[]> {
	const remembered = new Set(toList(registrar.remembered.subscriptionIds));
	const found = await allPages(async (pageToken) => {
		const { body } = await registrar.ask({
			method: 'GET',
			url: subscriptionsPath(registrar),
			qs: { limit: 100, ...(pageToken === undefined ? {} : { pageToken }) },
		});
		const page = isPlainObject(body) ? body : {};
		return {
			entries: objectsIn(page.results),
			next: textOrNull(page.nextPageToken) ?? undefined,
		};
	});
	return found
		.map(toSubscription)
		.filter(({ id, url }) => id !== '' && (url === registrar.url || remembered.has(id)));
}

function toSubscription(given: IDataObject): Subscription {
	const filters = objectsIn(given.eventFilters);
	const channel = filters.find(({ key }) => key === 'channelId');
	return {
		id: textOrNull(given.id) ?? '',
		event: textOrNull(given.event) ?? '',
		channelId: textOrNull(channel?.value) ?? '',
		url: textOrNull(given.url) ?? '',
		usable:
			given.service === SERVICE &&
			(given.status ?? 'active') === 'active' &&
			filters.length === (channel === undefined ? 0 : 1),
	};
}

/** What is there compared with what is wanted. Only what was signed with our key is of use. */
async function compare(registrar: Registrar) {
	const { parameter, remembered, url } = registrar;
	const wanted = [...new Set(toList(parameter('events')))];
	const channelId = String(parameter('channelId', '') ?? '').trim();
	const known = new Set(
		textOrNull(remembered.signingKey) === null ? [] : toList(remembered.subscriptionIds),
	);
	const missing = new Set(wanted);
	const kept: Subscription[] = [];
	const surplus: Subscription[] = [];
	for (const one of await ours(registrar)) {
		const fits = known.has(one.id) && one.usable && one.url === url && one.channelId === channelId;
		if (fits && missing.delete(one.event)) kept.push(one);
		else surplus.push(one);
	}
	return { kept, surplus, missing: [...missing], channelId };
}

/** Whether there is one subscription for each chosen event, with our key, and none besides. */
export async function exists(registrar: Registrar): Promise<boolean> {
	const { missing, surplus } = await compare(registrar);
	return missing.length === 0 && surplus.length === 0;
}

/**
 * Source: docs.bird.com, create-a-webhook-subscription: one event each, and a signing key of our choice
 * that Bird does not show again.
 */
export async function register(registrar: Registrar): Promise<IDataObject> {
	const { kept, surplus, missing, channelId } = await compare(registrar);
	const signingKey =
		kept.length > 0 ? String(registrar.remembered.signingKey) : randomBytes(32).toString('base64');
	// First, because Bird takes only so many subscriptions that are alike.
	await remove(registrar, surplus);
	const created: string[] = [];
	for (const event of missing) {
		const request = {
			method: 'POST' as const,
			url: subscriptionsPath(registrar),
			body: {
				service: SERVICE,
				event,
				url: registrar.url,
				signingKey,
				...(channelId === '' ? {} : { eventFilters: [{ key: 'channelId', value: channelId }] }),
			},
		};
		const { body } = await registrar.ask(request, { secrets: [signingKey] });
		const id = isPlainObject(body) ? textOrNull(body.id) : null;
		if (id === null) throw new UserError('Bird registered a webhook but did not say its ID');
		created.push(id);
	}
	const subscriptionIds = [...kept.map(({ id }) => id), ...created];
	return { url: registrar.url, signingKey, subscriptionIds };
}

export async function unregister(registrar: Registrar): Promise<void> {
	await remove(registrar, await ours(registrar));
}

async function remove(registrar: Registrar, subscriptions: Subscription[]): Promise<void> {
	for (const { id } of subscriptions) {
		const url = `${subscriptionsPath(registrar)}${path`/${id}`}`;
		await registrar.ask({ method: 'DELETE', url }, { alsoFine: [404] });
	}
}
