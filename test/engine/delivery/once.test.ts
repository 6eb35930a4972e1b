import type { IDataObject, INodeType } from 'n8n-workflow';

import { type Engine, loadEngine } from '../support/engine';
import { installProcessedItems } from '../support/install-processed-items';
import type { ProcessedItems } from '../support/processed-items';
import { withSent } from '../sent/support';
import { type BirdBench, people, phones, withBird } from './support';

let engine: Engine;

let items: ProcessedItems;
beforeAll(async () => void (engine = await loadEngine()));
beforeEach(async () => void (items = await installProcessedItems()));

let nodes = 0;
/** A node that no other test has, with what it is to do on failure. */
const node = (more: object = {}) => ({ id: `once-${++nodes}`, ...more });
const KEY = { onceKey: '=order-{{ $json.phone }}' };
const continues = { onError: 'continueRegularOutput' };

describe('Send Once Key where the node stops on failure', () => {
	it('sends nothing when one message is in doubt, and gives the other keys back', async () => {
		await withBird(engine, async (bird) => {
			const id = node();
			await bird.fault({ fault: 'reset-after', count: 1 });
			await bird.send(1, KEY, { ...id, ...continues });
			const stopped = await bird.send(5, KEY, id);
			expect(stopped.error?.message).toContain('nobody knows how it ended');
			expect(stopped.error?.description).toContain('Send Once Again');
			expect(stopped.error?.description).toContain('Not sent: 4');
			expect(await bird.recipients()).toEqual(phones(1));
			await bird.send(5, KEY, { ...id, ...continues });
			expect(await bird.recipients()).toEqual(phones(5));
			expect(await bird.duplicates()).toEqual([]);
		});
	});

	it('sends in the next try what a failure kept back', async () => {
		await withBird(engine, async (bird) => {
			const id = node();
			await bird.fault({ fault: '422', skip: 2 });
			const stopped = await bird.send(5, { ...KEY, maxInFlight: 1 }, id);
			expect(stopped.error?.description).toContain('Accepted before the stop: 2');
			const again = await bird.send(5, KEY, id);
			expect(again.error).toBeUndefined();
			expect(again.json[0].map(({ alreadySent }) => alreadySent === true)).toEqual([
				true,
				true,
				false,
				false,
				false,
			]);
			expect(await bird.duplicates()).toEqual([]);
			expect(await bird.recipients()).toEqual(phones(5));
		});
	});
});

describe('Send Once Again', () => {
	it.each([
		[false, 1],
		['=false', 1],
		['={{ "false" }}', 1],
		[true, 2],
		['={{ $json.name === "Person 0" }}', 2],
	])('set to %j sends %i times', async (onceAgain, times) => {
		await withBird(engine, async (bird) => {
			const id = node();
			await bird.send(1, KEY, id);
			await bird.send(1, { ...KEY, onceAgain } as IDataObject, id);
			expect(await bird.messages()).toHaveLength(times);
			// And it is remembered anew.
			const third = await bird.send(1, KEY, id);
			expect(third.json[0][0]).toMatchObject({ alreadySent: true });
		});
	});
});

describe('Remember How Many', () => {
	it.each([0, -1, 1.5, 'many', '={{ [] }}'])('refuses %j', async (onceHistory) => {
		await withBird(engine, async (bird) => {
			const result = await bird.send(1, { ...KEY, onceHistory }, node());
			expect(result.error?.message).toContain('Remember How Many');
			expect(await bird.messages()).toEqual([]);
		});
	});
});

describe('what comes out for a message that was sent before', () => {
	it('is its result where this process has sent it', async () => {
		await withBird(engine, async (bird) => {
			const id = node();
			const first = await bird.send(1, KEY, id);
			const again = await bird.send(1, KEY, id);
			const { messageId, recipient, channel, status, sentAt } = first.json[0][0];
			expect(again.json[0]).toEqual([
				expect.objectContaining({ messageId, recipient, channel, status, sentAt }),
			]);
			expect(again.json[0][0].alreadySent).toBe(true);
		});
	});

	it('says as much as is known after a restart', async () => {
		await withBird(engine, async (bird) => {
			const id = node();
			await bird.send(1, KEY, id);
			const restarted = await loadEngine();
			const result = await restarted.run({
				node: bird.node(KEY, id),
				credentials: bird.credentials,
				items: people(1),
			});
			expect(result.json[0]).toEqual([
				{
					messageId: null,
					provider: 'bird',
					channel: null,
					recipient: null,
					status: 'accepted',
					providerStatus: null,
					sentAt: null,
					reference: null,
					alreadySent: true,
				},
			]);
		});
	});

	it('counts as accepted when the node stops', async () => {
		await withBird(engine, async (bird) => {
			const id = node();
			await bird.send(2, KEY, id);
			await bird.fault({ fault: '422' });
			const result = await bird.send(3, KEY, id);
			expect(result.error?.description).toContain('Accepted before the stop: 2');
		});
	});
});

describe('an execution that waits for another with the same key', () => {
	it('tells what became of it, and waits no longer than it takes', async () => {
		await withBird(engine, async (bird) => {
			const id = { ...node(), ...continues };
			await bird.fault({ fault: 'slow', count: 1, delayMs: 300 });
			const runs = await Promise.all([bird.send(3, KEY, id), bird.send(3, KEY, id)]);
			const ids = runs.map(({ json }) => json[0].map(({ messageId }) => messageId));
			expect(ids[0]).toEqual(ids[1]);
			expect(await bird.messages()).toHaveLength(3);
		});
	});

	it('and that is canceled hears that it was not sent', async () => {
		await withBird(engine, async (bird) => {
			const id = { ...node(), ...continues };
			await bird.fault({ fault: '429', retryAfter: 60 });
			const first = bird.start(1, KEY, id);
			while ((await bird.stats()).requests === 0) await pause(5);
			const second = bird.send(1, KEY, id);
			await pause(50);
			first.cancel();
			const { json } = await second;
			await first.result;
			expect(json[0].map(({ details }) => (details as IDataObject).outcome)).toEqual(['not_sent']);
			await bird.clearFaults();
		});
	});
});

