import { once } from 'node:events';
import { ensureN8n } from '../n8n/install.mjs';
import { startN8n } from '../n8n/start.mjs';
import { withProgress } from '../run/progress.mjs';
import { allEnded } from '../run/together.mjs';
import { startSandbox } from '../sandbox.mjs';
import { ensureBuilt } from '../setup/build.mjs';
import { expectRoomToRun } from '../setup/room.mjs';
import { accountsIn } from './accounts.mjs';
import { demoExamples } from './examples.mjs';
import { importIntoSandbox } from './import.mjs';
import { usualPort } from './ports.mjs';
import { failureOf, messagesOf, table, unheardOf } from './result.mjs';
import { allowLocalWebhooks, statusesOf } from './track.mjs';

const EDITOR_PORT = 5678;
const SANDBOX_PORT = 4010;

/** @typedef {import('../n8n/client.mjs').N8nClient} N8nClient */
/** @typedef {import('../sandbox.mjs').RunningSandbox} RunningSandbox */
/** @typedef {{ id: string, name: string }} Imported */

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
 * Imports all examples. n8n lists what was changed last first, so they are imported backwards.
 *
 * @param {N8nClient} n8n
 * @param {RunningSandbox} sandbox
 * @returns {Promise<{ all: string[], sending: Imported, tracking: Imported }>}
 */
async function importExamples(n8n, sandbox) {
	const examples = await demoExamples();
	/** @type {Record<string, Imported>} */
	const roles = {};
	for (const { role, workflow } of [...examples].reverse()) {
		const imported = await importIntoSandbox(workflow, n8n, sandbox.vendors);
		if (role === 'tracking') await n8n.activateWorkflow(imported.id);
		if (role) roles[role] = imported;
	}
	const { sending, tracking } = roles;
	return { all: examples.map(({ workflow }) => workflow.name), sending, tracking };
}

/**
 * Shows the package at work: builds it, starts the sandbox and n8n, sends with one example, hears
 * with another what became of the messages and, unless it is for once only, leaves the editor open.
 *
 * @param {{ onlyOnce: boolean }} options
 * @returns {Promise<number>} exit code
 */
export async function demo({ onlyOnce }) {
	await expectRoomToRun();
	await ensureBuilt();
	await ensureN8n();

	const startingSandbox = withProgress('Starting the sandbox', async () =>
		startSandbox({ port: await usualPort(SANDBOX_PORT, 'the sandbox') }),
	);
	const startingN8n = withProgress('Starting n8n', async () =>
		startN8n({ port: await usualPort(EDITOR_PORT, 'n8n') }),
	);
	const starting = [startingSandbox, startingN8n];
	const stop = async () => {
		const started = await Promise.allSettled(starting);
		await Promise.all(started.map((one) => one.status === 'fulfilled' && one.value.stop()));
	};
	try {
		await allEnded(starting);
		const sandbox = await startingSandbox;
		const client = await startingN8n;
		await allowLocalWebhooks(sandbox, 'bird');
		const { all, sending, tracking } = await withProgress('Importing the examples', () =>
			importExamples(client, sandbox),
		);
		const execution = await withProgress(`Running "${sending.name}"`, () =>
			client.runWorkflow(sending.id),
		);

		const messages = messagesOf(execution);
		const failure = failureOf(execution);
		console.log(`\n${table(messages) || 'No message was sent.'}\n`);
		console.log(`The run ended with: ${execution.status}${failure ? ` (${failure})` : ''}\n`);

		const statuses = await withProgress('Waiting for what becomes of the messages', () =>
			statusesOf(client, tracking.id, messages),
		);
		console.log(`\n${table(statuses) || 'No status has come.'}`);
		const unheard = unheardOf(messages, statuses);
		if (unheard) console.error(unheard);

		const isWell = execution.status === 'success' && statuses.length === messages.length;
		const exitCode = isWell ? 0 : 1;
		if (onlyOnce) {
			const credentials = (await client.credentials()).map(({ type }) => type).sort();
			await stop();
			const { status } = execution;
			const result = { workflow: sending.name, status, messages, statuses };
			console.log(JSON.stringify({ ...result, examples: all, credentials }));
			return exitCode;
		}

		console.log(`
In n8n's editor, with a credential for each vendor:
  examples:  ${client.url}/home/workflows (all ${all.length}; each says what it needs, which is nothing but a model for an agent)
  sending:   ${client.url}/workflow/${sending.id}
  tracking:  ${client.url}/workflow/${tracking.id}
  e-mail:    ${client.owner.email}
  password:  ${client.owner.password}

The sandbox, which stands in for the vendors:
  what it has accepted: ${sandbox.url}/_sandbox/messages
${accountsIn(sandbox.vendors).replace(/^/gm, '  ')}

Ctrl-C stops everything.`);
		await askedToStop();
		console.error('Stopping ...');
		return exitCode;
	} finally {
		await stop();
	}
}
