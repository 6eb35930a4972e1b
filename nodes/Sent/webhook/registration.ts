import { type IDataObject, UserError } from 'n8n-workflow';

import { dataOf } from '../api';
import { path } from '../../delivery/http/path';
import { InvalidInput } from '../../input/invalidInput';
import { textOrNull } from '../../message/messageResult';
import { isPlainObject } from '../../input/json';
import { toList } from '../../input/list';
import { objectsIn } from '../../webhook/event';
import { allPages } from '../../webhook/pages';
import type { ReadParameter, Registrar } from '../../webhook/webhookVendor';

const WEBHOOKS = '/v3/webhooks';
const PAGE_SIZE = 100;
const LONGEST_NAME = 100;
const SECRET = /^whsec_./;

/** The family of events that messages belong to, and what it holds in the node's list of events. */
export const MESSAGE_FAMILY = 'message';
export const STATUS_EVENTS = 'message.status';
export const RECEIVED_EVENTS = 'message.received';

/** Source: docs.sent.dm, event types: the sub-events of `message`, by what they mean here. */
const SUB_EVENTS: Record<string, string[] | undefined> = {
	queued: ['queued', 'routed'],
	scheduled: ['scheduled'],
	sent: ['sent'],
	delivered: ['delivered'],
	read: ['read'],
	failed: ['failed'],
	rejected: ['filtered', 'blocked'],
	canceled: ['cancelled'],
};

interface Subscription {
	event_types: string[];
	/** Without filters Sent delivers all sub-events. */
	event_filters: Record<string, string[]>;
}

/**
 * What Sent shall deliver, so that what nobody chose is not even sent.
 *
 * @throws InvalidInput when none of the chosen statuses is one that Sent reports
 */
export function subscriptionFor(parameter: ReadParameter): Subscription {
	const events = new Set(toList(parameter('events')));
	const statuses = toList(parameter('statuses', []));
	const ofMessages = [
		...(events.delete(STATUS_EVENTS) ? subEventsOf(statuses) : []),
		...(events.delete(RECEIVED_EVENTS) ? ['received'] : []),
	];
	// A status without a name of its own can only be recognised when it arrives.
	const filters = statuses.includes('unknown') || ofMessages.length === 0 ? [] : ofMessages;
	return {
		event_types: [...(ofMessages.length > 0 ? [MESSAGE_FAMILY] : []), ...events],
		event_filters: filters.length > 0 ? { [MESSAGE_FAMILY]: filters } : {},
	};
}

function subEventsOf(statuses: string[]): string[] {
	if (statuses.includes('unknown'))
		return Object.values(SUB_EVENTS).flatMap((names) => names ?? []);
	const names = statuses.flatMap((status) => SUB_EVENTS[status] ?? []);
	if (names.length > 0) return names;
	throw new InvalidInput(
		'Statuses',
		'has none that Sent reports',
		`Choose at least one of ${Object.keys(SUB_EVENTS).join(', ')}.`,
	);
}

function wantedOf({ url, workflowName, parameter }: Registrar) {
	return {
		display_name: `n8n: ${workflowName}`.slice(0, LONGEST_NAME),
		endpoint_url: url,
		...subscriptionFor(parameter),
	};
}

/** All webhooks that stand at this URL or that this URL has made, the remembered one first. */
async function ours(registrar: Registrar): Promise<IDataObject[]> {
	const { remembered, url } = registrar;
	const found = await allPages(async (page = 1) => {
		const answer = await registrar.ask({
			method: 'GET',
			url: WEBHOOKS,
			qs: { page, page_size: PAGE_SIZE },
		});
		const { webhooks, pagination } = dataOf(answer) ?? {};
		const more = isPlainObject(pagination) && pagination.has_more === true;
		return { entries: objectsIn(webhooks), next: more ? Number(page) + 1 : undefined };
	});
	return found
		.filter(({ id }) => textOrNull(id) !== null)
		.filter(({ id, endpoint_url }) => endpoint_url === url || id === remembered.webhookId)
		.sort((a, b) => Number(b.id === remembered.webhookId) - Number(a.id === remembered.webhookId));
}

