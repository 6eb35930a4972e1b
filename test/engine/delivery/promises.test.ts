import type { IDataObject } from 'n8n-workflow';

import { type Answer, type Reaction, ScriptedVendor, take } from '../contract/scriptedVendor';
import { type Engine, loadEngine } from '../support/engine';
import { nodeGlobal } from '../support/n8n';
import { people, phone, phones, withBird } from './support';

let engine: Engine;
beforeAll(async () => void (engine = await loadEngine()));

const say = (answer: Answer): Reaction => ({ kind: 'say', answer });
const retries = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

/** Sent's API v3, which honours idempotency keys. */
function sentVendor(): ScriptedVendor {
	const to = (body: unknown) => (body as { to: string[] }).to;
	return new ScriptedVendor({
		idempotencyHeader: 'Idempotency-Key',
		recipientsOf: ({ body }) => to(body),
		answerTo: ({ body }) => ({
			status: 202,
			body: {
				success: true,
				data: {
					status: 'QUEUED',
					recipients: to(body).map((one) => ({ message_id: `m${one}`, to: one, channel: null })),
				},
			},
		}),
	});
}

interface More {
	items?: ReturnType<typeof people>;
	executionId?: string;
	onError?: 'continueRegularOutput' | 'continueErrorOutput';
}

async function withSentVendor(
	test: (
		vendor: ScriptedVendor,
		send: (parameters?: IDataObject, more?: More) => ReturnType<Engine['run']>,
	) => Promise<void>,
	using: Engine = engine,
): Promise<void> {
	const vendor = sentVendor();
	const baseUrl = await vendor.open();
	const send = async (
		parameters: IDataObject = {},
		{ items = people(1), executionId, ...more }: More = {},
	) =>
		await using.run({
			node: {
				type: 'sent',
				...more,
				parameters: {
					resource: 'message',
					operation: 'send',
					recipients: '={{ $json.phone }}',
					text: 'Hello',
					...parameters,
					options: { requestsPerSecond: 1000, ...(parameters.options as object) },
				},
			},
			credentials: { sentDmApi: { apiKey: 'sk_a_key_of_sent', baseUrl } },
			items,
			executionId,
			trace: true,
		});
	try {
		await test(vendor, send);
	} finally {
		await vendor.close();
	}
}

describe('counts', () => {
	it('tell the truth over all tries', async () => {
		await withBird(engine, async (bird) => {
			await bird.fault({ fault: 'reset-after', skip: 3 });
			const { error } = await bird.send(12, { maxInFlight: 1 }, retries);
			expect(await bird.messages()).toHaveLength(4);
			expect(error?.description).toMatch(
				/Accepted before the stop: 3 \([^)]+\)\. Failed: 0\. Unknown: 1\. Not sent: 8\./,
			);
		});
	});
});

describe('pace', () => {
	it("Requests per Second is the account's, over all of a vendor's buckets", async () => {
		const vendor = new ScriptedVendor({
			recipientsOf: ({ path }) => [path],
			answerTo: () => ({ status: 200, body: { messageId: 1 } }),
		});
		const baseUrl = await vendor.open();
		await engine.run({
			node: {
				type: 'aelyst',
				parameters: {
					resource: 'message',
					operation: 'send',
					contactBy: 'phone',
					phone: '={{ $json.phone }}',
					text: 'Hello',
					options: { requestsPerSecond: 8 },
				},
			},
			credentials: { aelystApi: { accessToken: 'a token', baseUrl } },
			items: people(16),
		});
		const times = vendor.requests.map(({ at }) => at).sort((a, b) => a - b);
		expect(times).toHaveLength(16);
		expect(times[8] - times[0]).toBeGreaterThanOrEqual(950);
		await vendor.close();
	});

	it('one message that always fails keeps back no other', async () => {
		await withSentVendor(async (vendor, send) => {
			vendor.script = (_index, { body }) =>
				(body as { to: string[] }).to[0] === phone(3) ? say({ status: 500 }) : take;
			const options = { maxWait: 2 };
			const run = await send({ options }, { items: people(30), onError: 'continueRegularOutput' });
			const failedAt = vendor.requests
				.filter(({ body }) => (body as { to: string[] }).to[0] === phone(3))
				.map(({ at }) => at);
			const othersEnd = Math.max(
				...vendor.requests
					.filter(({ body }) => (body as { to: string[] }).to[0] !== phone(3))
					.map(({ at }) => at),
			);
			expect(vendor.reached).toHaveLength(29);
			expect(run.json[0].filter((json) => 'error' in json)).toHaveLength(1);
			// The others were through before the one had been tried for the last time.
			expect(othersEnd).toBeLessThan(Math.max(...failedAt));
		});
	});
});

describe('a doubt', () => {
	it.each([401, 403, 429])('is not ended by a %i on the repeat', async (status) => {
		await withSentVendor(async (vendor, send) => {
			vendor.script = (index) =>
				index === 0 ? { kind: 'take-and-reset' } : say({ status, body: { error: {} } });
			const options = { maxWait: 1 };
			const run = await send({ options }, { onError: 'continueRegularOutput' });
			expect(run.json[0][0].details).toMatchObject({ outcome: 'unknown' });
		});
	});
});

describe('what cannot have left', () => {
	it('is not sent, and says what is wrong with the credential', async () => {
		await withBird(engine, async (bird) => {
			const run = await engine.run({
				node: bird.node({}, { onError: 'continueRegularOutput' }),
				credentials: {
					birdChannelsApi: { ...bird.credentials.birdChannelsApi, accessKey: 'bk_eu1_abcdefgh' },
				},
				items: people(2),
			});
			expect(run.json[0]).toHaveLength(2);
			for (const json of run.json[0]) {
				expect(json).toMatchObject({
					error: expect.stringContaining('This key starts with bk_'),
					details: { outcome: 'not_sent' },
				});
			}
			expect(await bird.requests()).toEqual([]);
		});
	});
});

