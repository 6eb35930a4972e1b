import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';

import { ScriptedVendor } from '../contract/scriptedVendor';
import { byId } from '../fields/everyField';
import { type Engine, loadEngine } from '../support/engine';

const ID = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

let engine: Engine;
beforeAll(async () => void (engine = await loadEngine()));

const bird = (operation: string, more: IDataObject = {}, onError?: 'continueRegularOutput') => ({
	type: 'bird',
	...(onError && { onError }),
	parameters: {
		resource: 'message',
		operation,
		channelId: byId(ID),
		...(operation === 'bulkSend' ? { recipientField: 'to' } : { recipient: '={{ $json.to }}' }),
		text: 'Hello',
		...more,
	},
});

const sms = () =>
	new ScriptedVendor({
		recipientsOf: () => ['somebody'],
		answerTo: ({ body }) => ({
			status: 202,
			body:
				'messageRequests' in (body as object) ? { batchId: ID } : { id: ID, status: 'accepted' },
		}),
	});

describe.each(['send', 'bulkSend'])(
	'a credential that is another for each item: %s',
	(operation) => {
		it("sends each item with its own key to its own address, and no other's", async () => {
			const vendors = { a: sms(), b: sms() };
			const urls = { a: await vendors.a.open(), b: await vendors.b.open() };
			try {
				const items = (['a', 'b', 'a'] as const).map((who, index) => ({
					json: { url: urls[who], key: `key-of-${who}-0123456789`, to: `+1415555012${index}`, who },
				}));
				const { error, json } = await engine.run({
					node: bird(operation),
					credentials: {
						birdChannelsApi: {
							accessKey: '={{ $json.key }}',
							workspaceId: ID,
							baseUrl: '={{ $json.url }}',
						},
					},
					items,
				});
				expect(error).toBeUndefined();
				expect(json[0]).toHaveLength(3);
				for (const [who, others] of [
					['a', 'b'],
					['b', 'a'],
				] as const) {
					const seen = JSON.stringify(vendors[who].requests);
					expect(vendors[who].requests.length).toBeGreaterThan(0);
					expect(seen).toContain(`key-of-${who}`);
					expect(seen).not.toContain(`key-of-${others}`);
					const own = items.filter((item) => item.json.who === who).map((item) => item.json.to);
					const foreign = items.filter((item) => item.json.who !== who).map((item) => item.json.to);
					for (const to of own) expect(seen).toContain(to);
					for (const to of foreign) expect(seen).not.toContain(to);
				}
			} finally {
				await Promise.all([vendors.a.close(), vendors.b.close()]);
			}
		});
	},
);

describe('a proxy that cannot be used', () => {
	it.each(['socks5://ana:p4ssw0rd@127.0.0.1:9', 'http://ana:p4ssw0rd@%ZZ:9', 'p4ssw0rd'])(
		'is refused without a word of its password: %s',
		async (proxy) => {
			const { json } = await engine.run({
				node: bird('send', { requestOptions: { proxy } }, 'continueRegularOutput'),
				credentials: {
					birdChannelsApi: { accessKey: 'k', workspaceId: ID, baseUrl: 'http://127.0.0.1:9' },
				},
				items: [{ json: { to: '+14155550123' } }],
			});
			expect(json[0]).toMatchObject([{ details: { outcome: 'not_sent' } }]);
			expect(json[0][0].error).toContain('Proxy is not an address that can be used');
			expect(JSON.stringify([json, engine.logs])).not.toContain('p4ssw0rd');
		},
	);

	it('may have a stray % in its password', async () => {
		const { json } = await engine.run({
			node: bird(
				'send',
				{ requestOptions: { proxy: 'http://ana:p4%ZZ@127.0.0.1:9' } },
				'continueRegularOutput',
			),
			credentials: {
				birdChannelsApi: { accessKey: 'k', workspaceId: ID, baseUrl: 'http://127.0.0.1:9' },
			},
			items: [{ json: { to: '+14155550123' } }],
		});
		expect(String(json[0][0].error)).toMatch(/could not be reached/);
	});
});

