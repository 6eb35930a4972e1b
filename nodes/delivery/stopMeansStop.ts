import {
	type IDataObject,
	type IExecuteSingleFunctions,
	type INodeExecutionData,
	sleep,
} from 'n8n-workflow';

import { Stopped } from './outcome';
import { pair } from './pair';
import { failedItem, stoppingError } from './report';
import type { RunPlace } from './remember';
import type { RequestKind } from './retryOnlyWhatIsSafe';
import type { Transport } from './transport';

const IDS_IN_AN_ERROR = 20;

/** One item's work, in two steps: nothing is sent before every item's first step went well. */
export interface ItemWork<Prepared> {
	/** Reads and checks the input. Must not send anything. */
	prepare(transport: Transport): Prepared;
	/** @throws Stopped when the run stopped before anything was sent */
	transmit(prepared: Prepared, transport: Transport): Promise<IDataObject[]>;
}

export interface RunSettings {
	provider: string;
	kind: RequestKind;
	stopsOnFailure: boolean;
	/** How many items n8n is going to start, where that is known. */
	expected: number | undefined;
}

/**
 * The items of one run of a declarative node. n8n starts them all at once and they know nothing of
 * one another; here they learn when to stop. When the node stops on failure, the first failure
 * keeps back all that has not started, lets finish what is under way, and counts both.
 */
export class Run {
	private readonly items = new Set<number>();

	/** Resolves once every item has prepared, or never will. */
	private readonly opened: Promise<void>;

	private isStopped = false;

	private underWay = 0;

	private accepted = 0;

	private readonly acceptedIds: string[] = [];

	private failed = 0;

	private whenQuiet: Array<() => void> = [];

	constructor(
		private readonly settings: RunSettings,
		readonly place: RunPlace,
		private readonly transport: Promise<Transport>,
	) {
		// All items wait for the same promise, and prepare in one go when it resolves.
		this.opened = transport.then(
			async () => await sleep(0),
			() => undefined,
		);
	}

	/** Whether this item has been here before, so that n8n must be running the node once more. */
	has(itemIndex: number): boolean {
		return this.items.has(itemIndex);
	}

	async item<Prepared>(
		context: IExecuteSingleFunctions,
		work: ItemWork<Prepared>,
	): Promise<INodeExecutionData[]> {
		const itemIndex = context.getItemIndex();
		this.items.add(itemIndex);
		this.underWay++;
		try {
			const transport = await this.transport;
			const prepared = work.prepare(transport);
			await this.opened;
			if (this.isIncomplete()) this.stop(transport);
			if (this.isStopped) throw new Stopped();
			const results = await work.transmit(prepared, transport);
			this.count(results);
			this.settle();
			return pair(results, itemIndex);
		} catch (error) {
			this.settle();
			return await this.fail(context, itemIndex, error);
		}
	}

	/** n8n's loop came to an end before it had started all items: it has met an expression it cannot read. */
	private isIncomplete(): boolean {
		const { stopsOnFailure, expected } = this.settings;
		return stopsOnFailure && expected !== undefined && this.items.size < expected;
	}

	private stop(transport: Transport): void {
		if (this.isStopped) return;
		this.isStopped = true;
		transport.stop();
	}

	private async fail(
		context: IExecuteSingleFunctions,
		itemIndex: number,
		error: unknown,
	): Promise<INodeExecutionData[]> {
		// Only an item that failed may reject: n8n reports the first that does.
		if (error instanceof Stopped) return [];
		const { provider, kind, stopsOnFailure, expected } = this.settings;
		this.failed++;
		if (!stopsOnFailure) return pair([failedItem(provider, error, itemIndex)], itemIndex);
		this.isStopped = true;
		await this.transport.then(
			(transport) => transport.stop(),
			() => undefined,
		);
		await this.opened;
		await this.quiet();
		const total = Math.max(expected ?? 0, this.items.size);
		throw stoppingError(
			context.getNode(),
			error,
			itemIndex,
			kind === 'read' || total < 2
				? undefined
				: {
						accepted: this.accepted,
						acceptedIds: this.acceptedIds,
						failed: this.failed,
						notSent: total - this.accepted - this.failed,
					},
		);
	}

	private count(results: IDataObject[]): void {
		this.accepted++;
		const id = results[0]?.messageId;
		if (
			this.acceptedIds.length < IDS_IN_AN_ERROR &&
			(typeof id === 'string' || typeof id === 'number')
		) {
			this.acceptedIds.push(String(id));
		}
	}

	/** Resolves when nothing is under way any more. */
	private async quiet(): Promise<void> {
		if (this.underWay === 0) return;
		await new Promise<void>((resolve) => this.whenQuiet.push(resolve));
	}

	private settle(): void {
		this.underWay--;
		if (this.underWay > 0) return;
		for (const resolve of this.whenQuiet) resolve();
		this.whenQuiet = [];
		if (this.items.size >= (this.settings.expected ?? Infinity)) {
			void this.transport.then(
				(transport) => transport.close(),
				() => undefined,
			);
		}
	}
}
