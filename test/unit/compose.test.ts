import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { N8N_VERSION } from '../../scripts/n8n/install.mjs';
import { ROOT } from '../../scripts/root.mjs';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const compose = parse(read('docker/compose.yaml'), { merge: true });
const { name, version } = JSON.parse(read('package.json'));
const { main, worker, webhook, nodes, redis, postgres } = compose.services;

it('main, workers and webhook processor are the tested n8n with the same settings', () => {
	for (const service of [main, worker, webhook]) {
		expect(service.image).toBe(`docker.n8n.io/n8nio/n8n:${N8N_VERSION}`);
		expect(service.environment).toMatchObject(worker.environment);
	}
	expect(worker.environment).toMatchObject({ EXECUTIONS_MODE: 'queue', DB_TYPE: 'postgresdb' });
	expect(worker.command).toMatch(/^worker /);
	expect(worker.deploy.replicas).toBe(2);
	expect(webhook.command).toBe('webhook');
});

it('each of them has this version of the package, and waits for it', () => {
	expect(nodes.command).toContain(`${name}@${version}`);
	for (const service of [main, worker, webhook]) {
		expect(service.volumes).toContain('nodes:/home/node/.n8n/nodes:ro');
		expect(service.depends_on.nodes.condition).toBe('service_completed_successfully');
	}
});

it('whatever is referred to is there', () => {
	const services = Object.values<Record<string, object>>(compose.services);
	for (const { depends_on = {}, volumes = [] } of services) {
		expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(Object.keys(depends_on)));
		const names = (volumes as string[]).map((volume) => volume.split(':')[0]);
		expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(names));
	}
	expect(redis.healthcheck).toBeDefined();
	expect(worker.environment).toMatchObject({
		QUEUE_BULL_REDIS_HOST: 'redis',
		DB_POSTGRESDB_HOST: 'postgres',
		DB_POSTGRESDB_DATABASE: postgres.environment.POSTGRES_DB,
		DB_POSTGRESDB_USER: postgres.environment.POSTGRES_USER,
		DB_POSTGRESDB_PASSWORD: postgres.environment.POSTGRES_PASSWORD,
	});
});

it('every variable is explained in .env.example', () => {
	const used = [...read('docker/compose.yaml').matchAll(/\$\{(\w+)/g)].map(
		([, variable]) => variable,
	);
	const explained = [...read('docker/.env.example').matchAll(/^(\w+)=/gm)].map(([, key]) => key);
	expect([...new Set(used)].sort()).toEqual(explained.sort());
});
