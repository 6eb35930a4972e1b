import { createHash } from 'node:crypto';
import type {
	DeduplicationItemTypes,
	ICheckProcessedContextData,
	ICheckProcessedOptions,
	IDataDeduplicator,
	IDeduplicationOutput,
} from 'n8n-workflow';

interface Row {
	mode: string;
	data: string[];
}

const hash = (value: DeduplicationItemTypes) =>
	createHash('md5').update(value.toString()).digest('base64');

const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

/**
 * n8n's memory of processed items without its database. It does what n8n's DeduplicationHelper does
 * (n8n/dist/deduplication/deduplication-helper.js, the same in 1.123 and 2.40): it reads a whole row,
 * changes it and writes it back, without a lock.
 */
export class ProcessedItems implements IDataDeduplicator {
	private readonly rows = new Map<string, string>();

	/** Calls so far: each reads the row, and all but a removal from no row write it. */
	readonly calls: Array<{
		kind: 'check' | 'remove';
		values: DeduplicationItemTypes[];
		nodeId?: string;
	}> = [];

	/** What one node has called: another one may still write down how an earlier run has ended. */
	callsOf(id: string): Array<'check' | 'remove'> {
		return this.calls.filter(({ nodeId }) => nodeId === id).map(({ kind }) => kind);
	}

	/** Thrown by the calls of a node, which are counted, for which it says so. */
	failure:
		| ((kind: 'check' | 'remove', call: number, nodeId?: string) => Error | undefined)
		| undefined;

	/** How long the database takes for a read or a write (ms), or until when it is held up. */
	latency: (row: string) => number | Promise<void> = () => 1 + 2 * Math.random();

	private readonly dead = new WeakSet<object>();

	private readonly alive = new Set<object>();

	/** The executions that have called so far are those of a killed process: they never go on. */
	kill(): void {
		for (const workflow of this.alive) this.dead.add(workflow);
		this.alive.clear();
	}

	/** What the row of a node holds. */
	entries(nodeId: string): string[] {
		const row = [...this.rows].find(([context]) => context.endsWith(`n:${nodeId}`));
		return row ? (JSON.parse(row[1]) as Row).data : [];
	}

	has(nodeId: string, value: string): boolean {
		return this.entries(nodeId).includes(hash(value));
	}

	async checkProcessedAndRecord(
		items: DeduplicationItemTypes[],
		_scope: unknown,
		context: ICheckProcessedContextData,
		options: ICheckProcessedOptions,
	): Promise<IDeduplicationOutput> {
		const name = nameOf(context);
		await this.called('check', items, context);
		const row = await this.read(name);
		const hashes = items.map(hash);
		if (row === undefined) {
			if (options.maxEntries) hashes.splice(0, hashes.length - options.maxEntries);
			await this.write(name, { mode: options.mode, data: hashes }, context, true);
			return { new: [...items], processed: [] };
		}
		const result: IDeduplicationOutput = { new: [], processed: [] };
		const known = new Set(row.data);
		hashes.forEach((value, index) => {
			if (known.has(value)) result.processed.push(items[index]);
			else {
				result.new.push(items[index]);
				row.data.push(value);
			}
		});
		if (options.maxEntries) row.data.splice(0, row.data.length - options.maxEntries);
		await this.write(name, row, context);
		return result;
	}

	async removeProcessed(
		items: DeduplicationItemTypes[],
		_scope: unknown,
		context: ICheckProcessedContextData,
	): Promise<void> {
		const name = nameOf(context);
		await this.called('remove', items, context);
		const row = await this.read(name);
		if (row === undefined) return;
		for (const value of items.map(hash)) {
			const index = row.data.indexOf(value);
			if (index !== -1) row.data.splice(index, 1);
		}
		await this.write(name, row, context);
	}

	async clearAllProcessedItems(
		_scope: unknown,
		context: ICheckProcessedContextData,
	): Promise<void> {
		const name = nameOf(context);
		await this.unlessDead(context.workflow);
		await this.pause(name);
		this.rows.delete(name);
	}

	async getProcessedDataCount(
		_scope: unknown,
		context: ICheckProcessedContextData,
	): Promise<number> {
		return (await this.read(nameOf(context)))?.data.length ?? 0;
	}

	private async called(
		kind: 'check' | 'remove',
		values: DeduplicationItemTypes[],
		{ workflow, node }: ICheckProcessedContextData,
	): Promise<void> {
		const nodeId = node?.id;
		await this.unlessDead(workflow);
		this.calls.push({ kind, values: [...values], nodeId });
		const error = this.failure?.(kind, this.callsOf(nodeId ?? '').length, nodeId);
		if (error) throw error;
	}

	private async pause(name: string): Promise<void> {
		const latency = this.latency(name);
		await (typeof latency === 'number' ? pause(latency) : latency);
	}

	private async read(name: string): Promise<Row | undefined> {
		await this.pause(name);
		const json = this.rows.get(name);
		return json === undefined ? undefined : (JSON.parse(json) as Row);
	}

	private async write(
		name: string,
		row: Row,
		{ workflow }: ICheckProcessedContextData,
		isNew = false,
	): Promise<void> {
		await this.pause(name);
		await this.unlessDead(workflow);
		if (isNew && this.rows.has(name)) {
			throw new Error('SQLITE_CONSTRAINT: UNIQUE constraint failed: processed_data.workflowId');
		}
		// An update of a row that somebody has removed meanwhile changes nothing.
		if (isNew || this.rows.has(name)) this.rows.set(name, JSON.stringify(row));
	}

	private async unlessDead(workflow: object): Promise<void> {
		if (this.dead.has(workflow)) await new Promise(() => undefined);
		this.alive.add(workflow);
	}
}

function nameOf({ workflow, node }: ICheckProcessedContextData): string {
	return `${workflow.id} n:${node?.id}`;
}
