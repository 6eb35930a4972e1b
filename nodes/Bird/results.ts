import type { IDataObject } from 'n8n-workflow';

import type { VendorAnswer } from '../delivery/http/vendorApi';
import { type Reading, reading } from '../delivery/run/operation';
import { withoutBlanks } from '../input/blank';
import { isPlainObject } from '../input/json';
import { smsFacts } from '../input/smsLength';
import { textOrNull } from '../message/messageResult';
import { addressOf, toMessageResult } from './api';

/** What people did that means that they have seen a message. */
const SEEN = ['opened', 'read'];

/** A message as the result that all vendors share, and what else Bird says of it. */
export function toSentResult(message: IDataObject): IDataObject {
	return { ...toMessageResult(message), ...factsOf(message), ...smsFactsOf(message) };
}

/** Bird's platformId of an SMS is sms, or sms with the carrier. Source: docs.bird.com, channels. */
const SMS = /^sms(-|$)/;

/** What Bird does not say of a text that went by SMS; of other channels nobody knows. */
function smsFactsOf({ platformId, body }: IDataObject): IDataObject {
	const text = isPlainObject(body) && body.type === 'text' ? textOf(body) : null;
	return text !== null && SMS.test(textOrNull(platformId) ?? '') ? smsFacts(text) : {};
}

/** Source: docs.bird.com, api-reference/messaging: get a message. Under Bird's own names. */
function factsOf(message: IDataObject): IDataObject {
	const { tags, tagIds, chargeableUnits, ignorePersistedEventhooks } = message;
	return {
		channelId: textOrNull(message.channelId),
		lastStatusAt: textOrNull(message.lastStatusAt),
		scheduledFor: textOrNull(message.scheduledFor),
		details: textOrNull(message.details),
		tags: Array.isArray(tags) ? tags : null,
		tagIds: Array.isArray(tagIds) ? tagIds : null,
		chargeableUnits: typeof chargeableUnits === 'number' ? chargeableUnits : null,
		bodyId: textOrNull(message.bodyId),
		platformReferenceId: textOrNull(message.platformReferenceId),
		ignorePersistedEventhooks:
			typeof ignorePersistedEventhooks === 'boolean' ? ignorePersistedEventhooks : null,
	};
}

/**
 * A message with everything that is known of it, for operations that read messages.
 *
 * @param interactions what the recipient did; Bird has no status for having read a message
 */
export function toDetailedResult(message: IDataObject, interactions?: IDataObject[]): IDataObject {
	const failure = isPlainObject(message.failure) ? message.failure : {};
	const sender = isPlainObject(message.sender) ? message.sender : {};
	const party = [sender.connector, sender.contact].find(isPlainObject);
	const result: IDataObject = {
		...toSentResult(message),
		direction: textOrNull(message.direction),
		sender: party ? textOrNull(addressOf(party)) : null,
		text: textOf(message.body),
		reason: textOrNull(failure.description) ?? textOrNull(message.reason),
		errorCode: textOrNull(failure.code),
	};
	if (interactions === undefined) return result;
	const seen = interactions.some(({ type }) => SEEN.includes(String(type)));
	return {
		...result,
		status: seen && result.status === 'delivered' ? 'read' : result.status,
		interactions: interactions.map(({ type, createdAt, details, metadata }) =>
			withoutBlanks({ type, occurredAt: createdAt, details, metadata }),
		),
	};
}

/** The text of a body, whatever its kind. */
function textOf(body: unknown): string | null {
	const { type } = isPlainObject(body) ? body : {};
	const content = isPlainObject(body) && typeof type === 'string' ? body[type] : undefined;
	return isPlainObject(content) ? textOrNull(content.text) : null;
}

/** Reads the answer to a message that was sent. */
export function readSent({ body }: VendorAnswer): Reading | undefined {
	return isMessage(body) ? reading([toSentResult(body)], [body]) : undefined;
}

/** Whether it is a message, as Bird answers with. */
export function isMessage(body: unknown): body is IDataObject {
	return isPlainObject(body) && typeof body.id === 'string';
}
