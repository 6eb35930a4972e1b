import { type IDataObject, sleep } from 'n8n-workflow';

import { Stopped } from '../delivery/http/outcome';
import { type ItemTransport, type Reading, reading } from '../delivery/run/operation';
import { isPlainObject } from '../input/json';
import { textOrNull } from '../message/messageResult';
import { type BatchMessage, MOST_MESSAGES } from './batch';
import { isMessage, toDetailedResult } from './results';

/** Bird checks the messages of a batch after it has taken it, so they are looked for again and again. */
const PAUSES_MS = [500, 1000, 2000, 4000, 8000];

/**
 * Finds out the IDs of the messages of a batch, and what Bird says of them by now.
 * Source: docs.bird.com, send-batch-messages: list messages by the ID of the batch.
 *
 * @param readings of the messages, in their order
 * @returns the same with what was found; a message that Bird does not list in time stays as it is
 */
export async function lookUpIds(
	readings: Reading[],
	messages: BatchMessage[],
	transport: ItemTransport,
): Promise<Reading[]> {
	if (!messages.some(({ looksUpId }) => looksUpId)) return readings;
	const [{ channel }] = messages;
	const batchId = String(readings[0].results[0].batchId);
	let found = new Map<BatchMessage, IDataObject>();
	try {
		for (const pause of PAUSES_MS) {
			if (found.size === messages.length) break;
			await sleep(pause);
			found = matched(messages, await listBatch(channel, batchId, transport));
		}
	} catch (error) {
		if (error instanceof Stopped) return readings;
		const why = error instanceof Error ? error.message : String(error);
		transport.context.logger.warn(
			`The messages of the batch ${batchId} were accepted, but could not be looked up: ${why}`,
		);
	}
	return messages.map((message, index) => {
		const listed = found.get(message);
		return listed ? reading([{ ...toDetailedResult(listed), batchId }]) : readings[index];
	});
}

async function listBatch(
	channel: string,
	batchId: string,
	transport: ItemTransport,
): Promise<IDataObject[]> {
	const { body } = await transport.send(
		{ method: 'GET', url: `${channel}/messages`, qs: { batchId, limit: MOST_MESSAGES } },
		{
			kind: 'read',
			isReadable: (answer) => isPlainObject(answer.body) && Array.isArray(answer.body.results),
		},
	);
	return ((body as IDataObject).results as unknown[]).filter(isMessage);
}

/**
 * Which listed message is which: by recipient, of whom each has one message in a batch; else by a
 * reference that no other message of the batch has.
 */
function matched(messages: BatchMessage[], listed: IDataObject[]): Map<BatchMessage, IDataObject> {
	const byRecipient = new Map(messages.map((one) => [plain(one.recipient), one]));
	const byReference = new Map<string, BatchMessage | undefined>();
	for (const one of messages) {
		const reference = textOrNull(one.content.reference);
		if (reference === null) continue;
		byReference.set(reference, byReference.has(reference) ? undefined : one);
	}
	const found = new Map<BatchMessage, IDataObject>();
	for (const message of listed) {
		const named = addressesOf(message).map((address) => byRecipient.get(plain(address)));
		const one =
			named.find((message) => message !== undefined) ??
			byReference.get(textOrNull(message.reference) ?? '');
		if (one && !found.has(one)) found.set(one, message);
	}
	return found;
}

/** All by which Bird names the recipients of a message. */
function addressesOf({ receiver }: IDataObject): string[] {
	const contacts =
		isPlainObject(receiver) && Array.isArray(receiver.contacts) ? receiver.contacts : [];
	return (contacts as unknown[])
		.filter(isPlainObject)
		.flatMap(({ id, identifierValue, platformAddress }) => [id, identifierValue, platformAddress])
		.flatMap((address) => textOrNull(address) ?? []);
}

const plain = (address: string): string => address.trim().toLowerCase();
