import type { IDataObject } from 'n8n-workflow';

import { loadEngine, type Engine } from '../support/engine';
import { installProcessedItems } from '../support/install-processed-items';
import { SOURCE } from '../support/stand-ins';
import { type BirdBench, people, phone, phones, withBird } from './support';

let engine: Engine;
beforeAll(async () => void (engine = await loadEngine()));

const retries = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

describe('pace', () => {
	it('keeps to the documented limit with nothing to tune', async () => {
		await withBird(engine, async (bird) => {
			const run = await bird.send(600);
			expect(run.json[0]).toHaveLength(600);
			const stats = await bird.stats();
			expect(stats).toMatchObject({ accepted: 600, rejected429: 0 });
			expect(stats.maxInFlight).toBeLessThanOrEqual(16);
		});
	});

	it('keeps to the limit that the user set', async () => {
		await withBird(engine, async (bird) => {
			await bird.limit({ requests: 20, perMs: 1000, retryAfter: 1 });
			const run = await bird.send(50, { requestsPerSecond: 20, maxInFlight: 4 });
			expect(run.json[0]).toHaveLength(50);
			const stats = await bird.stats();
			expect(stats).toMatchObject({ requests: 50, rejected429: 0 });
			expect(stats.maxInFlight).toBeLessThanOrEqual(4);
		});
	});

	it('is shared by executions that use the same account', async () => {
		await withBird(engine, async (bird) => {
			await bird.limit({ requests: 20, perMs: 1000, retryAfter: 1 });
			const options = { requestsPerSecond: 20 };
			const runs = await Promise.all([bird.send(25, options), bird.send(25, options)]);
			for (const run of runs) expect(run.json[0]).toHaveLength(25);
			expect(await bird.stats()).toMatchObject({ requests: 50, rejected429: 0 });
		});
	});

	it('gets 1,000 of 1,000 through a vendor that allows less than documented', async () => {
		await withBird(engine, async (bird) => {
			await bird.limit({ requests: 200, perMs: 1000, retryAfter: 1 });
			const run = await bird.send(1000);
			expect(run.error).toBeUndefined();
			expect(await bird.recipients()).toEqual(phones(1000));
			expect(await bird.duplicates()).toEqual([]);
		});
	});
});

