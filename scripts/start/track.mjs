import axios from 'axios';
import { ifAny, until } from '../run/until.mjs';
import { messagesOf } from './result.mjs';

/** A busy machine takes long for what a quiet one does in 2 seconds. */
const ARRIVED_WITHIN_MS = 60_000;

/**
 * The real vendor takes https addresses only; the n8n of the demo has none.
 *
 * @param {{ url: string }} sandbox
 * @param {string} vendor
 */
export const allowLocalWebhooks = async ({ url }, vendor) =>
	await axios.put(
		`${url}/_sandbox/settings`,
		{ vendor, allowInsecureWebhookUrls: true },
		{ proxy: false },
	);

/**
 * What became of messages, as the trigger of an active workflow has been told.
 *
 * @param {import('../n8n/client.mjs').N8nClient} n8n
 * @param {string} workflowId
 * @param {{ messageId: string }[]} messages
 * @returns {Promise<import('./result.mjs').SentMessage[]>} in the order of the messages; those that
 *   nothing was heard of in time are left out
 */
export async function statusesOf(n8n, workflowId, messages) {
	/** @type {Map<string, import('./result.mjs').SentMessage>} */
	const heard = new Map();
	await ifAny(
		until(
			async () => {
				for (const { id } of await n8n.executions({ workflowId, status: ['success'] })) {
					for (const event of messagesOf(await n8n.execution(id)))
						heard.set(event.messageId, event);
				}
				return messages.every(({ messageId }) => heard.has(messageId)) ? true : undefined;
			},
			{ what: 'The vendor tells what became of the messages', timeoutMs: ARRIVED_WITHIN_MS },
		),
	);
	return messages.flatMap(({ messageId }) => heard.get(messageId) ?? []);
}
