import { once } from 'node:events';
import { connect } from 'node:net';

import { type Engine, loadEngine } from '../support/engine';
import { n8nWorkflow, nodeGlobal } from '../support/n8n';
import { birdEvent, post, type Post, READY, SECRETS, SHARED_SECRET, TRIGGER } from './support';

let engine: Engine;
beforeAll(async () => void (engine = await loadEngine()));
beforeEach(() => void engine.logs.splice(0));

const json = { 'content-type': 'application/json' };

/** Nothing secret may stand in what came back, in what the flow gets or in the log. */
function expectNothingSecret(...places: unknown[]) {
	const said = JSON.stringify([...places, engine.logs], (_key, value: unknown) =>
		value instanceof Error ? { ...value, message: value.message, stack: value.stack } : value,
	);
	for (const secret of SECRETS) expect(said).not.toContain(secret);
}

describe.each(Object.keys(READY))('%s', (vendor) => {
	const { event, other, sign } = READY[vendor];

	it('starts the workflow with a chosen event', async () => {
		const outcome = await post(engine, vendor, { body: event });
		expect(outcome).toMatchObject({ status: 200, body: '' });
		expect(outcome.workflowData).toEqual([
			[{ json: expect.objectContaining({ provider: vendor, eventId: expect.any(String) }) }],
		]);
		expect(outcome.workflowData?.[0][0].json).not.toHaveProperty('raw');
		expectNothingSecret(outcome);
	});

	it('adds the payload untouched where the user wants it', async () => {
		const { workflowData } = await post(engine, vendor, {
			body: event,
			parameters: { options: { includeRaw: true } },
		});
		expect(workflowData?.[0][0].json).toMatchObject({ provider: vendor, raw: event });
	});

	it('keeps the digits of ids that JavaScript cannot hold', async () => {
		const body = JSON.stringify({ ...event, id: 0 })
			.replace(/"id":0\b/g, '"id":17841400000000001')
			.replace(/"m1"|(?<="messageId":)1\b/g, '17841400000000001');
		const { workflowData } = await post(engine, vendor, { body, parameters: { simplify: false } });
		expect(workflowData?.[0][0].json.id).toBe('17841400000000001');
		const simplified = await post(engine, vendor, { body });
		expect(simplified.workflowData?.[0][0].json.messageId).toBe('17841400000000001');
	});

	it('answers an event that is not chosen alike, and starts nothing', async () => {
		const taken = await post(engine, vendor, { body: event });
		const ignored = await post(engine, vendor, { body: other });
		expect(ignored).toMatchObject({ status: taken.status, body: taken.body });
		expect(ignored.workflowData).toBeUndefined();
		expect(ignored.error).toBeUndefined();
		const noEvents = await post(engine, vendor, { body: event, parameters: { events: [] } });
		expect(noEvents).toMatchObject({ status: 200, body: '', workflowData: undefined });
	});

	it('gives the payload untouched, without headers, when it is not simplified', async () => {
		const { workflowData } = await post(engine, vendor, {
			body: event,
			parameters: { simplify: false },
		});
		expect(workflowData).toEqual([[{ json: event }]]);
	});

	it('gives the same eventId for a repeated delivery', async () => {
		const ids = [];
		for (let attempt = 0; attempt < 2; attempt++) {
			const { workflowData } = await post(engine, vendor, {
				body: event,
				headers: { ...json, ...sign(JSON.stringify(event)), 'x-webhook-event-id': 'e1' },
			});
			ids.push(workflowData?.[0][0].json.eventId);
		}
		expect(ids[0]).toEqual(expect.any(String));
		expect(ids[1]).toBe(ids[0]);
	});

	const forged = JSON.stringify(event);
	const signed = sign(forged);
	const wrong = Object.fromEntries(
		Object.entries(signed).map(([name, value]) => [name, `${value.slice(0, -3)}AA=`]),
	);
	const stale = sign(forged, 1_600_000_000);
	const isTimed = JSON.stringify(stale) !== JSON.stringify(signed);

	it.each<[string, Parameters<typeof post>[2]]>([
		['without a signature', { body: forged, headers: json }],
		['with a wrong signature', { body: forged, headers: { ...json, ...wrong } }],
		[
			'with the signature of another body',
			{ body: `${forged} `.replace('m', 'n'), headers: { ...json, ...signed } },
		],
		['whose key is lost', { body: forged, staticData: {}, credentials: {} }],
		[
			'with an empty key',
			{
				body: forged,
				staticData: { vendor },
				credentials: { messageWebhookSecretApi: { secret: '' } },
			},
		],
		['with no body', { body: '', headers: { ...json, ...signed } }],
		...(isTimed
			? [
					['that is stale', { body: forged, headers: { ...json, ...stale } }] as [
						string,
						Parameters<typeof post>[2],
					],
				]
			: []),
	])('refuses a delivery %s', async (_what, given) => {
		const outcome = await post(engine, vendor, given);
		expect(outcome).toMatchObject({ status: 401, body: 'Unauthorized' });
		expect(outcome.workflowData).toBeUndefined();
		expect(outcome.error).toBeUndefined();
		expect(engine.logs.filter(({ level }) => level === 'warn')).toEqual([
			expect.objectContaining({
				message: expect.stringMatching(/answered a webhook with 401: .{10}/),
			}),
		]);
		expectNothingSecret(outcome);
	});

	it.each([
		['text/plain', 'hello'],
		['application/x-www-form-urlencoded', 'status=delivered'],
		['application/octet-stream', '\u0000\u0001'],
		['text/plain', '"delivered"'],
		['application/json', '['.repeat(50_000) + ']'.repeat(50_000)],
	])('answers 400 to a signed body that is no JSON object: %s', async (type, body) => {
		const outcome = await post(engine, vendor, {
			body,
			headers: { 'content-type': type, ...sign(body) },
		});
		expect(outcome).toMatchObject({ status: 400, body: 'Bad Request' });
		expect(outcome.workflowData).toBeUndefined();
		expect(engine.logs).toContainEqual(
			expect.objectContaining({ level: 'warn', message: expect.stringContaining('JSON') }),
		);
	});

	it('does not tell a forger that the body is no JSON', async () => {
		const outcome = await post(engine, vendor, {
			body: 'hello',
			headers: { 'content-type': 'text/plain' },
		});
		expect(outcome).toMatchObject({ status: 401, body: 'Unauthorized' });
	});

	it('reads the signed bytes, whatever the content type makes of them', async () => {
		const body = JSON.stringify({ ...event, note: 'é — ü' });
		for (const type of ['text/plain', 'application/octet-stream', 'application/json']) {
			const outcome = await post(engine, vendor, {
				body,
				headers: { 'content-type': type, ...sign(body) },
				parameters: { simplify: false },
			});
			expect(outcome.workflowData?.[0][0].json.note).toBe('é — ü');
		}
	});

	it('survives 10 MB', async () => {
		const body = JSON.stringify({ ...event, filler: 'x'.repeat(10 * 1024 * 1024) });
		const outcome = await post(engine, vendor, { body, parameters: { simplify: false } });
		expect(outcome.status).toBe(200);
		expect(outcome.workflowData?.[0][0].json.filler).toHaveLength(10 * 1024 * 1024);
		const unsigned = await post(engine, vendor, { body, headers: json });
		expect(unsigned).toMatchObject({ status: 401, workflowData: undefined });
	});

	it('survives deep JSON that nobody has signed', async () => {
		const body = `${'{"a":['.repeat(100_000)}1${']}'.repeat(100_000)}`;
		const headers = Object.fromEntries(Object.keys(signed).map((name) => [name, 'v1,AAAA']));
		const outcome = await post(engine, vendor, { body, headers: { ...json, ...headers } });
		expect(outcome).toMatchObject({ status: 401, body: 'Unauthorized' });
	});

	it('survives __proto__ and constructor keys', async () => {
		const evil =
			'"__proto__":{"polluted":1,"status":"delivered"},"constructor":{"prototype":{"polluted":1}}';
		const body = JSON.stringify(event).replace(/^\{/, `{${evil},`);
		const outcome = await post(engine, vendor, { body });
		expect(outcome).toMatchObject({ status: 200 });
		expect(outcome.workflowData?.[0][0].json).toMatchObject({ provider: vendor });
		const only = await post(engine, vendor, { body: `{${evil}}` });
		expect(only).toMatchObject({ status: 200, workflowData: undefined });
		expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
	});

	it('writes nothing into the static data', async () => {
		const staticData = READY[vendor].staticData();
		await post(engine, vendor, { body: event, staticData });
		await post(engine, vendor, { body: other, staticData });
		expect(staticData).toEqual(READY[vendor].staticData());
	});
});

it.each([
	['bird', 'sent'],
	['sent', 'bird'],
])('%s is not opened by what was registered at %s', async (vendor, left) => {
	const staticData = { ...READY[vendor].staticData(), vendor: left };
	const outcome = await post(engine, vendor, { body: READY[vendor].event, staticData });
	expect(outcome).toMatchObject({ status: 401, workflowData: undefined });
});

describe('what strangers post', () => {
	it.each(Object.keys(READY))('%s: a form is refused and stored nowhere', async (vendor) => {
		const form = '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n';
		const outcome = await post(engine, vendor, {
			body: form,
			headers: { 'content-type': 'multipart/form-data; boundary=x' },
		});
		expect(outcome).toMatchObject({ status: 400, body: 'Bad Request' });
		expect([outcome.error, outcome.workflowData]).toEqual([undefined, undefined]);
		expect(engine.logs).toContainEqual(
			expect.objectContaining({
				level: 'warn',
				message: expect.stringContaining('400: its body could not be read'),
			}),
		);
	});

	it.each(Object.keys(READY))('%s: a body that breaks off is stored nowhere', async (vendor) => {
		const outcome = await post(engine, vendor, {
			body: '',
			by: async (url) => {
				const { hostname, port, pathname } = new URL(url);
				const socket = connect(Number(port), hostname);
				socket.write(
					`POST ${pathname} HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/octet-stream\r\ncontent-length: 100\r\nexpect: 100-continue\r\n\r\n`,
				);
				// n8n has the head now, and waits for the body.
				await once(socket, 'data');
				await new Promise<void>((resolve) => socket.write('{"messageId"', () => resolve()));
				socket.destroy();
			},
		});
		expect([outcome.error, outcome.workflowData]).toEqual([undefined, undefined]);
		expect(engine.logs).toContainEqual(
			expect.objectContaining({ message: expect.stringContaining('400: its body could not be') }),
		);
	});

	it.each<[string, Partial<Parameters<typeof post>[2]>]>([
		['a vendor that is none', { parameters: { vendor: 'pigeon' } }],
		['an expression that throws', { parameters: { vendor: '={{ $json.a.b.c.d }}' } }],
	])('%s is 401', async (_what, given) => {
		const outcome = await post(engine, 'bird', { body: READY.bird.event, ...given });
		expect(outcome).toMatchObject({ status: 401, body: 'Unauthorized' });
		expect([outcome.error, outcome.workflowData]).toEqual([undefined, undefined]);
	});

	it('is said once a minute and node, with how often', async () => {
		const time = jest.spyOn(nodeGlobal<DateConstructor>('Date'), 'now');
		try {
			const start = 1_800_000_000_000;
			const forge = async (nodeId: string, at: number) => {
				time.mockReturnValue(start + at);
				const forged = { body: '{}', headers: json, nodeId };
				expect(await post(engine, 'aelyst', forged)).toMatchObject({ status: 401 });
			};
			for (let n = 0; n < 20; n++) await forge('flooded', n * 1000);
			await forge('another', 20_000);
			await forge('flooded', 59_999);
			await forge('flooded', 60_000);
			// The clock goes back an hour.
			await forge('flooded', -3_600_000);
			expect(engine.logs.map(({ message }) => message)).toEqual([
				expect.stringMatching(/401: it has no signature$/),
				expect.stringMatching(/401: it has no signature$/),
				expect.stringMatching(/401: it has no signature \(and 20 more before it\)$/),
				expect.stringMatching(/401: it has no signature$/),
			]);
		} finally {
			time.mockRestore();
		}
	});
});

it('takes the secret that a workflow of Conduit or Votel sends along, as it is set up at first', async () => {
	for (const vendor of ['conduit', 'votel']) {
		const body = { direction: 'incoming', sender: '+12025550101', channel: 'sms', text: 'STOP' };
		const sent = async (secret: string) =>
			await engine.webhook({
				node: { type: TRIGGER, id: vendor, parameters: { vendor } },
				credentials: READY[vendor].credentials,
				body,
				headers: { 'x-webhook-secret': secret },
			});
		expect(await sent('guess')).toMatchObject({ status: 401 });
		expect((await sent(SHARED_SECRET)).workflowData?.[0][0].json).toMatchObject({
			provider: vendor,
			type: 'message.opt_out',
			sender: '+12025550101',
			sessionId: `${vendor}:sms:+12025550101`,
		});
	}
});

it('reads past what means nothing', async () => {
	const body = birdEvent('delivered', { receiver: { contacts: [null] } });
	expect(await post(engine, 'bird', { body })).toMatchObject({ status: 200 });
});

it('answers other methods like n8n', async () => {
	const node = { type: TRIGGER, parameters: READY.bird.parameters };
	expect((await engine.webhook({ node, method: 'GET' })).status).toBe(404);
});

it('takes several events in one list', async () => {
	const body = ['delivered', 'sent', 'failed'].map((status) => ({ messageId: 'm1', status }));
	const { workflowData } = await post(engine, 'generic', { body });
	expect(workflowData?.[0].map(({ json: item }) => item.status)).toEqual(['delivered', 'failed']);
});

it('answers a challenge that is signed, and no other', async () => {
	const given = {
		body: { challenge: 'abc' },
		parameters: { options: { challengeField: 'challenge' } },
	};
	expect(await post(engine, 'generic', given)).toMatchObject({
		status: 200,
		body: 'abc',
		workflowData: undefined,
	});
	const unsigned = await post(engine, 'generic', { ...given, headers: json });
	expect(unsigned).toMatchObject({ status: 401, body: 'Unauthorized' });
});

it('takes a shared secret in a header', async () => {
	const given = {
		body: { messageId: 'm1', status: 'failed' },
		parameters: { scheme: 'secret', headerName: 'X-Secret' },
	};
	const right = await post(engine, 'generic', {
		...given,
		headers: { ...json, 'x-secret': SHARED_SECRET },
	});
	expect(right.workflowData).toHaveLength(1);
	expect(
		(await post(engine, 'generic', { ...given, headers: { ...json, 'x-secret': 'guess' } })).status,
	).toBe(401);
	expectNothingSecret(right);
});

it("takes deliveries of Sent's API v1 with the token of the credential", async () => {
	const token = 'webhook-token-of-the-test';
	const { sentDmApi } = { sentDmApi: { apiKey: 'k', baseUrl: 'https://api.sent.dm' } };
	const given = { body: READY.sent.event, headers: json };
	const credentials = { sentDmApi: { ...sentDmApi, webhookToken: token } };
	const right = await post(engine, 'sent', { ...given, credentials, query: { token } });
	expect(right.workflowData?.[0]).toHaveLength(1);
	const refused: Array<Partial<Post>> = [
		{ credentials, query: { token: 'guess' } },
		{ credentials },
		{ credentials: { sentDmApi }, query: { token } },
		{ credentials: {}, query: { token } },
	];
	for (const more of refused) {
		expect((await post(engine, 'sent', { ...given, ...more })).status).toBe(401);
	}
	expect(JSON.stringify([right, engine.logs])).not.toContain(token);
});

it('has no field in which a secret would be exported with the workflow', () => {
	const { properties } = engine.description(TRIGGER);
	const named = JSON.stringify(properties).match(/"name":"\w*(token|secret|key|password)"/gi) ?? [];
	expect(named).toEqual([]);
});

describe('one output for each status', () => {
	const parameters = {
		...READY.bird.parameters,
		outputs: 'perStatus',
		statuses: ['failed', 'delivered', 'sent'],
		events: ['sms.outbound', 'sms.inbound'],
	};

	/** The outputs as n8n's editor and its engine see them. */
	function outputsOf(given: object) {
		const description = engine.description(TRIGGER);
		const node = {
			id: 'n',
			name: 'Trigger',
			type: TRIGGER,
			typeVersion: 1.1,
			position: [0, 0] as [number, number],
			parameters: structuredClone(given) as never,
		};
		const workflow = new n8nWorkflow.Workflow({
			id: 'w',
			nodes: [node],
			connections: {},
			active: false,
			nodeTypes: { getByNameAndVersion: () => ({ description }) } as never,
		});
		return n8nWorkflow.NodeHelpers.getNodeOutputs(workflow, workflow.nodes.Trigger, description);
	}

	it('is what n8n shows', () => {
		expect(outputsOf(parameters)).toEqual(
			['Sent', 'Delivered', 'Failed', 'Other events'].map((displayName) => ({
				type: 'main',
				displayName,
			})),
		);
		expect(outputsOf(READY.bird.parameters)).toEqual([{ type: 'main' }]);
		expect(outputsOf({ vendor: 'aelyst', outputs: 'perStatus' })).toEqual([{ type: 'main' }]);
	});

	it.each([
		[birdEvent('sent'), 0],
		[birdEvent('delivered'), 1],
		[birdEvent('delivery_failed'), 2],
		[{ ...birdEvent('delivered'), event: 'sms.inbound' }, 3],
	])('is where the event leaves', async (body, output) => {
		const { workflowData } = await post(engine, 'bird', { body, parameters });
		expect(workflowData?.map((items) => items.length)).toEqual(
			[0, 1, 2, 3].map((at) => (at === output ? 1 : 0)),
		);
	});
});
