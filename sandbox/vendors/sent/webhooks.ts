import { randomBytes, randomUUID } from 'node:crypto';

import type { Answer } from '../../core/vendor';
import { callerOf } from './access';
import { type Details, noContent, ok, page, refuse } from './answers';
import { Hook, type HookTarget, type WebhookRequest, isHookTarget } from './delivery';
import { families, sampleEvent } from './events';
import { type SentCall, isoSeconds } from './state';

const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

function find(call: SentCall): HookTarget {
	const target = call.room.webhooks.list().find(({ id }) => id === call.params.id);
	if (!target || !isHookTarget(target)) refuse('RESOURCE_008', 'Webhook not found');
	return target;
}

/** The whole secret is shown only by the two operations that make one. */
const show = ({ id, url, secret, details: { hook } }: HookTarget, whole = false): object => ({
	id,
	endpoint_url: url,
	signing_secret: whole ? secret : 'whsec_********',
	...hook,
});

const sandboxed = (call: SentCall): boolean =>
	(call.body as { sandbox?: boolean } | undefined)?.sandbox === true;

const sandboxHeaders = (call: SentCall): Record<string, string> =>
	sandboxed(call) ? { 'x-sandbox': 'true' } : {};

export function listWebhooks(call: SentCall): Answer {
	const { search, is_active: isActive } = call.query as { search?: string; is_active?: boolean };
	const found = call.room.webhooks
		.list()
		.filter(isHookTarget)
		.filter(
			({ url, details: { hook } }) =>
				(isActive ?? hook.is_active) === hook.is_active &&
				`${hook.display_name} ${url}`.toLowerCase().includes((search ?? '').toLowerCase()),
		);
	return page(call, 'webhooks', found, (target) => show(target));
}

export function createWebhook(call: SentCall): Answer {
	const request = call.body as WebhookRequest;
	checkFilters(request);
	const hook = new Hook(callerOf(call).customerId);
	hook.set(request);
	const target: HookTarget = {
		id: randomUUID(),
		url: request.endpoint_url,
		secret: newSecret(),
		details: { hook },
	};
	if (!sandboxed(call)) call.room.webhooks.add(target);
	return ok(show(target, true), 201, sandboxHeaders(call));
}

export const getWebhook = (call: SentCall): Answer => ok(show(find(call)));

export function updateWebhook(call: SentCall): Answer {
	const request = call.body as WebhookRequest;
	const target = find(call);
	checkFilters(request);
	if (!sandboxed(call)) {
		target.url = request.endpoint_url;
		target.details.hook.set(request);
		target.details.hook.updated_at = isoSeconds();
	}
	return ok(show(target), 200, sandboxHeaders(call));
}

export function deleteWebhook(call: SentCall): Answer {
	call.room.webhooks.remove(find(call).id);
	return noContent();
}

export function toggleWebhook(call: SentCall): Answer {
	const target = find(call);
	const { hook } = target.details;
	if (!sandboxed(call)) {
		hook.is_active = (call.body as { is_active: boolean }).is_active;
		if (hook.is_active) hook.consecutive_failures = 0;
		hook.updated_at = isoSeconds();
	}
	return ok(show(target), 200, sandboxHeaders(call));
}

export function rotateWebhookSecret(call: SentCall): Answer {
	const target = find(call);
	const secret = newSecret();
	if (!sandboxed(call)) target.secret = secret;
	return ok({ signing_secret: secret }, 200, sandboxHeaders(call));
}

export async function testWebhook(call: SentCall): Promise<Answer> {
	const { id } = find(call);
	const { event_type: family } = call.body as { event_type: string };
	const status = sandboxed(call)
		? 200
		: await new Promise<number>((attempted) => {
				call.room.webhooks.emit(sampleEvent(family, { onlyFor: id, attempted }));
			});
	const success = status >= 200 && status < 300;
	const message = success
		? 'Test event delivered'
		: `Test event not taken (${status === 0 ? 'no answer' : `HTTP ${status}`})`;
	return ok({ success, message }, 200, sandboxHeaders(call));
}

export const listWebhookEvents = (call: SentCall): Answer => {
	const { search } = call.query as { search?: string };
	const found = find(call).details.hook.deliveries.filter(({ event_type: type }) =>
		type.includes(search ?? ''),
	);
	return page(call, 'events', found, (record) => record);
};

export function listWebhookEventTypes(): Answer {
	const entry = (name: string, type: string | null, description: string | null): object => ({
		name,
		display_name: name.replaceAll('_', ' ').replace(/^./, (first) => first.toUpperCase()),
		event_type: type,
		description,
		is_active: true,
	});
	return ok({
		event_types: Object.entries(families).map(([family, { description, subEvents }]) => ({
			...entry(family, family, description),
			sub_types: subEvents.map((name) => entry(name, `${family}.${name}`, null)),
		})),
	});
}

function checkFilters({ event_types: types, event_filters: filters }: WebhookRequest): void {
	const details: Details = {};
	for (const [family, names] of Object.entries(filters ?? {})) {
		if (!types.includes(family)) {
			details[`event_filters.${family}`] = ['event_types does not name this type'];
			continue;
		}
		const unknown = names.filter((name) => !families[family]?.subEvents.includes(name));
		if (unknown.length > 0) {
			details[`event_filters.${family}`] = unknown.map((name) => `Unknown event ${name}`);
		}
	}
	if (Object.keys(details).length > 0) {
		refuse('VALIDATION_006', 'Request validation failed', details);
	}
}
