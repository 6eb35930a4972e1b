import type { DeduplicationItemTypes } from 'n8n-workflow';

import { NodeMemory } from '../../../nodes/delivery/once/memory';
import type { Once, OncePlace } from '../../../nodes/delivery/once/once';
import { vendorKeyOf } from '../../../nodes/delivery/once/vendorKey';
import { ProcessedItems } from '../../engine/support/processed-items';

const NODE = 'node';
const LOCK = 'node/lock';

/** The node's row and that of its lock, as n8n's helpers reach them. */
function placeIn(items: ProcessedItems, name: string): OncePlace {
	const workflow = { id: 'workflow', active: true };
	const row = (id: string) => {
		const context = { node: { id } as never, workflow };
		return {
			checkProcessedAndRecord: async (
				values: DeduplicationItemTypes[],
				scope: unknown,
				options: never,
			) => await items.checkProcessedAndRecord(values, scope, context, options),
			removeProcessed: async (values: DeduplicationItemTypes[], scope: unknown) =>
				await items.removeProcessed(values, scope, context),
			clearAllProcessedItems: async (scope: unknown) =>
				await items.clearAllProcessedItems(scope, context),
		} as OncePlace['items'] & OncePlace['lock'];
	};
	return { name, items: row(NODE), lock: row(LOCK) };
}

/** A process of n8n with a memory of its own, and the database that all share. */
class Process {
	private readonly place: OncePlace;

	private readonly memory: NodeMemory;

	constructor(items: ProcessedItems, name: string) {
		// Static facts of a process, such as which results it knows, go by the name.
		this.memory = new NodeMemory(name);
		this.place = placeIn(items, name);
	}

	async claim(keys: string[], more: Partial<Once> = {}): Promise<Record<string, string>> {
		const wishes = keys.map((key) => ({
			key,
			again: false,
			history: 1000,
			place: this.place,
			...more,
		}));
		const standings = await this.memory.claim(this.place, wishes);
		return Object.fromEntries(standings);
	}

	async accept(keys: string[], history = 1000): Promise<void> {
		await this.memory.settle(this.place, { accepted: keys, doubtful: [], released: [], history });
		for (const key of keys) this.memory.leave(key);
	}

	async release(keys: string[]): Promise<void> {
		await this.memory.settle(this.place, {
			accepted: [],
			doubtful: [],
			released: keys,
			history: 1000,
		});
		for (const key of keys) this.memory.leave(key);
	}
}

