const PACKAGE = 'n8n-nodes-unified-messaging.';

/**
 * @typedef {object} SentMessage
 * @property {string} messageId
 * @property {string} provider
 * @property {string} channel
 * @property {string} recipient
 * @property {string} status
 */

/**
 * The messages that the package's nodes gave, in the order of the run.
 *
 * @param {import('../n8n/client.mjs').Execution} execution
 * @returns {SentMessage[]}
 */
export function messagesOf({ data, workflowData }) {
	return workflowData.nodes
		.filter(({ type }) => type.startsWith(PACKAGE))
		.flatMap(({ name }) => data.resultData.runData[name] ?? [])
		.sort((a, b) => a.executionIndex - b.executionIndex)
		.flatMap((run) => (run.data?.main ?? []).flatMap((items) => items ?? []))
		.filter(({ json }) => typeof json.messageId === 'string')
		.map(
			({ json: { messageId, provider, channel, recipient, status } }) =>
				/** @type {SentMessage} */ ({ messageId, provider, channel, recipient, status }),
		);
}

/**
 * Why the run failed, in n8n's words.
 *
 * @param {import('../n8n/client.mjs').Execution} execution
 */
export function failureOf({ data }) {
	const error = data?.resultData.error;
	if (!error) return undefined;
	const { message } = error;
	const description = 'description' in error ? error.description : undefined;
	return [message, description].filter(Boolean).join(': ');
}

/**
 * @param {object[]} rows of the same keys
 * @returns {string}
 */
export function table(rows) {
	const lines = [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row).map(String))];
	const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
	return lines
		.map((line) =>
			line
				.map((cell, column) => cell.padEnd(widths[column]))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}

/**
 * What to say when not every message has been heard of.
 *
 * @param {SentMessage[]} messages
 * @param {SentMessage[]} statuses
 * @returns {string | undefined}
 */
export function unheardOf(messages, statuses) {
	const heard = new Set(statuses.map(({ messageId }) => messageId));
	const missing = messages.filter(({ messageId }) => !heard.has(messageId));
	if (missing.length === 0) return undefined;
	const recipients = missing.map(({ recipient }) => recipient).join(', ');
	return (
		`Nothing was heard in time of the message to ${recipients}. The messages were sent; n8n may be too ` +
		'busy to take the statuses. Run this again when the machine has less to do.'
	);
}
