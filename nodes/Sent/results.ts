import type { IDataObject } from 'n8n-workflow';

import { DeliveryFailure } from '../delivery/http/outcome';
import type { VendorAnswer, VendorRequest } from '../delivery/http/vendorApi';
import type { Missing, Reading } from '../delivery/run/operation';
import { messageResult, textOrNull } from '../message/messageResult';
import { isPlainObject } from '../input/json';
import { smsFacts } from '../input/smsLength';
import { dataOf, sentApi, sentStatus } from './api';
import { AUTOMATIC } from './channels';

/** What an answer to a v3 send says of one recipient. */
export interface RecipientOutcome {
	/** The entries of the answer: one for each message that was made. */
	entries: IDataObject[];
	results: IDataObject[];
	/** For what was asked and the answer does not mention. */
	missing: Missing[];
}

/**
 * Reads the answer to a v3 send recipient by recipient. Sent makes one message for each recipient
 * on each channel asked for, and may take fewer than that without a word about the others.
 *
 * @param text what was sent, where it is known: how many SMS it takes is added
 * @returns undefined where the answer lists no recipients at all
 */
export function readOutcomes(
	answer: VendorAnswer,
	recipients: string[],
	channels: string[],
	text?: unknown,
): RecipientOutcome[] | undefined {
	const data = dataOf(answer);
	if (!data || !Array.isArray(data.recipients)) return undefined;
	const byRecipient = new Map<string, IDataObject[]>();
	for (const entry of data.recipients as unknown[]) {
		if (!isPlainObject(entry) || textOrNull(entry.message_id) === null) continue;
		const to = String(entry.to);
		const known = byRecipient.get(to);
		if (known) known.push(entry);
		else byRecipient.set(to, [entry]);
	}
	return recipients.map((recipient) => {
		const entries = byRecipient.get(recipient) ?? [];
		return {
			entries,
			results: entries.map((entry) => sentResult(entry, data, answer, text)),
			missing: missingChannels(entries, channels).map((channel) => ({
				recipient,
				failure: missingFailure(recipient, channel, answer),
			})),
		};
	});
}

/** The channels that were asked for and that no entry of the answer stands for. */
function missingChannels(entries: IDataObject[], channels: string[]): string[] {
	const left = entries.map(({ channel }) => textOrNull(channel));
	const take = (isIt: (channel: string | null) => boolean) => {
		const index = left.findIndex(isIt);
		if (index >= 0) left.splice(index, 1);
		return index >= 0;
	};
	const named = channels.filter((channel) => channel !== AUTOMATIC);
	const missing = named.filter((channel) => !take((taken) => taken === channel));
	// The automatic choice has no channel yet, or any.
	const chooses = channels.length > named.length;
	return chooses && !take(() => true) ? [...missing, AUTOMATIC] : missing;
}

/**
 * One message of an answer to a v3 send, as the result that all vendors share.
 *
 * @param entry the recipient's, of `data`
 * @param text what was sent, where it is known
 */
export function sentResult(
	entry: IDataObject,
	data: IDataObject,
	answer: VendorAnswer,
	text?: unknown,
): IDataObject {
	const scheduledAt = textOrNull(data.scheduled_at);
	const meta =
		isPlainObject(answer.body) && isPlainObject(answer.body.meta) ? answer.body.meta : {};
	return messageResult(
		{
			messageId: textOrNull(entry.message_id),
			provider: sentApi.provider,
			channel: channelOf(entry),
			recipient: textOrNull(entry.to),
			// A scheduled batch is QUEUED too; each of its messages becomes SCHEDULED a moment later.
			status: scheduledAt === null ? sentStatus(data.status) : 'scheduled',
			providerStatus: textOrNull(data.status),
			sentAt: scheduledAt === null ? textOrNull(meta.timestamp) : null,
			reference: null,
		},
		{
			...(scheduledAt === null ? {} : { scheduledAt }),
			...(entry.channel === 'sms' && typeof text === 'string' ? smsFacts(text) : {}),
			...(answer.headers['idempotent-replayed'] === 'true' ? { replayed: true } : {}),
			...(answer.headers['x-sandbox'] === 'true' ? { sandbox: true } : {}),
		},
	);
}

/** The channel, once Sent has chosen one. */
function channelOf({ channel }: IDataObject): string | null {
	return channel === AUTOMATIC ? null : textOrNull(channel);
}

const MISSING_CURE = `It was not sent again, because that could reach the recipient twice. ${sentApi.howToCheck}`;

/** A message that was asked for, in a request that was accepted, of which the answer says nothing. */
function missingFailure(recipient: string, channel: string, answer: VendorAnswer): DeliveryFailure {
	const where = channel === AUTOMATIC ? '' : ` on ${channel}`;
	const { requestId } = sentApi.readComplaint(answer);
	return new DeliveryFailure(
		`Sent took the request, but its answer leaves out ${recipient}${where}, so it is unknown whether the message was accepted`,
		MISSING_CURE,
		{
			provider: sentApi.provider,
			code: null,
			httpCode: answer.statusCode,
			outcome: 'unknown',
			vendor: { requestId },
		},
	);
}

/**
 * What the next node gets of a v3 send: a result for each message that was made, and what the answer
 * leaves out.
 *
 * @returns undefined for an answer that lists no recipients at all
 */
export function readSent(
	answer: VendorAnswer,
	_message: unknown,
	{ body = {} }: VendorRequest,
): Reading | undefined {
	const recipients = body.to as string[];
	const outcomes = readOutcomes(answer, recipients, body.channel as string[], body.text);
	if (outcomes === undefined) return undefined;
	return {
		results: outcomes.flatMap(({ results }) => results),
		raw: [answer.body as IDataObject],
		missing: outcomes.flatMap(({ missing }) => missing),
	};
}

/** A message as Sent's API v3 gives it, as the result that all vendors share. */
export function toMessageResult(message: IDataObject, added: IDataObject = {}): IDataObject {
	const isIncoming = String(message.direction).toUpperCase() === 'INBOUND';
	const phone = textOrNull(message.phone);
	const body = isPlainObject(message.message_body) ? message.message_body : {};
	const isScheduled = String(message.status).toUpperCase() === 'SCHEDULED';
	return messageResult(
		{
			messageId: textOrNull(message.id),
			provider: sentApi.provider,
			channel: channelOf(message),
			recipient: isIncoming ? null : phone,
			status: sentStatus(message.status),
			providerStatus: textOrNull(message.status),
			sentAt: isScheduled ? null : textOrNull(message.created_at),
			reference: null,
		},
		{
			direction: isIncoming ? 'incoming' : 'outgoing',
			sender: isIncoming ? phone : null,
			text: textOrNull(body.content),
			reason: reasonOf(message),
			...added,
		},
	);
}

/** Why a message is where it is. Source: GET /v3/messages/{id}: it stands in the events only. */
function reasonOf({ status, events }: IDataObject): string | null {
	const history = Array.isArray(events) ? (events as unknown[]) : [];
	const current = history.filter((event) => isPlainObject(event) && event.status === status);
	const last = current[current.length - 1];
	return isPlainObject(last) ? textOrNull(last.description) : null;
}