/** The secret that is remembered for this webhook; Sent shows it only once. */
function secretOf({ remembered }: Registrar, webhook: IDataObject): string | undefined {
	return webhook.id === remembered.webhookId ? readSecret(remembered.secret) : undefined;
}

function readSecret(value: unknown): string | undefined {
	return typeof value === 'string' && SECRET.test(value) && !value.includes('*')
		? value
		: undefined;
}

function fits(webhook: IDataObject, wanted: ReturnType<typeof wantedOf>): boolean {
	const filters = isPlainObject(webhook.event_filters) ? webhook.event_filters : {};
	return (
		webhook.endpoint_url === wanted.endpoint_url &&
		sameSet(toList(webhook.event_types), wanted.event_types) &&
		sameSet(toList(filters[MESSAGE_FAMILY]), wanted.event_filters[MESSAGE_FAMILY] ?? [])
	);
}

function sameSet(a: string[], b: string[]): boolean {
	return a.length === b.length && a.every((one) => b.includes(one));
}

/** Whether there is one webhook as it is wanted, switched on, whose secret we know, and no other. */
export async function exists(registrar: Registrar): Promise<boolean> {
	const [webhook, ...others] = await ours(registrar);
	return (
		webhook !== undefined &&
		others.length === 0 &&
		secretOf(registrar, webhook) !== undefined &&
		webhook.is_active !== false &&
		fits(webhook, wantedOf(registrar))
	);
}

/** Source: docs.sent.dm, webhooks: POST, PUT, toggle-status and rotate-secret of /v3/webhooks. */
export async function register(registrar: Registrar): Promise<IDataObject> {
	const [webhook, ...others] = await ours(registrar);
	await remove(registrar, others);
	const wanted = wantedOf(registrar);
	if (webhook === undefined) {
		const created = dataOf(
			await registrar.ask({ method: 'POST', url: WEBHOOKS, body: bodyOf(wanted) }),
		);
		const secret = readSecret(created?.signing_secret);
		return remember(registrar, created?.id, secret);
	}
	const at = `${WEBHOOKS}${path`/${webhook.id}`}`;
	if (!fits(webhook, wanted)) {
		await registrar.ask({ method: 'PUT', url: at, body: bodyOf(wanted) });
	}
	// Sent switches a webhook off after ten failures in a row.
	if (webhook.is_active === false) {
		await registrar.ask({ method: 'PATCH', url: `${at}/toggle-status`, body: { is_active: true } });
	}
	return remember(registrar, webhook.id, secretOf(registrar, webhook));
}

function bodyOf({ event_filters: filters, ...wanted }: ReturnType<typeof wantedOf>): IDataObject {
	return Object.keys(filters).length > 0 ? { ...wanted, event_filters: filters } : wanted;
}

/** With a new secret where the old one is lost: only its making shows it. */
async function remember(
	registrar: Registrar,
	id: unknown,
	known: string | undefined,
): Promise<IDataObject> {
	const webhookId = textOrNull(id);
	if (webhookId === null) throw new UserError('Sent registered a webhook but did not say its ID');
	const { url } = registrar;
	if (known !== undefined) return { url, webhookId, secret: known };
	const rotated = dataOf(
		await registrar.ask({
			method: 'POST',
			url: `${WEBHOOKS}${path`/${webhookId}`}/rotate-secret`,
			// Sent wants a body, and n8n sends none that is empty.
			body: { sandbox: false },
		}),
	);
	const secret = readSecret(rotated?.signing_secret);
	if (secret === undefined) throw new UserError('Sent did not give out the secret of its webhook');
	return { url, webhookId, secret };
}

export async function unregister(registrar: Registrar): Promise<void> {
	await remove(registrar, await ours(registrar));
}

async function remove(registrar: Registrar, webhooks: IDataObject[]): Promise<void> {
	for (const { id } of webhooks) {
		const url = `${WEBHOOKS}${path`/${id}`}`;
		await registrar.ask({ method: 'DELETE', url }, { alsoFine: [404] });
	}
}
