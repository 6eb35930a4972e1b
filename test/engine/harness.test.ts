import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEngine, type Engine } from './support/engine';

const packageDir = join(__dirname, 'support/fixture');

interface Seen {
	path: string;
	headers: IncomingMessage['headers'];
	body: Record<string, string>;
	aborted: boolean;
}

/** A vendor with three moods: `bad` is refused, `slow` never answers, everything else is accepted. */
class Vendor {
	readonly seen: Seen[] = [];
	url = '';
	private server!: Server;

	async open() {
		this.server = createServer(async (request, response) => {
			let text = '';
			for await (const chunk of request) text += chunk;
			const body = text ? JSON.parse(text) : {};
			const seen = { path: request.url ?? '', headers: request.headers, body, aborted: false };
			this.seen.push(seen);
			response.on('close', () => (seen.aborted = !response.writableFinished));
			if (body.text === 'slow') return;
			const refused = body.text === 'bad' || request.headers.authorization === 'Key revoked';
			response.statusCode = refused ? (body.text ? 400 : 403) : 200;
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify(refused ? { message: 'No' } : { id: `m-${body.text}` }));
		});
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	async close() {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}

async function until(condition: () => boolean) {
	for (let tries = 0; tries < 200 && !condition(); tries++) {
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
	expect(condition()).toBe(true);
}

const vendor = new Vendor();
let engine: Engine;
let credentials: { fixtureApi: { key: string; baseUrl: string } };

beforeAll(async () => {
	await vendor.open();
	credentials = { fixtureApi: { key: 'k1', baseUrl: vendor.url } };
	engine = await loadEngine({ packageDir });
});
afterAll(async () => await vendor.close());
beforeEach(() => void vendor.seen.splice(0));

const send = { type: 'fixture', parameters: { operation: 'send', text: '={{ $json.text }}' } };
const texts = (...all: string[]) => all.map((text) => ({ json: { text } }));

describe('a declarative operation', () => {
	it('resolves expressions, authenticates, sends and pairs', async () => {
		const run = await engine.run({
			node: send,
			credentials,
			items: texts('a', 'b'),
			trace: true,
		});
		expect(run).toMatchObject({ status: 'success', json: [[{ id: 'm-a' }, { id: 'm-b' }]] });
		expect(run.error).toBeUndefined();
		expect(run.origins).toEqual([[0, 1]]);
		expect(vendor.seen[0]).toMatchObject({
			path: '/messages?tenant=fixture',
			headers: { authorization: 'Key k1' },
			body: { text: 'a' },
		});
	});

	it('stops at the first failure and keeps what n8n would show', async () => {
		const run = await engine.run({ node: send, credentials, items: texts('a', 'bad') });
		expect(run.status).toBe('error');
		expect(run.output).toEqual([]);
		expect(run.error).toMatchObject({
			name: 'NodeApiError',
			httpCode: '400',
			context: { itemIndex: 1 },
		});
	});

	it('continues on the regular output', async () => {
		const run = await engine.run({
			node: { ...send, onError: 'continueRegularOutput' },
			credentials,
			items: texts('bad', 'b'),
		});
		expect(run.status).toBe('success');
		expect(run.json[0]).toEqual([{ error: expect.any(String) }, { id: 'm-b' }]);
	});

	it('continues on the error output, where n8n loses the pairing', async () => {
		const run = await engine.run({
			node: { ...send, onError: 'continueErrorOutput' },
			credentials,
			items: texts('bad', 'b'),
			trace: true,
		});
		expect(run.json).toEqual([[{ id: 'm-b' }], [{ error: expect.any(String) }]]);
		expect(run.origins).toEqual([[null], [null]]);
	});

	it('is run again as a whole by Retry On Fail', async () => {
		const node = { ...send, retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		const run = await engine.run({ node, credentials, items: texts('a', 'bad') });
		expect(run.status).toBe('error');
		expect(vendor.seen.map(({ body }) => body.text).sort()).toEqual(['a', 'a', 'bad', 'bad']);
	});

	it('runs once for all items when told so', async () => {
		const run = await engine.run({
			node: { ...send, executeOnce: true },
			credentials,
			items: texts('a', 'b'),
		});
		expect(run.json).toEqual([[{ id: 'm-a' }]]);
	});

	it('breaks off its request when the execution is cancelled', async () => {
		const execution = engine.start({ node: send, credentials, items: texts('slow') });
		await until(() => vendor.seen.length > 0);
		execution.cancel();
		const run = await execution.result;
		expect(run.status).toBe('canceled');
		await until(() => vendor.seen[0].aborted);
	});

	it('reports a required field that is empty', async () => {
		const run = await engine.run({ node: { type: 'fixture' }, credentials });
		expect(run.status).toBe('error');
		expect(run.error?.name).toBe('WorkflowHasIssuesError');
	});

	it('reports a vendor that cannot be reached', async () => {
		const run = await engine.run({ node: send, credentials: { fixtureApi: { key: 'k' } } });
		expect(run.error).toMatchObject({ name: 'NodeApiError' });
		expect(run.error?.messages?.[0]).toContain('ECONNREFUSED');
	});
});

describe('a custom operation', () => {
	const count = { type: 'fixture', parameters: { operation: 'count' } };

	it('shares module-level state with the runs beside it, but not with another process', async () => {
		const runs = [engine.run({ node: count }), engine.run({ node: count })];
		const calls = (await Promise.all(runs)).map(({ json }) => json[0][0].calls);
		expect(calls).toEqual([1, 2]);
		const other = await loadEngine({ packageDir });
		expect((await other.run({ node: count })).json).toEqual([[{ calls: 1 }]]);
		expect(other.logs).toContainEqual(expect.objectContaining({ message: 'Counting' }));
	});

	it('is told when the execution is cancelled', async () => {
		const run = await engine.run({
			node: { type: 'fixture', parameters: { operation: 'wait' } },
			cancelAfterMs: 20,
		});
		expect(run).toMatchObject({ status: 'canceled', json: [[{ stopped: true }]] });
	});

	it.each(['memory', 'filesystem'] as const)('reads and makes binary data in %s', async (mode) => {
		const { run, binary } = await loadEngine({ packageDir, binaryData: mode });
		const data = await binary('hello', { fileName: 'a.txt', mimeType: 'text/plain' });
		const { output } = await run({
			node: { type: 'fixture', parameters: { operation: 'measure' } },
			items: [{ json: {}, binary: { data } }],
		});
		const [item] = output[0];
		expect(item.json.bytes).toBe(5);
		expect(item.binary?.copy).toMatchObject({ fileName: 'copy.txt', bytes: 5 });
		expect(typeof item.json.id).toBe(mode === 'filesystem' ? 'string' : 'undefined');
	});
});

describe('a credential', () => {
	const test = async (key: string, baseUrl = vendor.url) =>
		await engine.testCredential('fixtureApi', { key, baseUrl });

	it('is tested by its request and its rules', async () => {
		expect(await test('k1')).toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(vendor.seen[0]).toMatchObject({
			path: '/me?tenant=fixture',
			headers: { authorization: 'Key k1' },
		});
		expect(await test('revoked')).toEqual({ status: 'Error', message: 'The key is revoked' });
		expect(await test('k1', 'http://127.0.0.1:9')).toEqual({
			status: 'Error',
			message: 'ECONNREFUSED',
		});
	});
});

describe('pickers', () => {
	it('are called with the parameters, the credential, the filter and the page', async () => {
		const list = await engine.listSearch('fixture', 'searchTexts', {
			credentials,
			filter: 'he',
			paginationToken: '1',
		});
		expect(list).toEqual({
			results: [{ name: 'k1 send he 1', value: 'k1 send he 1' }],
			paginationToken: '2',
		});
		const parameters = { text: 'Hello' };
		expect(await engine.loadOptions('fixture', 'getTexts', { parameters })).toEqual([
			{ name: 'Hello', value: 'text' },
		]);
		expect(await engine.resourceMapping('fixture', 'getFields')).toEqual({ fields: [] });
		await expect(engine.loadOptions('fixture', 'searchTexts')).rejects.toThrow('it has getTexts');
	});
});

describe('a trigger', () => {
	const node = { type: 'fixtureTrigger' };
	const sign = (secret: unknown, rawBody: string) => ({
		'content-type': 'application/json',
		'x-signature': createHmac('sha256', String(secret)).update(rawBody).digest('hex'),
	});

	it('registers, answers signed requests and keeps its static data', async () => {
		const trigger = { node, credentials, staticData: {} as { secret?: string; last?: string } };
		expect(await engine.hook('checkExists', trigger)).toBe(false);
		await engine.hook('create', { ...trigger, webhookUrl: 'https://n8n.example/hook' });
		expect(await engine.hook('checkExists', trigger)).toBe(true);
		const { secret } = trigger.staticData;
		expect(vendor.seen[0].body).toEqual({ url: 'https://n8n.example/hook', secret });

		const post = async (type: string) => {
			const rawBody = JSON.stringify({ type });
			return await engine.webhook({ ...trigger, rawBody, headers: sign(secret, rawBody) });
		};
		const started = await post('delivered');
		expect(started).toMatchObject({ status: 200, body: '' });
		expect(started.workflowData).toEqual([[{ json: { type: 'delivered' } }]]);
		expect(trigger.staticData).toEqual({ secret, last: 'delivered' });
		expect(await post('ping')).toMatchObject({ status: 200, body: 'pong' });
		expect((await post('hang')).error?.message).toContain('the vendor would wait');

		const forged = await engine.webhook({ ...trigger, body: { type: 'delivered' } });
		expect(forged).toMatchObject({ status: 401, body: 'Unauthorized' });
		expect(forged.workflowData).toBeUndefined();
		expect((await engine.webhook({ ...trigger, method: 'GET' })).status).toBe(404);

		await engine.hook('delete', trigger);
		expect(trigger.staticData).toEqual({ last: 'delivered' });
	});

	it('listens at the address that it has registered', async () => {
		const active = await engine.activate({ node, credentials });
		const { url, secret } = vendor.seen[0].body;
		expect(url).toBe(active.url);
		const body = '{"type":"read"}';
		await fetch(url, { method: 'POST', body, headers: sign(secret, body) });
		expect(await active.started(1)).toEqual([[[{ json: { type: 'read' } }]]]);
		await active.deactivate();
		expect(active.staticData).toEqual({ last: 'read' });
	});
});

describe('a package that is not built', () => {
	it('is refused with the way out', async () => {
		const unbuilt = mkdtempSync(join(tmpdir(), 'unbuilt-'));
		const nodes = ['dist/nodes/Bird/Bird.node.js'];
		writeFileSync(join(unbuilt, 'package.json'), JSON.stringify({ name: 'x', n8n: { nodes } }));
		await expect(loadEngine({ packageDir: unbuilt })).rejects.toThrow(
			'dist/nodes/Bird/Bird.node.js is not built. Run `npm run build` first.',
		);
		rmSync(unbuilt, { recursive: true });
	});
});

describe('a workflow', () => {
	const link = (...names: string[]) => ({
		main: names.map((name) => [{ node: name, type: 'main' as const, index: 0 }]),
	});
	const rule = (leftValue: string, rightValue: string) => ({
		options: { caseSensitive: true, typeValidation: 'strict', version: 2 },
		conditions: [
			{ id: '1', leftValue, rightValue, operator: { type: 'string', operation: 'equals' } },
		],
		combinator: 'and',
	});

	it('runs between stand-ins for the nodes of n8n', async () => {
		const jsCode = "return ['a', 'b', 'bad'].map((text) => ({ json: { text } }))";
		const assignments = [{ id: '1', name: 'sent.id', value: '={{ $json.id }}', type: 'string' }];
		const ifBad = rule('={{ $json.text }}', 'bad');
		const base = 'n8n-nodes-base';
		const run = await engine.run({
			credentials,
			workflow: {
				nodes: [
					{ name: 'Start', type: `${base}.manualTrigger` },
					{ name: 'Note', type: `${base}.stickyNote`, parameters: { content: 'Hello' } },
					{ name: 'Texts', type: `${base}.code`, parameters: { jsCode } },
					{ name: 'Bad?', type: `${base}.if`, parameters: { conditions: ifBad } },
					{ ...send, name: 'Send', type: 'n8n-nodes-fixture.fixture' },
					{
						name: 'Keep',
						type: `${base}.set`,
						parameters: { assignments: { assignments }, includeOtherFields: true },
					},
					{ name: 'Ignored', type: `${base}.noOp` },
				],
				connections: {
					Start: link('Texts'),
					Texts: link('Bad?'),
					'Bad?': link('Ignored', 'Send'),
					Send: link('Keep'),
				},
			},
		});
		expect(run.error).toBeUndefined();
		expect(run.json).toEqual([[{ id: 'm-a' }, { id: 'm-b' }]]);
		expect(run.of('Ignored')[0]).toHaveLength(1);
		expect(run.of('Keep')[0][1].json).toEqual({ id: 'm-b', sent: { id: 'm-b' } });
	});
});
