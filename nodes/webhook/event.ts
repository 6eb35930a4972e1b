import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import type { MessageEvent } from '../message/messageEvent';
import { isPlainObject } from '../input/json';

type Known = Pick<MessageEvent, 'eventId' | 'type' | 'provider' | 'raw'> & Partial<MessageEvent>;

/** A message event with all of its keys, in their fixed order. */
export function messageEvent(known: Known): MessageEvent {
	return {
		eventId: known.eventId,
		type: known.type,
		provider: known.provider,
		messageId: known.messageId ?? null,
		channel: known.channel ?? null,
		direction: known.direction ?? null,
		recipient: known.recipient ?? null,
		sender: known.sender ?? null,
		status: known.status ?? 'unknown',
		providerStatus: known.providerStatus ?? null,
		reason: known.reason ?? null,
		errorCode: known.errorCode ?? null,
		text: known.text ?? null,
		occurredAt: known.occurredAt ?? null,
		reference: known.reference ?? null,
		raw: known.raw,
	};
}

/**
 * An id from the parts that name an event. All of them stand in the body, which a vendor repeats
 * unchanged; headers are often not signed.
 *
 * @returns the digest of the whole payload where a part is missing
 */
export function eventIdOf(payload: IDataObject, ...parts: Array<string | null>): string {
	if (parts.every((part) => part !== null)) return parts.join(':');
	return createHash('sha256').update(JSON.stringify(payload)).digest('hex');
}

/** From here on a number is a time in ms: as seconds it would be the year 5138. */
const FIRST_MS = 1e11;

/** A time as vendors write it (ISO 8601, unix seconds or ms) in ISO 8601, or null. */
export function isoTime(value: unknown): string | null {
	if (typeof value !== 'string' && typeof value !== 'number') return null;
	const number = value === '' ? Number.NaN : Number(value);
	const ms = Math.abs(number) < FIRST_MS ? number * 1000 : number;
	const date = new Date(Number.isNaN(number) ? value : ms);
	return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** The objects in a list of a vendor's answer, whatever else may stand there. */
export function objectsIn(value: unknown): IDataObject[] {
	return Array.isArray(value) ? value.filter(isPlainObject) : [];
}
