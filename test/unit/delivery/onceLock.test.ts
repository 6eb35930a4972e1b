import type { IExecuteFunctions, INode } from 'n8n-workflow';

import { withLock } from '../../../nodes/delivery/once/lock';
import { lockRow } from '../../../nodes/delivery/once/lockRow';
import { ProcessedItems } from '../../engine/support/processed-items';

/** What n8n hands to a node that runs, as far as it is about its memory. */
function contextOf(items: ProcessedItems) {
	const context = { node: { id: 'node' } as INode, workflow: { id: 'workflow', active: true } };
	return {
		...context,
		helpers: {
			checkProcessedAndRecord: async (values: string[], scope: string, options: never) =>
				await items.checkProcessedAndRecord(values, scope, context, options),
			clearAllProcessedItems: async (scope: string) =>
				await items.clearAllProcessedItems(scope, context),
		},
	} as unknown as IExecuteFunctions & { node: INode };
}

const lockIn = (items: ProcessedItems) => lockRow(contextOf(items));
const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));
const never = async () => await new Promise<void>(() => undefined);

describe('the row of the lock', () => {
	it('is another one than that of the node, whose ID stays what it is', async () => {
		const items = new ProcessedItems();
		const context = contextOf(items);
		const rows: string[][] = [];
		await withLock(lockRow(context), async () => {
			rows.push(items.entries('node'), items.entries('node/lock'));
			expect(context.node.id).toBe('node');
		});
		expect(rows[0]).toEqual([]);
		expect(rows[1]).toHaveLength(1);
		expect(items.entries('node/lock')).toEqual([]);
		expect(Object.getOwnPropertyDescriptor(context.node, 'id')).toEqual({
			value: 'node',
			configurable: true,
			enumerable: true,
			writable: true,
		});
	});

	it('is refused where n8n would look at the ID later, and the row of the node stays', async () => {
		const items = new ProcessedItems();
		const context = contextOf(items);
		const { checkProcessedAndRecord } = context.helpers;
		await checkProcessedAndRecord(['remembered'], 'node', { mode: 'entries' });
		const late = { ...context, helpers: { ...context.helpers } };
		late.helpers.checkProcessedAndRecord = async (...given) => {
			await pause(1);
			return await checkProcessedAndRecord(...given);
		};
		const locked = withLock(lockRow(late as never), async () => undefined);
		await expect(locked).rejects.toThrow('this version of n8n has no lock for it');
		expect(items.has('node', 'remembered')).toBe(true);
	});

	it('is refused where a node cannot be reached or changed', async () => {
		for (const node of [undefined, Object.freeze({ id: 'node' })]) {
			const context = { ...contextOf(new ProcessedItems()), node };
			const work = jest.fn();
			await expect(withLock(lockRow(context as never), work)).rejects.toThrow();
			expect(work).not.toHaveBeenCalled();
		}
	});
});