let processes = 0;
const processOf = (items: ProcessedItems) => new Process(items, `process-${++processes}`);
const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));
const range = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('a claim', () => {
	it('is had by one, and by nobody after it', async () => {
		const items = new ProcessedItems();
		const first = processOf(items);
		expect(await first.claim(['a', 'b'])).toEqual({ a: 'ours', b: 'ours' });
		expect(await processOf(items).claim(['a', 'c'])).toEqual({ a: 'begun', c: 'ours' });
		await first.accept(['a']);
		await first.release(['b']);
		const third = processOf(items);
		expect(await third.claim(['a', 'b', 'c'])).toEqual({ a: 'accepted', b: 'ours', c: 'begun' });
	});

	it('is had by one of three processes that want it at the same moment', async () => {
		const races = range(100).map(async () => {
			const items = new ProcessedItems();
			// Mostly quick, and now and then held up for long, between reading and writing too.
			items.latency = () => (Math.random() < 0.9 ? 10 : 300) * Math.random();
			const all = [processOf(items), processOf(items), processOf(items)];
			// The row is there already: making it would keep them apart.
			await all[0].accept(['before']);
			const standings = await Promise.all(
				all.map(async (process, at) => {
					await pause(Math.random() * 20);
					const claimed = await process.claim(['a', 'b', `own ${at}`]);
					if (claimed.a === 'ours') await process.accept(['a']);
					return claimed;
				}),
			);
			for (const key of ['a', 'b']) {
				expect(standings.filter((standing) => standing[key] === 'ours')).toHaveLength(1);
				expect(items.has(NODE, `begun:${key}`)).toBe(true);
			}
			expect(items.has(NODE, 'accepted:a')).toBe(true);
			for (const at of range(3)) {
				expect(standings[at][`own ${at}`]).toBe('ours');
				expect(items.has(NODE, `begun:own ${at}`)).toBe(true);
			}
		});
		await Promise.all(races);
	});

	it('in thousands goes in parts', async () => {
		const items = new ProcessedItems();
		const keys = range(6000).map((index) => `key ${index}`);
		const first = processOf(items);
		// A shorter history need not hold the first of them.
		const history = keys.length;
		expect(new Set(Object.values(await first.claim(keys, { history })))).toEqual(new Set(['ours']));
		await first.accept(keys, history);
		const again = await processOf(items).claim(keys.slice(0, 500), { history });
		expect(new Set(Object.values(again))).toEqual(new Set(['accepted']));
	});

	it('never turns what is in doubt into accepted, wherever a process dies', async () => {
		for (const deadly of [1, 2, 3]) {
			const items = new ProcessedItems();
			const first = processOf(items);
			await first.claim(['accepted', 'doubt']);
			await first.accept(['accepted']);
			// This one dies after it has asked, before it has taken back what it thereby recorded.
			let removals = 0;
			items.failure = (kind) =>
				kind === 'remove' && ++removals >= deadly ? new Error('killed') : undefined;
			await processOf(items)
				.claim(['accepted', 'doubt'])
				.catch(() => undefined);
			items.failure = undefined;
			for (let time = 0; time < 3; time++) {
				const standings = await processOf(items).claim(['accepted', 'doubt']);
				expect(standings.doubt).toBe('begun');
			}
		}
	});

	it('is made again after an error of the database, and by itself only', async () => {
		const items = new ProcessedItems();
		items.failure = (_kind, call) => (call === 1 ? new Error('busy') : undefined);
		const first = processOf(items);
		expect(await first.claim(['a'])).toEqual({ a: 'ours' });
	});
});

describe('the history', () => {
	it('keeps the newest keys, and never takes a forgotten one for accepted or begun', async () => {
		const items = new ProcessedItems();
		items.latency = () => 0;
		const node = processOf(items);
		for (const index of range(30)) {
			const key = `key ${index}`;
			expect(await node.claim([key], { history: 5 })).toEqual({ [key]: 'ours' });
			// Every third stays in doubt for ever.
			if (index % 3 === 0) await node.accept([], 5);
			else await node.accept([key], 5);
		}
		// Those in doubt are on their way for as long as this process lives.
		expect(items.entries(NODE).length).toBeLessThanOrEqual(2 * (5 + 11));
		const newest = await processOf(items).claim(
			range(5).map((index) => `key ${25 + index}`),
			{ history: 5 },
		);
		expect(newest).toEqual({
			'key 25': 'accepted',
			'key 26': 'accepted',
			'key 27': 'begun',
			'key 28': 'accepted',
			'key 29': 'accepted',
		});
	});
});

describe('the key for the vendor', () => {
	const rule = { header: 'Idempotency-Key', pattern: /^[A-Za-z0-9_-]{1,255}$/, rule: '' };
	const at = (name: string) => placeIn(new ProcessedItems(), name);
	const keyFor = (key: string, place = at('workflow node')) =>
		vendorKeyOf({ key, place, again: false, history: 1 }, rule);

	it('is the same each time, readable where the vendor takes it, and another for another node', () => {
		expect(keyFor('order-1042')).toMatch(/^order-1042-[0-9a-f]{12}$/);
		expect(keyFor('order-1042')).toBe(keyFor('order-1042'));
		expect(keyFor('order-1042', at('workflow other'))).not.toBe(keyFor('order-1042'));
		for (const odd of ['Bestellung №1 🚚', 'x'.repeat(250), 'a b']) {
			expect(keyFor(odd)).toMatch(/^[0-9a-f]{64}$/);
		}
	});
});