describe('places', () => {
	it('two n8n instances with one account and the same places send both messages', async () => {
		await withSentVendor(async (vendor, send) => {
			await send({}, { executionId: '7' });
			// The engines share n8n's settings, so the second is started when the first has sent.
			const other = await loadEngine();
			await withSharedVendor(vendor, other);
			expect(vendor.reached).toHaveLength(2);
		});

		async function withSharedVendor(vendor: ScriptedVendor, second: Engine) {
			await second.run({
				node: {
					type: 'sent',
					parameters: {
						resource: 'message',
						operation: 'send',
						recipients: '={{ $json.phone }}',
						text: 'Hello',
					},
				},
				credentials: { sentDmApi: { apiKey: 'sk_a_key_of_sent', baseUrl: vendor.url } },
				items: people(1),
				executionId: '7',
			});
		}
	});

	it('two nodes with one id are two nodes', async () => {
		await withBird(engine, async (bird) => {
			const one = { ...bird.node({}, { id: 'same' }), name: 'First' };
			const two = { ...bird.node({}, { id: 'same' }), name: 'Second' };
			for (const node of [one, two]) {
				await engine.run({
					node,
					credentials: bird.credentials,
					items: people(1),
					executionId: 'imported',
				});
			}
			expect(await bird.messages()).toHaveLength(2);
		});
	});

	it('equal content for two items goes to both', async () => {
		await withBird(engine, async (bird) => {
			const items = [people(1)[0], people(1)[0]];
			const run = await bird.send(2, {}, {}, { items });
			expect(run.json[0]).toHaveLength(2);
			expect(await bird.recipients()).toEqual([phone(0), phone(0)]);
		});
	});
});

describe('Bulk Send', () => {
	const bulk = {
		operation: 'bulkSend',
		recipientField: 'phone',
		text: 'Hello',
		recipient: undefined,
	} as unknown as IDataObject;

	it('a duplicate fails with the message that it repeats', async () => {
		await withSentVendor(async (vendor, send) => {
			vendor.script = () => say({ status: 422, body: { error: { code: 'NO', message: 'No' } } });
			const items = [people(1)[0], people(1)[0]];
			const parameters = { ...bulk, content: 'text' };
			const run = await send(parameters, { items, onError: 'continueErrorOutput' });
			expect(run.output[0]).toEqual([]);
			expect(run.json[1]).toHaveLength(2);
			expect(run.json[1][1]).toMatchObject({ details: { outcome: 'rejected', duplicateOf: 0 } });
		});
	});

	it('every item may bring a list of its own', async () => {
		await withBird(engine, async (bird) => {
			const lists = [[phone(0), phone(1)], [phone(2)], [phone(3), phone(4)]];
			const items = lists.map((list) => ({ json: { list } }));
			const node = bird.node(
				{},
				{},
				{
					...bulk,
					recipientsFrom: 'list',
					recipientList: '={{ $json.list }}',
				},
			);
			const run = await engine.run({ node, credentials: bird.credentials, items, trace: true });
			expect(run.origins[0]).toEqual([0, 0, 1, 2, 2]);
			expect(await bird.recipients()).toEqual(phones(5));
		});
	});

	it('an empty list is said, and not taken for success', async () => {
		await withBird(engine, async (bird) => {
			const node = bird.node(
				{},
				{},
				{
					...bulk,
					recipientsFrom: 'list',
					recipientList: '={{ $json.nothing }}',
				},
			);
			const run = await engine.run({ node, credentials: bird.credentials, items: people(1) });
			expect(run.error?.message).toContain('Recipient List is empty [item 0]');
		});
	});
});

describe('lists', () => {
	it('an answer with null among its rows is told, and the account goes on', async () => {
		const vendor = new ScriptedVendor({
			recipientsOf: () => [],
			answerTo: () => ({ status: 200, body: { results: [null] } }),
		});
		const baseUrl = await vendor.open();
		for (let time = 0; time < 3; time++) {
			const run = await engine.run({
				node: {
					type: 'bird',
					parameters: {
						resource: 'message',
						operation: 'list',
						listScope: 'workspace',
						options: { maxInFlight: 2 },
					},
				},
				credentials: {
					birdChannelsApi: {
						accessKey: 'a key of Bird',
						workspaceId: '0d5d6d50-0000-4000-8000-000000000001',
						baseUrl,
					},
				},
			});
			expect(['success', 'error']).toContain(run.status);
		}
		expect(vendor.requests).toHaveLength(3);
		await vendor.close();
	});
});

describe.each([-3_600_000, 3_600_000])('a clock that is set by %p ms, again and again', (ms) => {
	const world = nodeGlobal<DateConstructor>('Date');
	const { now } = world;
	afterEach(() => void (world.now = now));

	it('holds up nothing that waits, and ends no waiting', async () => {
		let off = 0;
		world.now = () => now() + off;
		await withSentVendor(async (vendor, send) => {
			// One message waits, then the whole account.
			const answers: Answer[] = [
				{ status: 500 },
				{ status: 429, headers: { 'retry-after': '0.2' } },
			];
			vendor.script = (index) => {
				setTimeout(() => (off += ms), 30);
				return index < answers.length ? say(answers[index]) : take;
			};
			const { error } = await send({ options: { maxWait: 60 } });
			expect(error).toBeUndefined();
			expect(vendor.reached).toHaveLength(1);
		});
	}, 20_000);
});