describe('the lock', () => {
	it('is held by one at a time, however slow the database is', async () => {
		const items = new ProcessedItems();
		items.latency = () => (Math.random() < 0.95 ? 4 : 120) * Math.random();
		let holders = 0;
		let turns = 0;
		const process = async () => {
			const lock = lockIn(items);
			for (let turn = 0; turn < 10; turn++) {
				await withLock(lock, async () => {
					expect(++holders).toBe(1);
					await pause(5 * Math.random());
					holders--;
					turns++;
				});
				await pause(10 * Math.random());
			}
		};
		await Promise.all(Array.from({ length: 5 }, process));
		expect(turns).toBe(50);
	});

	it('is given back where the work fails', async () => {
		const items = new ProcessedItems();
		const failing = withLock(lockIn(items), async () => await Promise.reject(new Error('no')));
		await expect(failing).rejects.toThrow('no');
		await expect(withLock(lockIn(items), async () => 'done')).resolves.toBe('done');
	});

	it('fails where the database does', async () => {
		const items = new ProcessedItems();
		items.failure = () => new Error('the disk is full');
		const work = jest.fn();
		await expect(withLock(lockIn(items), work)).rejects.toThrow('the disk is full');
		expect(work).not.toHaveBeenCalled();
	});

	it.each([
		'SQLITE_CONSTRAINT: UNIQUE constraint failed: processed_data.workflowId',
		'duplicate key value violates unique constraint "PK_ca04b9d8dc72de268fe07a65773"',
		"Duplicate entry 'node/lock' for key 'PRIMARY'",
	])('waits while others are quicker each time: %s', async (message) => {
		const items = new ProcessedItems();
		const quicker = performance.now() + 1500;
		items.failure = () => (performance.now() < quicker ? new Error(message) : undefined);
		await expect(withLock(lockIn(items), async () => 'done')).resolves.toBe('done');
	});

	it('outlasts an error of the database', async () => {
		const items = new ProcessedItems();
		items.failure = (_kind, call) => (call < 3 ? new Error('busy') : undefined);
		await expect(withLock(lockIn(items), async () => 'done')).resolves.toBe('done');
	});

	describe('over long times', () => {
		beforeEach(() => void jest.useFakeTimers());
		afterEach(() => void jest.useRealTimers());
		const pass = async (ms: number) => await jest.advanceTimersByTimeAsync(ms);

		it('is taken from a process that was killed, and not before ten seconds', async () => {
			const items = new ProcessedItems();
			void withLock(lockIn(items), never);
			await pass(100);
			const work = jest.fn();
			void withLock(lockIn(items), work);
			await pass(10_000);
			expect(work).not.toHaveBeenCalled();
			await pass(5000);
			expect(work).toHaveBeenCalledTimes(1);
		});

		it('outlasts errors after a long wait, and tells those that stay', async () => {
			const items = new ProcessedItems();
			void withLock(lockIn(items), async () => await pause(7000));
			await pass(100);
			let isBroken = false;
			let errors = 0;
			items.failure = () => (isBroken || errors-- > 0 ? new Error('busy') : undefined);
			const work = jest.fn();
			void withLock(lockIn(items), work);
			await pass(4500);
			errors = 3;
			await pass(6000);
			expect(errors).toBeLessThan(0);
			expect(work).toHaveBeenCalledTimes(1);
			isBroken = true;
			const told = expect(withLock(lockIn(items), work)).rejects.toThrow('busy');
			await pass(10_000);
			await told;
		});

		it('goes to one of several who have waited for a killed process', async () => {
			const items = new ProcessedItems();
			void withLock(lockIn(items), never);
			await pass(100);
			let holders = 0;
			let done = 0;
			for (let waiting = 0; waiting < 4; waiting++) {
				await pass(150);
				void withLock(lockIn(items), async () => {
					expect(++holders).toBe(1);
					await pause(400);
					holders--;
					done++;
				});
			}
			await pass(60_000);
			expect(done).toBe(4);
		});

		it('is not taken from those who have it one after the other', async () => {
			const items = new ProcessedItems();
			let holders = 0;
			let most = 0;
			const busy = async () => {
				for (;;) {
					await withLock(lockIn(items), async () => {
						most = Math.max(most, ++holders);
						await pause(400);
						holders--;
					});
				}
			};
			for (let process = 0; process < 3; process++) void busy();
			await pass(50_000);
			expect(most).toBe(1);
		});

		it('tells a process that was held up for too long, and leaves the lock to whoever has it', async () => {
			const items = new ProcessedItems();
			const late = withLock(lockIn(items), async () => await pause(15_000));
			const told = expect(late).rejects.toThrow('took too long');
			await pass(100);
			let hasEnded = false;
			void withLock(lockIn(items), async () => await pause(7000)).then(() => (hasEnded = true));
			await pass(15_000);
			await told;
			expect(hasEnded).toBe(false);
			expect(items.entries('node/lock')).not.toEqual([]);
			await pass(8000);
			expect(hasEnded).toBe(true);
			expect(items.entries('node/lock')).toEqual([]);
		});

		it('gives up after a minute', async () => {
			const items = new ProcessedItems();
			items.latency = async () => await Promise.resolve();
			// Others have it all the time, one after the other.
			const others = lockIn(items);
			const next = async () => {
				await others.clearAllProcessedItems('node', { mode: 'entries' });
				await others.checkProcessedAndRecord(['held'], 'node', { mode: 'entries' });
			};
			await next();
			setInterval(() => void next(), 2000);
			const work = jest.fn();
			const waiting = withLock(lockIn(items), work);
			const told = expect(waiting).rejects.toThrow('other processes write to it all the time');
			await pass(65_000);
			await told;
			expect(work).not.toHaveBeenCalled();
		});
	});
});
