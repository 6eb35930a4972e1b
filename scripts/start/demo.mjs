import { once } from 'node:events';
import { join } from 'node:path';
import getPort from 'get-port';
import { ensureN8n } from '../n8n/install.mjs';
import { startN8n } from '../n8n/start.mjs';
import { ROOT } from '../root.mjs';
import { withProgress } from '../run/progress.mjs';
import { startSandbox } from '../sandbox.mjs';
import { ensureBuilt } from "../setup/build.mjs";
import { importExample } from './import.mjs';
import { failureOf, messagesOf, table } from './result.mjs';
import { allowLocalWebhooks, statusesOf } from './track.mjs';

const SENDING = join(ROOT, 'examples', 'bird-send-message.json');
const TRACKING = join(ROOT, 'examples', 'send-then-branch-on-status.json');
const EDITOR_PORT = 5678;
const SANDBOX_PORT = 4010;

/** Resolves at Ctrl-C or when this process is asked to end. */
function askedToStop() {
	const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
	const asked = new AbortController();
	const { signal } = asked;
	return Promise.race(signals.map((name) => once(process, name, { signal }))).finally(() =>
		asked.abort(),
	);
}

/**
 * Shows the package at work: builds it, starts the sandbox and n8n, sends with one example, hears
 * with another what became of the messages and, unless it is for once only, leaves the editor open.
 *
 * @param {{ onlyOnce: boolean }} options
 * @returns {Promise<number>} exit code
 */
export async function demo({ onlyOnce }) {
	await ensureBuilt();
	await ensureN8n();

	const sandbox = await withProgress('Starting the sandbox', async () =>
		startSandbox({ port: await getPort({ port: SANDBOX_PORT }) }),
	);
	/** @type {import('../n8n/start.mjs').RunningN8n | undefined} */
	let n8n;
	const stop = () => Promise.all([n8n?.stop(), sandbox.stop()]);
	try {
		n8n = await withProgress('Starting n8n', async () =>
			startN8n({ port: await getPort({ port: EDITOR_PORT }) }),
		);
		const client = n8n;
		await allowLocalWebhooks(sandbox, 'bird');
		const tracking = await importExample(TRACKING, client, sandbox.vendors);
		await client.activateWorkflow(tracking.id);
		const workflow = await importExample(SENDING, client, sandbox.vendors);
		const execution = await withProgress(`Running the workflow "${workflow.name}"`, () =>
			client.runWorkflow(workflow.id),
		);

		const messages = messagesOf(execution);
		const failure = failureOf(execution);
		console.log(`\n${table(messages) || 'No message was sent.'}\n`);
		console.log(`The run ended with: ${execution.status}${failure ? ` (${failure})` : ''}\n`);

		const statuses = await withProgress('Waiting for what becomes of the messages', () =>
			statusesOf(client, tracking.id, messages),
		);
		console.log(`\n${table(statuses) || 'No status has come.'}`);

		const isWell = execution.status === 'success' && statuses.length === messages.length;
		const exitCode = isWell ? 0 : 1;
		if (onlyOnce) {
			await stop();
			const { name } = workflow;
			console.log(JSON.stringify({ workflow: name, status: execution.status, messages, statuses }));
			return exitCode;
		}

		console.log(`
In n8n's editor:
  sending:   ${n8n.url}/workflow/${workflow.id}
  tracking:  ${n8n.url}/workflow/${tracking.id}
  e-mail:    ${n8n.owner.email}
  password:  ${n8n.owner.password}
What the sandbox has accepted: ${sandbox.url}/_sandbox/messages
Ctrl-C stops everything.`);
		await askedToStop();
		console.error('Stopping ...');
		return exitCode;
	} finally {
		await stop();
	}
}
