import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { N8N_VERSION } from '../../scripts/n8n/install.mjs';
import {
	MAIN_ENVIRONMENT,
	queueEnvironment,
	WORKER_ENVIRONMENT,
} from '../../scripts/n8n/queue.mjs';
import { ROOT } from '../../scripts/root.mjs';

interface Service {
	image: string;
	command?: string | string[];
	entrypoint?: string[];
	environment?: Record<string, string>;
	volumes: string[];
	ports?: string[];
	depends_on?: Record<string, { condition: string }>;
	healthcheck?: object;
	deploy?: { replicas: number };
}

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const { name, version } = JSON.parse(read('package.json'));
const FILES = ['docker/compose.yaml', 'docker/compose.queue.yaml'];
const composed = (file: string): { services: Record<string, Service>; volumes: object } =>
	parse(read(file), { merge: true });

const NODES = '/home/node/.n8n/nodes';
/** What a service of these files may say; Compose refuses words that it does not know. */
const WORDS = [
	'command',
	'depends_on',
	'deploy',
	'entrypoint',
	'environment',
	'healthcheck',
	'image',
	'ports',
	'restart',
	'stop_grace_period',
	'volumes',
];

/** What reaches npm, without what Compose puts in. */
const installed = ({ command, entrypoint }: Service): string[] => [
	...(entrypoint ?? []),
	...(Array.isArray(command) ? command : []),
];

describe.each(FILES)('%s', (file) => {
	const { services, volumes } = composed(file);
	const ofN8n = Object.entries(services).filter(
		([service, { image }]) => image.includes('n8nio') && service !== 'nodes',
	);

	it('uses words that Compose knows', () => {
		for (const service of Object.values(services))
			expect(WORDS).toEqual(expect.arrayContaining(Object.keys(service)));
	});

	it('runs the n8n that the tests run', () => {
		expect(ofN8n).not.toEqual([]);
		for (const [, { image }] of ofN8n) expect(image).toBe(`docker.n8n.io/n8nio/n8n:${N8N_VERSION}`);
	});

	it('installs this version of the package where n8n looks for it, before n8n starts', () => {
		const { nodes } = services;
		expect(installed(nodes).slice(0, 2)).toEqual(['npm', 'install']);
		expect(installed(nodes)).toContain(`\${PACKAGE:-${name}@${version}}`);
		const [, prefix] =
			installed(nodes)
				.join(' ')
				.match(/--prefix=(\S+)/) ?? [];
		for (const [, { volumes, depends_on }] of ofN8n) {
			expect(depends_on?.nodes.condition).toBe('service_completed_successfully');
			// The same volume in both, seen from n8n at the folder of its nodes.
			const [volume] = nodes.volumes.filter((one) => prefix.startsWith(one.split(':')[1]));
			const [from, to] = volume.split(':');
			const seen = volumes.find((one) => one.startsWith(`${from}:`))?.split(':')[1];
			expect(`${seen}${prefix.slice(to.length)}`).toBe(NODES);
		}
	});

	it('refers to nothing that is not there', () => {
		for (const { depends_on = {}, volumes: mounts = [] } of Object.values(services)) {
			expect(Object.keys(services)).toEqual(expect.arrayContaining(Object.keys(depends_on)));
			const named = mounts
				.map((mount) => mount.split(':')[0])
				.filter((one) => !one.startsWith('.'));
			expect(Object.keys(volumes)).toEqual(expect.arrayContaining(named));
		}
		for (const { depends_on = {} } of Object.values(services))
			for (const [service, { condition }] of Object.entries(depends_on))
				if (condition === 'service_healthy') expect(services[service].healthcheck).toBeDefined();
	});

	it('opens its ports to this machine only', () => {
		for (const { ports = [] } of Object.values(services))
			for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
	});

	it('waits longer for n8n to end than n8n waits for what it sends', () => {
		for (const [, service] of ofN8n) {
			const { stop_grace_period, environment } = service as Service & { stop_grace_period: string };
			expect(parseInt(stop_grace_period)).toBeGreaterThan(
				Number(environment?.N8N_GRACEFUL_SHUTDOWN_TIMEOUT),
			);
		}
	});
});

describe('queue mode', () => {
	const { main, worker, webhook, postgres } = composed('docker/compose.queue.yaml').services;

	it('has the environment that queue mode is tested with', () => {
		const tested = queueEnvironment({
			version: N8N_VERSION,
			redis: { host: 'redis', port: 6379 },
			postgres: {
				host: 'postgres',
				port: 5432,
				database: String(postgres.environment?.POSTGRES_DB),
				user: String(postgres.environment?.POSTGRES_USER),
				password: String(postgres.environment?.POSTGRES_PASSWORD),
			},
			webhookUrl: '',
		});
		const usual = ['QUEUE_BULL_REDIS_PORT', 'DB_POSTGRESDB_PORT'];
		const own = ['N8N_WEBHOOK_URL'];
		for (const { environment = {} } of [main, worker, webhook]) {
			const keys = Object.keys(tested).filter((key) => !usual.includes(key));
			expect(Object.keys(environment)).toEqual(expect.arrayContaining(keys));
			for (const key of keys.filter((key) => !own.includes(key)))
				expect(environment[key]).toBe(tested[key]);
			expect(environment).toMatchObject({ ...WORKER_ENVIRONMENT, ...worker.environment });
		}
		expect(main.environment).toMatchObject(MAIN_ENVIRONMENT);
	});

	it('has two workers and a webhook processor', () => {
		expect(worker.command).toMatch(/^worker /);
		expect(worker.deploy?.replicas).toBe(2);
		expect(webhook.command).toBe('webhook');
	});
});

it('every variable is explained in .env.example', () => {
	const used = FILES.flatMap((file) => [...read(file).matchAll(/\$\{(\w+)/g)]).map(
		([, key]) => key,
	);
	const explained = [...read('docker/.env.example').matchAll(/^#?(\w+)=/gm)].map(([, key]) => key);
	expect([...new Set(used)].sort()).toEqual(explained.sort());
});
