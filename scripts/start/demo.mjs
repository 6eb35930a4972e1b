import { once } from 'node:events';
import { join } from 'node:path';
import getPort from 'get-port';
import { ensureN8n } from '../n8n/install.mjs';
import { startN8n } from '../n8n/start.mjs';
import { ROOT } from '../root.mjs';
import { withProgress } from '../run/progress.mjs';
import { startSandbox } from '../sandbox.mjs';
import { build } from '../setup/build.mjs';
import { importExample } from './import.mjs';
import { failureOf, messagesOf, table } from './result.mjs';

const EXAMPLE = join(ROOT, 'examples', 'bird-send-message.json');
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
 * Shows the package at work: builds it, starts the sandbox and n8n, runs the example once and,
 * unless it is for once only, leaves the editor open.
 *
 * @param {{ onlyOnce: boolean }} options
 * @returns {Promise<number>} exit code
 */
export async function demo({ onlyOnce }) {
	await build();
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
		const workflow = await importExample(EXAMPLE, n8n, sandbox.vendors);
		const execution = await withProgress(`Running the workflow "${workflow.name}"`, () =>
			/** @type {NonNullable<typeof n8n>} */ (n8n).runWorkflow(workflow.id),
		);

		const messages = messagesOf(execution);
		const failure = failureOf(execution);
		console.log(`\n${table(messages) || 'No message was sent.'}\n`);
		console.log(`The run ended with: ${execution.status}${failure ? ` (${failure})` : ''}`);

		const exitCode = execution.status === 'success' ? 0 : 1;
		if (onlyOnce) {
			await stop();
			const { name } = workflow;
			console.log(JSON.stringify({ workflow: name, status: execution.status, messages }));
			return exitCode;
		}

		console.log(`
The workflow in n8n's editor: ${n8n.url}/workflow/${workflow.id}
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