describe('Retry On Fail', () => {
	it('sends nothing again that was accepted', async () => {
		await withBird(engine, async (bird) => {
			await bird.fault({ fault: '422', skip: 5 });
			const run = await bird.send(10, { maxInFlight: 1 }, retries);
			expect(run.error).toBeUndefined();
			expect(run.json[0]).toHaveLength(10);
			expect(run.origins[0]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
			expect(await bird.recipients()).toEqual(phones(10));
			const ids = (await bird.messages()).map(({ messageId }) => messageId).sort();
			expect(run.json[0].map(({ messageId }) => messageId).sort()).toEqual(ids);
		});
	});

	it('sends nothing again that may have been accepted', async () => {
		await withBird(engine, async (bird) => {
			await bird.fault({ fault: 'reset-after' });
			const run = await bird.send(1, {}, retries);
			expect(run.error?.message).toContain('unknown whether');
			expect(await bird.messages()).toHaveLength(1);
		});
	});

	it('does not confuse two executions, and knows a message whatever has become of its text', async () => {
		await withBird(engine, async (bird) => {
			await bird.send(2, {}, {}, { executionId: 'first' });
			await bird.send(2, {}, {}, { executionId: 'second' });
			await bird.send(2, { reference: 'changed' }, {}, { executionId: 'second' });
			expect(await bird.messages()).toHaveLength(4);
		});
	});
});

describe('two nodes with one id, as imported workflows have them', () => {
	const sendWithBoth = async (bird: BirdBench, options: IDataObject = {}) => {
		const { type, ...node } = bird.node(options);
		const names = ['One', 'Two'];
		return await engine.run({
			workflow: {
				id: 'imported',
				nodes: [
					{ name: 'Items', type: SOURCE },
					...names.map((name) => ({
						...(node as object),
						...{ id: 'same', name, type: `n8n-nodes-unified-messaging.${type}` },
					})),
				],
				connections: {
					Items: { main: [names.map((name) => ({ node: name, type: 'main', index: 0 }))] },
				},
			},
			credentials: bird.credentials,
			items: people(2),
		});
	};

	it('both send', async () => {
		await withBird(engine, async (bird) => {
			const { error } = await sendWithBoth(bird);
			expect(error).toBeUndefined();
			expect(await bird.recipients()).toEqual([...phones(2), ...phones(2)].sort());
		});
	});

	it('send nothing with a Send Once Key, for which n8n keeps one memory', async () => {
		await installProcessedItems();
		await withBird(engine, async (bird) => {
			const { error } = await sendWithBoth(bird, { onceKey: '={{ $json.phone }}' });
			expect(error?.message).toMatch(/cannot be used here: the node "(One|Two)" has the same ID/);
			expect(error?.description).toContain('Duplicate this node');
			expect(await bird.recipients()).toEqual([]);
		});
	});
});

describe('stop means stop', () => {
	it('sends nothing after the first failure, and counts', async () => {
		await withBird(engine, async (bird) => {
			await bird.fault({ fault: '422', skip: 5 });
			const { error } = await bird.send(30, { maxInFlight: 1 });
			const sent = await bird.messages();
			expect(sent).toHaveLength(5);
			expect((await bird.stats()).requests).toBe(6);
			expect(error?.context?.itemIndex).toBe(5);
			expect(error?.description).toContain('Failed: 1. Not sent: 24.');
			const ids = sent.map(({ messageId }) => messageId).join(', ');
			expect(error?.description).toContain(`Accepted before the stop: 5 (${ids})`);
		});
	});

	it('lets finish what is under way', async () => {
		await withBird(engine, async (bird) => {
			await bird.fault({ fault: '422' });
			await bird.fault({ fault: 'slow', delayMs: 300, everyNth: 1 });
			const { error } = await bird.send(30, { maxInFlight: 4 });
			expect((await bird.stats()).requests).toBe(4);
			expect(error?.description).toContain('Accepted before the stop: 3');
			expect(error?.description).toContain('Not sent: 26.');
		});
	});

	it('names at most 20 ids', async () => {
		await withBird(engine, async (bird) => {
			await bird.fault({ fault: '422', skip: 25 });
			const { error } = await bird.send(30, { maxInFlight: 1 });
			expect(error?.description).toMatch(/Accepted before the stop: 25 \(([^,]+, ){20}…\)/);
		});
	});

	it('sends nothing at all when an item cannot be sent', async () => {
		await withBird(engine, async (bird) => {
			const items = people(10);
			items[7].json.phone = '415';
			const run = await bird.send(10, {}, {}, { items });
			expect(run.error?.message).toContain('[item 7]');
			expect(run.error?.context?.itemIndex).toBe(7);
			expect(await bird.requests()).toEqual([]);
		});
	});

	it('sends nothing at all when an expression of an item cannot be read', async () => {
		await withBird(engine, async (bird) => {
			const items = people(6);
			items[4].json.phone = 'ask elsewhere';
			const recipient =
				'={{ $json.phone === "ask elsewhere" ? $("Nowhere").item.json.phone : $json.phone }}';
			const node = bird.node({}, {}, { recipient });
			const run = await engine.run({ node, credentials: bird.credentials, items });
			expect(run.error?.message).toContain("node doesn't exist");
			await new Promise((resolve) => setTimeout(resolve, 200));
			expect(await bird.requests()).toEqual([]);
		});
	});
});

describe('pairing and outputs', () => {
	it.each(['continueRegularOutput', 'continueErrorOutput'])('%s', async (onError) => {
		await withBird(engine, async (bird) => {
			const items = people(5);
			items[1].json.phone = 'nobody';
			await bird.fault({ fault: '422', skip: 2 });
			const run = await bird.send(5, { maxInFlight: 1 }, { onError }, { items });
			expect((await bird.recipients()).length).toBe(3);
			if (onError === 'continueErrorOutput') {
				expect(run.origins).toEqual([
					[0, 2, 4],
					[1, 3],
				]);
				expect(run.json[1][0]).toMatchObject({
					name: 'Person 1',
					details: { outcome: 'not_sent' },
				});
				expect(run.json[1][1]).toMatchObject({
					name: 'Person 3',
					details: { outcome: 'rejected', httpCode: 422 },
				});
			} else {
				expect(run.origins).toEqual([[0, 1, 2, 3, 4]]);
				expect(run.json[0].map((json) => 'error' in json)).toEqual([
					false,
					true,
					false,
					true,
					false,
				]);
			}
		});
	});

	it('runs once when the node is told so', async () => {
		await withBird(engine, async (bird) => {
			const run = await bird.send(3, {}, { executeOnce: true });
			expect(run.json[0]).toHaveLength(1);
			expect(await bird.recipients()).toEqual([phone(0)]);
		});
	});

	it("keeps to n8n's own batching where the user set it", async () => {
		await withBird(engine, async (bird) => {
			const node = bird.node(
				{},
				{},
				{
					requestOptions: { batching: { batch: { batchSize: 2, batchInterval: 50 } } },
				},
			);
			const run = await engine.run({ node, credentials: bird.credentials, items: people(5) });
			expect(run.json[0]).toHaveLength(5);
			expect(await bird.recipients()).toEqual(phones(5));
		});
	});
});

describe('cancelling the execution', () => {
	it('ends the waiting at once', async () => {
		await withBird(engine, async (bird) => {
			await bird.fault({ fault: '429', retryAfter: 60 });
			const execution = bird.start(3, { maxInFlight: 1 });
			while ((await bird.requests()).length === 0)
				await new Promise((resolve) => setTimeout(resolve, 10));
			execution.cancel();
			const run = await execution.result;
			expect(run.status).toBe('canceled');
			await new Promise((resolve) => setTimeout(resolve, 100));
			expect(await bird.requests()).toHaveLength(1);
		});
	});

	it('sends nothing more while requests are in flight', async () => {
		await withBird(engine, async (bird) => {
			await bird.fault({ fault: 'slow', delayMs: 300, everyNth: 1 });
			const execution = bird.start(50, { maxInFlight: 2 });
			while ((await bird.requests()).length < 2)
				await new Promise((resolve) => setTimeout(resolve, 10));
			execution.cancel();
			await execution.result;
			await new Promise((resolve) => setTimeout(resolve, 600));
			expect(await bird.requests()).toHaveLength(2);
			const said = engine.logs.filter((line) => JSON.stringify(line).includes('Canceled while'));
			expect(said).toHaveLength(2);
		});
	});
});

// n8n itself takes its time to evaluate the expressions of so many items.
it('holds 5,000 items that wait', async () => {
	await withBird(engine, async (bird) => {
		await bird.fault({ fault: '429', retryAfter: 2 });
		const execution = bird.start(5000);
		while ((await bird.requests()).length === 0)
			await new Promise((resolve) => setTimeout(resolve, 20));
		execution.cancel();
		expect((await execution.result).status).toBe('canceled');
		expect((await bird.requests()).length).toBeLessThanOrEqual(16);
	});
}, 120_000);
