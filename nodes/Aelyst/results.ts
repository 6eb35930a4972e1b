import type { IDataObject } from 'n8n-workflow';

import type { VendorAnswer } from '../delivery/http/vendorApi';
import { type Reading, reading } from '../delivery/run/operation';
import { type DeliveryStatus, type StatusTable, toDeliveryStatus } from '../message/deliveryStatus';
import { messageResult, textOrNull } from '../message/messageResult';
import { isPlainObject } from '../input/json';
import { aelystApi } from './api';
import { parseIdentifier } from './contact';

/** Source: respond-io/typescript-sdk, src/types/message.ts, and developers.aelyst.ai, getmessage. */
const STATUSES: StatusTable = {
	pending: 'queued',
	sent: 'sent',
	delivered: 'delivered',
	read: 'read',
	failed: 'failed',
};
/** Which comes last, where several entries of a history have the same second. */
const IN_ORDER = Object.keys(STATUSES);

export function aelystStatus(word: unknown): DeliveryStatus {
	return toDeliveryStatus(STATUSES, word);
}

/**
 * The answer to a send, which is a message id and nothing else, as the shared result.
 *
 * @param identifier of the contact, such as phone:+60121233112
 * @returns undefined where the answer does not name the message
 */
export function readSent(
	{ body }: VendorAnswer,
	identifier: string,
	channelId: number | null,
): Reading | undefined {
	const messageId = isPlainObject(body) ? textOrNull(body.messageId) : null;
	if (messageId === null) return undefined;
	const result = messageResult({
		messageId,
		provider: aelystApi.provider,
		channel: textOrNull(channelId),
		recipient: parseIdentifier('Identifier', identifier).value,
		status: 'accepted',
		providerStatus: null,
		sentAt: null,
		reference: null,
	});
	return reading([result]);
}

/** A message as Aelyst gives it, as the shared result. */
export function toMessageResult(message: IDataObject, added: IDataObject = {}): IDataObject {
	const history = historyOf(message);
	const last = history.at(-1);
	const content = isPlainObject(message.message) ? message.message : {};
	const sender = isPlainObject(message.sender) ? message.sender : {};
	const isIncoming = message.traffic === 'incoming';
	return messageResult(
		{
			messageId: textOrNull(message.messageId),
			provider: aelystApi.provider,
			channel: textOrNull(message.channelId),
			recipient: isIncoming ? null : textOrNull(message.contactId),
			status: aelystStatus(last?.value),
			providerStatus: textOrNull(last?.value),
			sentAt: timeOf(history.find(({ value }) => value === 'sent')),
			reference: null,
		},
		{
			direction: textOrNull(message.traffic),
			contactId: textOrNull(message.contactId),
			type: textOrNull(content.type),
			text: textOrNull(content.text) ?? textOrNull(content.title),
			reason: textOrNull(last?.message),
			senderSource: textOrNull(sender.source),
			...added,
		},
	);
}

/** What became of a message, step by step. */
export function statusHistory(message: IDataObject): IDataObject[] {
	return historyOf(message).map((entry) => ({
		status: aelystStatus(entry.value),
		providerStatus: textOrNull(entry.value),
		at: timeOf(entry),
		reason: textOrNull(entry.message),
	}));
}

/** The entries from first to last; which way round Aelyst gives them is not documented. */
function historyOf({ status }: IDataObject): IDataObject[] {
	const entries = Array.isArray(status) ? (status as unknown[]).filter(isPlainObject) : [];
	const rank = ({ value }: IDataObject) => IN_ORDER.indexOf(String(value));
	return entries.sort(
		(a, b) => Number(a.timestamp ?? 0) - Number(b.timestamp ?? 0) || rank(a) - rank(b),
	);
}

/** Times are Unix seconds. */
function timeOf(entry: IDataObject | undefined): string | null {
	const seconds = Number(entry?.timestamp ?? NaN);
	const date = new Date(seconds * 1000);
	return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
