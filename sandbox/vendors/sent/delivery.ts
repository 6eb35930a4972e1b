import { createHmac } from 'node:crypto';

import type {
	VendorWebhooks,
	WebhookAttempt,
	WebhookEvent,
	WebhookOutcome,
	WebhookTarget,
} from '../../core/vendor';
import { detailsOf, families } from './events';
import { type SentRoom, isoSeconds } from './state';

export interface WebhookRequest {
	display_name: string;
	endpoint_url: string;
	event_types: string[];
	event_filters?: Record<string, string[]> | null;
	retry_count?: number;
	timeout_seconds?: number;
	sandbox?: boolean;
}

export interface DeliveryRecord {
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
export class Hook {
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

export interface HookTarget extends WebhookTarget {
	details: { hook: Hook };
}

export const isHookTarget = (target: WebhookTarget): target is HookTarget =>
	target.details.hook instanceof Hook;

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