describe('an answer that drips', () => {
	let server: Server;
	let baseUrl: string;
	beforeAll(async () => {
		server = createServer((_request, response) => {
			response.writeHead(202, { 'content-type': 'application/json' });
			const drip = setInterval(() => response.write(' '), 50);
			response.on('close', () => clearInterval(drip));
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	afterAll(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});

	it('does not outlive the time-out, nor keep the place of the next', async () => {
		const start = performance.now();
		const { json } = await engine.run({
			node: bird('send', { options: { timeout: 0.4, maxInFlight: 1 } }, 'continueRegularOutput'),
			credentials: { birdChannelsApi: { accessKey: 'k', workspaceId: ID, baseUrl } },
			items: ['+14155550120', '+14155550121'].map((to) => ({ json: { to } })),
		});
		expect(json[0]).toMatchObject([
			{ details: { outcome: 'unknown', code: 'ETIMEDOUT' } },
			{ details: { outcome: 'unknown', code: 'ETIMEDOUT' } },
		]);
		expect(performance.now() - start).toBeLessThan(20_000);
	});
});

describe('an answer that echoes the key', () => {
	it.each([true, false])(
		'is freed of it, also where it is a success (Simplify %p)',
		async (simplify) => {
			const key = 'sk_"echo&0123456789';
			const vendor = new ScriptedVendor({
				recipientsOf: () => ['somebody'],
				answerTo: () => ({
					status: 202,
					body: { id: ID, status: 'accepted', reference: key, tags: [`for ${key}`, { [key]: 1 }] },
				}),
			});
			const baseUrl = await vendor.open();
			try {
				const { error, json } = await engine.run({
					node: bird('send', { simplify }),
					credentials: { birdChannelsApi: { accessKey: key, workspaceId: ID, baseUrl } },
					items: [{ json: { to: '+14155550123' } }],
				});
				expect(error).toBeUndefined();
				expect(json[0][0]).toMatchObject({ reference: '***' });
				expect(JSON.stringify(json)).not.toContain('echo');
			} finally {
				await vendor.close();
			}
		},
	);
});

describe.each([
	['bird', 'searchChannels', 'birdChannelsApi', 'accessKey'],
	['sent', 'searchTemplates', 'sentDmApi', 'apiKey'],
	['conduit', 'searchWorkspaces', 'conduitAiApi', 'apiToken'],
	['aelyst', 'searchContacts', 'aelystApi', 'accessToken'],
	['votel', 'searchChannels', 'votelApi', 'apiKey'],
])('a list of %s in the editor that echoes the key', (node, picker, type, field) => {
	const key = 'sk_"echo&0123456789';
	const entry = { id: ID, name: `for ${key}`, displayName: key, title: key, firstName: key };

	it.each([
		['a refusal', 403, { message: `Bad ${key}`, code: key, error: { message: key, code: key } }],
		['a success', 200, { success: true, results: [entry], data: [entry], items: [entry] }],
	])('is freed of it: %s', async (_what, status, body) => {
		const vendor = new ScriptedVendor({
			recipientsOf: () => [],
			answerTo: () => ({ status, body }),
		});
		const baseUrl = await vendor.open();
		const credentials = { [type]: { [field]: key, workspaceId: ID, baseUrl } };
		try {
			const told = await engine.listSearch(node, picker, { credentials }).then(
				(list) => [list],
				({ message, description, context }) => [message, description, context],
			);
			expect(vendor.requests).toHaveLength(1);
			const shown = JSON.stringify([told, engine.logs]);
			expect(shown).not.toMatch(/echo/);
			if (status !== 200) expect(shown).toContain('***');
		} finally {
			await vendor.close();
		}
	});
});
