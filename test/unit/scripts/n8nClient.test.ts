import { stringify } from 'flatted';
import { connectN8n } from '../../../scripts/n8n/client.mjs';
import { openHttp } from '../../../scripts/n8n/client/http.mjs';
import { breaks, type FakeN8n, says, startFakeN8n } from './fakeN8n';

const OWNER = { email: 'owner@example.com', password: 'Owner1-password' };
const UNPUBLISHING = says(409, {
	code: 409,
	message: 'Workflow is still being unpublished. Please try again in a few moments.',
});
const STARTING = says(200, 'n8n is starting up. Please wait');
const NO_DATABASE = says(503, { code: 503, message: 'Database is not ready!' });

let fake: FakeN8n;
beforeEach(async () => void (fake = await startFakeN8n()));
afterEach(async () => await fake.stop());

const connected = async () => await connectN8n({ url: fake.url, owner: OWNER, session: 'a=1' });
const times = (request: string) => fake.asked.filter((one) => one === request).length;

describe('what n8n does not do yet is waited for', () => {
	it('a workflow that is still being unpublished is deleted once it may be', async () => {
		fake.plan('POST /rest/workflows/w1/archive', says(200));
		fake.plan('DELETE /rest/workflows/w1', UNPUBLISHING, UNPUBLISHING, says(200));
		await (await connected()).deleteWorkflow('w1');
		expect(times('POST /rest/workflows/w1/archive')).toBe(1);
		expect(times('DELETE /rest/workflows/w1')).toBe(3);
	});

	it('a workflow is published although n8n was still busy with it', async () => {
		fake.plan('GET /rest/workflows/w1', says(200, { data: { versionId: 'v1' } }));
		fake.plan('POST /rest/workflows/w1/activate', UNPUBLISHING, says(200));
		fake.plan(
			'GET /rest/workflows/w1/publication-status',
			says(200, { data: { status: 'pending', triggers: [] } }),
			says(200, { data: { status: 'published', triggers: [] } }),
		);
		await (await connected()).activateWorkflow('w1');
		expect(times('POST /rest/workflows/w1/activate')).toBe(2);
	});

	it('signing in goes on when n8n has had too many of them, after the time that it names', async () => {
		fake.plan('GET /rest/settings', says(200, { data: { userManagement: {} } }));
		const tooMany = says(429, { message: 'Too many requests' }, { 'retry-after': '1' });
		const welcome = says(200, {}, { 'set-cookie': 'n8n-auth=token; Path=/' });
		fake.plan('POST /rest/login', tooMany, welcome);
		const start = Date.now();
		const client = await connectN8n({ url: fake.url, owner: OWNER });
		expect(Date.now() - start).toBeGreaterThanOrEqual(990);
		expect(client.http.defaults.headers.common.Cookie).toBe('n8n-auth=token');
	});

	it('an n8n that is starting is no n8n without an owner', async () => {
		const settings = says(200, { data: { userManagement: { showSetupOnFirstLoad: true } } });
		fake.plan('GET /rest/settings', NO_DATABASE, STARTING, settings);
		fake.plan('POST /rest/owner/setup', NO_DATABASE, says(200, {}, { 'set-cookie': 'c=1' }));
		await connectN8n({ url: fake.url, owner: OWNER });
		expect(times('POST /rest/owner/setup')).toBe(2);
		expect(times('POST /rest/login')).toBe(0);
	});

	// n8n 1 stores in two steps that an execution has ended and what has become of it.
	it.each([
		['just begun', undefined],
		['waited for an answer, and goes on', 'Ask'],
	])('an execution has ended once it is stored whole, where it had %s', async (_, last) => {
		const stored = (lastNodeExecuted: string | undefined, nodeExecutionStack: object[]) => {
			const data = { resultData: { lastNodeExecuted }, executionData: { nodeExecutionStack } };
			return says(200, { data: { status: 'success', data: stringify(data) } });
		};
		const before = stored(last, [{ node: { name: 'Next' } }]);
		fake.plan('GET /rest/executions/1', before, before, stored('After', []));
		const { data } = await (await connected()).finishedExecution('1');
		expect(data.resultData.lastNodeExecuted).toBe('After');
	});

	it('an execution that ends while n8n lists what runs and what has ended is listed once', async () => {
		const running = { id: '1', status: 'running' };
		const ended = { id: '1', status: 'success' };
		fake.plan('GET /rest/executions', (response, request) => {
			const { searchParams } = new URL(request.url ?? '', fake.url);
			const { status } = JSON.parse(searchParams.get('filter') ?? '{}');
			// Without a status n8n asks its database twice.
			says(200, { data: { results: status ? [ended] : [running, ended] } })(response, request);
		});
		expect(await (await connected()).executions({ workflowId: 'w1' })).toEqual([ended]);
	});

	it('a connection that breaks is made again, to read', async () => {
		fake.plan('GET /types/nodes.json', breaks, says(200, [{ name: 'bird' }]));
		expect(await (await connected()).nodeTypes()).toEqual([{ name: 'bird' }]);
	});
});

describe('nothing is done twice, and no failure is hidden', () => {
	it('a change whose connection breaks is not repeated: n8n may have made it', async () => {
		fake.plan('POST /rest/workflows', breaks);
		await expect(
			(await connected()).importWorkflow({ name: 'One', nodes: [], connections: {} }),
		).rejects.toThrow('POST /rest/workflows: ');
		expect(times('POST /rest/workflows')).toBe(1);
	});

	it('no request goes out on a connection that n8n may be about to close', async () => {
		fake.plan('GET /types/nodes.json', says(200, []));
		const client = await connected();
		for (let request = 0; request < 3; request++) await client.nodeTypes();
		expect(fake.sockets.size).toBe(3);
	});

	it.each([
		['another conflict', 409, 'There is a conflict with one of the webhooks.'],
		['a mistake', 400, 'Workflow is already archived.'],
		['a fault', 500, 'Internal error'],
		['a service that n8n lacks', 503, 'The AI service is not there.'],
	])("%s is an answer, told in n8n's words", async (_, status, message) => {
		fake.plan('POST /rest/workflows/w1/archive', says(status, { message }));
		await expect((await connected()).deleteWorkflow('w1')).rejects.toThrow(
			`POST /rest/workflows/w1/archive: ${status} ${message}`,
		);
		expect(times('POST /rest/workflows/w1/archive')).toBe(1);
	});

	it('the wait has an end, and the error says how long it was', async () => {
		fake.plan('DELETE /rest/workflows/w1', UNPUBLISHING);
		const http = openHttp(fake.url, { unpublishing: 300 });
		await expect(http.delete('/rest/workflows/w1')).rejects.toThrow(
			/^DELETE \/rest\/workflows\/w1: 409 Workflow is still being unpublished.* \(still so after 0\.\d s\)$/,
		);
		expect(times('DELETE /rest/workflows/w1')).toBeGreaterThan(1);
	});

	it('a connection that always breaks is told of', async () => {
		fake.plan('GET /types/nodes.json', breaks);
		const http = openHttp(fake.url, { connection: 200 });
		await expect(http.get('/types/nodes.json')).rejects.toThrow('GET /types/nodes.json: ');
	});

	it('what was sent is not in the error: it may hold secrets', async () => {
		fake.plan('POST /rest/credentials', says(400, { message: 'No' }));
		const creating = (await connected()).importCredentials([
			{ name: 'Bird', type: 'birdChannelsApi', data: { accessKey: 'a-secret' } },
		]);
		const error = await creating.catch((reason: unknown) => reason);
		expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('a-secret');
	});
});
