import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import type { MessageEvent } from '../message/messageEvent';
import { isPlainObject } from '../input/json';
import { isOptOut } from './optOut';

/** An event together with the payload that it was read from. */
export type EventWithRaw = MessageEvent & { raw: IDataObject };

type Known = Pick<EventWithRaw, 'eventId' | 'type' | 'provider' | 'raw'> &
	Partial<Omit<EventWithRaw, 'sessionId'>> & {
		/** Who wrote it, where `sender` may change, such as a contact that gets another number. */
		person?: string | null;
	};

/**
 * A message event with all of its keys, in their fixed order. What somebody wrote belongs to a
 * session; a message that says nothing but STOP is an opt-out.
 */
export function messageEvent(known: Known): EventWithRaw {
	const isOptOutInWords = known.type === 'message.received' && isOptOut(known.text);
	return {
		eventId: known.eventId,
		type: isOptOutInWords ? 'message.opt_out' : known.type,
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
		sessionId: known.type === 'message.received' ? sessionIdOf(known) : null,
		raw: known.raw,
	};
}

/** Without a person there is nobody to remember. */
function sessionIdOf({ provider, channel, sender, person }: Known): string | null {
	const who = person ?? sender ?? null;
	return who === null ? null : [provider, channel ?? 'any', who].join(':');
}

/**
 * An id from the parts that name an event. All of them stand in the body, which a vendor repeats
 * unchanged.
 *
 * @returns the digest of the whole payload where a part is missing
 */
export function eventIdOf(payload: IDataObject, ...parts: Array<string | null>): string {
	return parts.every((part) => part !== null) ? parts.join(':') : digestOf(payload);
}

/** A part of an id for what has no name: the same for the same payload only. */
export function digestOf(payload: IDataObject): string {
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
