import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import { startPostgres } from '../setup/postgres.mjs';
import { startRedis } from '../setup/redis.mjs';
import { ensureN8n } from './install.mjs';
import { packPackage } from './package.mjs';
import { startProcess } from './process.mjs';
import { signedIn } from './start.mjs';

/** n8n takes a worker for gone when it has said nothing for a minute; with these it takes less. */
export const SOON_GONE = {
	QUEUE_WORKER_LOCK_DURATION: '15000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '2000',
};

/**
 * @typedef {object} QueueOptions
 * @property {string} [version]
 * @property {number} [workers]
 * @property {number} [webhookProcessors]
 * @property {string} [tarball] the packed package; dist is packed by default
 * @property {NodeJS.ProcessEnv} [env] of all processes, on top of what they get anyway
 */

/** @typedef {import('./process.mjs').N8nProcess} N8nProcess */

/**
 * n8n in queue mode. Its client talks to the main process.
 *
 * @typedef {import('./client.mjs').N8nClient & {
 *   main: N8nProcess,
 *   workers: N8nProcess[],
 *   webhookProcessors: N8nProcess[],
 *   webhookUrl: string,
 *   killWorker: (index: number) => Promise<void>,
 *   stop: () => Promise<void>,
 * }} RunningQueue
 */

/** @param {Array<{ stop: () => Promise<void> }>} servers */
const stopAll = (servers) => Promise.all(servers.map(({ stop }) => stop()));

/**
 * Starts n8n in queue mode, as one does who outgrows one machine: a main process, workers and
 * webhook processors with one encryption key, each with a user folder of its own and the package
 * in it, on Redis and PostgreSQL.
 *
 * @param {QueueOptions} [options]
 * @returns {Promise<RunningQueue>}
 */
export async function startQueue({ version, workers = 2, webhookProcessors = 1, ...options } = {}) {
	const n8n = await ensureN8n(version);
	const folder = await mkdtemp(join(tmpdir(), 'n8n-queue-'));
	/** @type {Array<{ stop: () => Promise<void> }>} */
	const stores = [];
	/** @type {N8nProcess[]} */
	const processes = [];

	async function stop() {
		// n8n ends with its database and its queue still there.
		await stopAll(processes);
		await stopAll(stores);
		await rm(folder, { recursive: true, force: true });
	}

	try {
		const tarball = options.tarball ?? (await packPackage(folder));
		const redis = await startRedis();
		stores.push(redis);
		const postgres = await startPostgres();
		stores.push(postgres);
		// The load balancer of a real installation; here it is one of the processors.
		const webhookPort = await getPort();
		const webhookUrl = `http://127.0.0.1:${webhookPort}`;
		const shared = {
			EXECUTIONS_MODE: 'queue',
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			QUEUE_BULL_REDIS_HOST: redis.host,
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: postgres.host,
			DB_POSTGRESDB_PORT: String(postgres.port),
			DB_POSTGRESDB_DATABASE: postgres.database,
			DB_POSTGRESDB_USER: postgres.user,
			DB_POSTGRESDB_PASSWORD: postgres.password,
			[n8n.version.startsWith('1.') ? 'WEBHOOK_URL' : 'N8N_WEBHOOK_URL']: `${webhookUrl}/`,
			N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
			...options.env,
		};
		let started = 0;
		/**
		 * @param {'start' | 'worker' | 'webhook'} command
		 * @param {number} [wantedPort]
		 */
		const start = async (command, wantedPort) => {
			const port = wantedPort ?? (await getPort());
			const health = {
				QUEUE_HEALTH_CHECK_ACTIVE: 'true',
				QUEUE_HEALTH_CHECK_PORT: String(port),
				N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
			};
			const server = await startProcess({
				n8n,
				command,
				userFolder: join(folder, `${command}-${started++}`),
				tarball,
				port,
				env: { ...shared, ...(command === 'worker' && health) },
			});
			processes.push(server);
			return server;
		};

		// The first process brings the database up to date.
		const main = await start('start');
		const client = await signedIn(main);
		const others = await allStarted([
			...Array.from({ length: workers }, () => start('worker')),
			...Array.from({ length: webhookProcessors }, (_, index) =>
				start('webhook', index === 0 ? webhookPort : undefined),
			),
		]);
		const running = others.slice(0, workers);
		return {
			...client,
			main,
			workers: running,
			webhookProcessors: others.slice(workers),
			webhookUrl,
			killWorker: (index) => running[index].kill(),
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

/**
 * Waits for all of them even if one fails, so that those that have started can be stopped.
 *
 * @template T
 * @param {Promise<T>[]} starting
 * @returns {Promise<T[]>}
 */
async function allStarted(starting) {
	await Promise.allSettled(starting);
	return await Promise.all(starting);
}
