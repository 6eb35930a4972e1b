import { createHmac, randomBytes, randomUUID } from 'node:crypto';

import type {
	Answer,
	VendorWebhooks,
	WebhookAttempt,
	WebhookEvent,
	WebhookOutcome,
	WebhookTarget,
} from '../../core/vendor';
import { callerOf } from './access';
import { type Details, noContent, ok, page, refuse } from './answers';
import { detailsOf, families, sampleEvent } from './events';
import { type SentCall, type SentRoom, isoSeconds } from './state';

interface WebhookRequest {
	display_name: string;
	endpoint_url: string;
	event_types: string[];
	event_filters?: Record<string, string[]> | null;
	retry_count?: number;
	timeout_seconds?: number;
	sandbox?: boolean;
}

interface DeliveryRecord {
	id: string;
	event_type: string;
	event_data: unknown;
	delivery_status: 'PENDING' | 'DELIVERED' | 'FAILED';
	delivery_attempts: number;
	http_status_code: number | null;
	error_message: string | null;
	response_body: null;
	processing_started_at: string;
	processing_completed_at: string | null;
	created_at: string;
}

const failuresUntilOff = 10;
const keepDeliveries = 500;
const firstRetryMs = 60_000;
const longestRetryMs = 3600_000;

/** A registered endpoint; the `details` of its delivery target. */
class Hook {
	is_active = true;
	consecutive_failures = 0;
	last_delivery_attempt_at: string | null = null;
	last_successful_delivery_at: string | null = null;
	readonly created_at = isoSeconds();
	updated_at: string | null = null;
	display_name = '';
	event_types: string[] = [];
	event_filters: Record<string, string[]> | null = null;
	retry_count = 3;
	timeout_seconds = 30;
	// Kept from the control API, which has a log of its own.
	readonly #deliveries = new Map<string, DeliveryRecord>();

	constructor(readonly customer_id: string) {}

	set(request: WebhookRequest): void {
		this.display_name = request.display_name;
		this.event_types = request.event_types;
		this.event_filters = request.event_filters ?? null;
		this.retry_count = request.retry_count ?? 3;
		this.timeout_seconds = request.timeout_seconds ?? 30;
	}

	wants(family: string, subEvent: string | undefined): boolean {
		if (!this.is_active || !this.event_types.includes(family)) return false;
		const known = families[family]?.subEvents ?? [];
		if (subEvent === undefined || !known.includes(subEvent)) return subEvent === undefined;
		return (this.event_filters?.[family] ?? [subEvent]).includes(subEvent);
	}

	log(attempt: WebhookAttempt, { status, error }: WebhookOutcome): void {
		const taken = status >= 200 && status < 300;
		const now = isoSeconds();
		this.last_delivery_attempt_at = now;
		if (taken) this.last_successful_delivery_at = now;
		this.consecutive_failures = taken ? 0 : this.consecutive_failures + 1;
		if (this.consecutive_failures >= failuresUntilOff) this.is_active = false;

		const over = taken || retryWait(attempt) === undefined;
		const begun = this.#deliveries.get(attempt.deliveryId);
		this.#deliveries.set(attempt.deliveryId, {
			id: attempt.deliveryId,
			event_type: attempt.event.type,
			event_data: JSON.parse(attempt.body.toString()),
			delivery_status: taken ? 'DELIVERED' : over ? 'FAILED' : 'PENDING',
			delivery_attempts: attempt.attempt,
			http_status_code: status || null,
			error_message: error ?? null,
			response_body: null,
			processing_started_at: begun?.processing_started_at ?? now,
			processing_completed_at: over ? now : null,
			created_at: begun?.created_at ?? now,
		});
		if (this.#deliveries.size > keepDeliveries) {
			const [oldest = ''] = this.#deliveries.keys();
			this.#deliveries.delete(oldest);
		}
	}

	get deliveries(): DeliveryRecord[] {
		return [...this.#deliveries.values()].reverse();
	}
}

interface HookTarget extends WebhookTarget {
	details: { hook: Hook };
}

const isHookTarget = (target: WebhookTarget): target is HookTarget =>
	target.details.hook instanceof Hook;

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

/** The webhookUrl of API v1 gets the events of its one message, unsigned and only once. */
export function addCallback(room: SentRoom, messageId: string, url: string): void {
	room.webhooks.add({ id: callbackId(messageId), url, secret: '', details: { messageId } });
}

export function forgetCallback(room: SentRoom, messageId: string): void {
	room.webhooks.remove(callbackId(messageId));
}

const callbackId = (messageId: string): string => `v1-callback-${messageId}`;
const isCallback = (target: WebhookTarget): boolean => typeof target.details.messageId === 'string';

/** `v1,` and the base64 of an HMAC over id, time and the raw body. */
export function sign(secret: string, id: string, timestamp: number, body: Buffer): string {
	const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
	const digest = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body);
	return `v1,${digest.digest('base64')}`;
}

function wants(target: WebhookTarget, it: WebhookEvent): boolean {
	const { family, subEvent, messageId, onlyFor } = detailsOf(it);
	if (onlyFor !== undefined) return target.id === onlyFor;
	if (isCallback(target)) return target.details.messageId === messageId;
	// A target that was added by hand gets everything.
	return !isHookTarget(target) || target.details.hook.wants(family, subEvent);
}

function headers({ target, event, body, deliveryId, at }: WebhookAttempt): Record<string, string> {
	if (isCallback(target)) return {};
	const timestamp = Math.floor(at / 1000);
	return {
		'x-webhook-id': target.id,
		'x-webhook-timestamp': String(timestamp),
		'x-webhook-signature': sign(target.secret, target.id, timestamp, body),
		'x-webhook-event-type': event.type,
		'X-Webhook-Event-ID': deliveryId,
	};
}

function retryWait({ target, event, attempt }: WebhookAttempt): number | undefined {
	if (isCallback(target) || detailsOf(event).onlyFor !== undefined) return undefined;
	const hook = isHookTarget(target) ? target.details.hook : undefined;
	if (hook?.is_active === false || attempt > (hook?.retry_count ?? 3)) return undefined;
	return Math.min(firstRetryMs * 2 ** (attempt - 1), longestRetryMs);
}

export const webhooks: VendorWebhooks = {
	wants,
	body: (it) => {
		const { family, subEvent } = detailsOf(it);
		return {
			field: family,
			...(subEvent !== undefined && { event: it.type }),
			timestamp: isoSeconds(),
			payload: it.payload,
		};
	},
	headers,
	retry: retryWait,
	attempted: (attempt, outcome) => {
		if (isHookTarget(attempt.target)) attempt.target.details.hook.log(attempt, outcome);
		detailsOf(attempt.event).attempted?.(outcome.status);
	},
};
