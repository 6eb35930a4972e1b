import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import { startPostgres } from '../setup/postgres.mjs';
import { startRedis } from '../setup/redis.mjs';
import { allEnded } from '../run/together.mjs';
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

/**
 * What makes processes of n8n work together. docker/compose.queue.yaml gives them the same.
 *
 * @param {object} where
 * @param {string} where.version
 * @param {{ host: string, port: number }} where.redis
 * @param {Omit<import('../setup/postgres.mjs').RunningPostgres, 'stop'>} where.postgres
 * @param {string} where.webhookUrl where vendors reach the webhook processors
 * @returns {Record<string, string>}
 */
export const queueEnvironment = ({ version, redis, postgres, webhookUrl }) => ({
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
	[version.startsWith('1.') ? 'WEBHOOK_URL' : 'N8N_WEBHOOK_URL']: `${webhookUrl}/`,
});

/** The main process leaves production webhooks to the webhook processors. */
export const MAIN_ENVIRONMENT = { N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true' };

/** How a worker says that it is well. */
export const WORKER_ENVIRONMENT = { QUEUE_HEALTH_CHECK_ACTIVE: 'true' };

/**
 * The executions of a workflow that each worker has started, in the order of the workers.
 *
 * @param {Pick<RunningQueue, 'workers'>} queue
 * @param {Array<{ id: string }>} executions
 * @returns {Promise<string[][]>}
 */
export async function perWorker({ workers }, executions) {
	const ids = new Set(executions.map(({ id }) => id));
	return await Promise.all(
		workers.map(async (worker) => {
			const lines = (await worker.log()).matchAll(/Worker started execution (\d+)/g);
			return [...lines].map(([, id]) => id).filter((id) => ids.has(id));
		}),
	);
}

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
export async function startQueue({ workers = 2, webhookProcessors = 1, ...options } = {}) {
	const n8n = await ensureN8n(options.version);
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
		/** @template {{ stop: () => Promise<void> }} T @param {T} store */
		const kept = (store) => {
			stores.push(store);
			return store;
		};
		const startingStores = { redis: startRedis().then(kept), postgres: startPostgres().then(kept) };
		await allEnded(Object.values(startingStores));
		const redis = await startingStores.redis;
		const postgres = await startingStores.postgres;
		// The load balancer of a real installation; here it is one of the processors.
		const webhookPort = await getPort();
		const webhookUrl = `http://127.0.0.1:${webhookPort}`;
		const { version } = n8n;
		const shared = {
			...queueEnvironment({ version, redis, postgres, webhookUrl }),
			...MAIN_ENVIRONMENT,
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
				...WORKER_ENVIRONMENT,
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
		const signingIn = signedIn(main);
		const startingWorkers = Array.from({ length: workers }, () => start('worker'));
		const startingProcessors = Array.from({ length: webhookProcessors }, (_, index) =>
			start('webhook', index === 0 ? webhookPort : undefined),
		);
		await allEnded([signingIn, ...startingWorkers, ...startingProcessors]);
		const running = await Promise.all(startingWorkers);
		return {
			...(await signingIn),
			main,
			workers: running,
			webhookProcessors: await Promise.all(startingProcessors),
			webhookUrl,
			killWorker: (index) => running[index].kill(),
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}