describe('as a tool that n8n routes', () => {
	it('refuses a key before anything is sent, since n8n offers no memory there', async () => {
		const description = engine.description('bird');
		const routed = await loadEngine({
			nodeTypes: { 'test.routedBird': { description } as INodeType },
		});
		await withBird(routed, async (bird) => {
			const { credentials } = bird;
			const run = async (options: IDataObject) =>
				await routed.run({
					node: { ...bird.node(options), ...continues, type: 'test.routedBird' } as never,
					credentials,
					items: people(1),
				});
			const refused = await run(KEY);
			expect(JSON.stringify(refused.json)).toContain('no memory of what was sent');
			expect(await bird.messages()).toEqual([]);
			await run({});
			expect(await bird.messages()).toHaveLength(1);
		});
		expect(items.calls).toEqual([]);
	});
});

describe('Sent', () => {
	const message = { recipients: '={{ $json.phone }}', text: 'Hello' };
	const to = [{ phone: '+447700900400' }, { phone: '+447700900401' }];

	it('gets the key as its own, and another where it is sent again on purpose', async () => {
		await withSent(engine, async (sent) => {
			const options = { onceKey: '=order-{{ $itemIndex }}' };
			await sent.run('send', { ...message, options }, { items: to, ...node() });
			const keys = (await sent.keys()).sort();
			expect(keys[0]).toMatch(/^order-0-[0-9a-f]{12}$/);
			expect(keys[1]).toMatch(/^order-1-[0-9a-f]{12}$/);
			// Another node with the same keys is no repetition.
			await sent.run('send', { ...message, options }, { items: to, ...node() });
			expect(await sent.messages()).toHaveLength(4);
		});
	});

	it('sends again on purpose what it has taken before', async () => {
		await withSent(engine, async (sent) => {
			const id = node();
			const options = { onceKey: '=order-{{ $itemIndex }}' };
			await sent.run('send', { ...message, options }, { items: to, ...id });
			const again = { ...options, onceAgain: true };
			await sent.run('send', { ...message, options: again }, { items: to, ...id });
			expect(await sent.messages()).toHaveLength(4);
		});
	});

	it('an Idempotency Key goes to Sent as it is, beside a Send Once Key', async () => {
		await withSent(engine, async (sent) => {
			const options = {
				onceKey: '=order-{{ $itemIndex }}',
				idempotencyKey: '=own-{{ $itemIndex }}',
			};
			await sent.run('send', { ...message, options }, { items: to, ...node() });
			expect((await sent.keys()).sort()).toEqual(['own-0', 'own-1']);
		});
	});

	it('a pack has one key of all of them', async () => {
		await withSent(engine, async (sent) => {
			const bulk = {
				recipientField: 'phone',
				content: 'text',
				text: 'Hello',
				options: { onceKey: 'order-[[phone]]' },
			};
			await sent.run('bulkSend', bulk, { items: to, ...node() });
			const keys = await sent.keys();
			expect(keys).toHaveLength(1);
			expect(keys[0]).toMatch(/^[0-9a-f]{64}$/);
		});
	});

	it('uses up no key in Sandbox Mode', async () => {
		await withSent(engine, async (sent) => {
			const id = node();
			const options = { onceKey: '=order-{{ $itemIndex }}' };
			const rehearsal = { ...message, options: { ...options, sandbox: true } };
			await sent.run('send', rehearsal, { items: to, ...id });
			expect(items.calls).toEqual([]);
			const real = await sent.run('send', { ...message, options }, { items: to, ...id });
			expect(real.json[0].every(({ alreadySent }) => alreadySent === undefined)).toBe(true);
		});
	});
});

describe('a bulk', () => {
	it('skips what says the same to the same person, whatever the keys', async () => {
		await withBird(engine, async (bird) => {
			const given = [0, 0, 1].map((index, at) => ({
				json: { ...people(2)[index].json, order: at === 1 ? 0 : at },
			}));
			const run = async (more: IDataObject) => await bulk(bird, given, more);
			const result = await run({ onceKey: 'order-[[order]]' });
			expect(result.json[0].map(({ duplicateOf }) => duplicateOf)).toEqual([
				undefined,
				0,
				undefined,
			]);
			expect(await bird.recipients()).toEqual(phones(2));
		});
	});

	it('gives every item an ending where a duplicate repeats one with an equal key', async () => {
		await withBird(engine, async (bird) => {
			const given = ['Ana', 'Bo', 'Bo'].map((name, at) => ({
				json: { phone: phones(1)[0], name, order: at === 2 ? 'b' : 'a' },
			}));
			const result = await bulk(bird, given, { onceKey: 'order-[[order]]' });
			expect(result.json[0]).toHaveLength(3);
			expect(result.json[0].map(({ duplicateOf }) => duplicateOf)).toEqual([undefined, 0, 1]);
			expect(await bird.messages()).toHaveLength(1);
		});
	});

	async function bulk(bird: BirdBench, given: ReturnType<typeof people>, options: IDataObject) {
		const parameters = { operation: 'bulkSend', recipientField: 'phone', text: 'Hello [[name]]' };
		return await engine.run({
			node: bird.node(options, node(), parameters),
			credentials: bird.credentials,
			items: given,
		});
	}
});

const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));
