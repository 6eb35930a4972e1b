import { type IDataObject, sleep } from 'n8n-workflow';

import { claim, type Standing } from './claim';
import { accepted, asked, begun } from './marks';
import type { Once, OncePlace, ProcessedItems } from './once';
import { forget, recall, remember } from './recent';
import { Row } from './row';
import { type Marks, newWitness, takeBack } from './takeBack';

/** Keys that are claimed together. */
const MOST_CLAIMED = 2500;
/** Witnesses of claims are removed in numbers, so that not every run has to. */
const MOST_USELESS = 100;
/** So often an ending is written down once more. */
const CONFIRMATIONS = 5;
/** By then, whoever was held up when it was written down has written too. */
const CONFIRMED_AFTER_MS = 200;

/** How a message ended, for others who have the same key. Undefined: it was not tried. */
export type SharedEnding =
	| { kind: 'accepted'; results: IDataObject[] }
	| { kind: 'failed'; failure: Error }
	| undefined;

/** How the claimed keys of a run have ended. */
export interface Settled {
	accepted: string[];
	doubtful: string[];
	released: string[];
	history: number;
}

interface OnItsWay {
	ending: Promise<SharedEnding>;
	end(ending: SharedEnding): void;
}

/** What this process does with the keys of one node. */
export class NodeMemory {
	private readonly row = new Row();

	/** Keys that an execution of this process has claimed and not settled yet. */
	private readonly onTheirWay = new Map<string, OnItsWay>();

	private useless: string[] = [];

	constructor(private readonly name: string) {}

	/** How another execution of this process ends with the key, if one has it at the moment. */
	other(key: string): Promise<SharedEnding> | undefined {
		return this.onTheirWay.get(key)?.ending;
	}

	/**
	 * Claims keys that nobody else in this process has. Each must be ended and settled.
	 *
	 * @throws whatever the database throws; then nothing may be sent
	 */
	async claim({ items }: OncePlace, wishes: Once[]): Promise<Map<string, Standing>> {
		for (const { key } of wishes) this.onTheirWay.set(key, onItsWay());
		const again = wishes.filter((wish) => wish.again).map(({ key }) => key);
		for (const key of again) forget(this.name, key);
		await this.row.remove(
			items,
			again.flatMap((key) => [begun(key), accepted(key), asked(key)]),
		);
		const parts: Array<Promise<Map<string, Standing>>> = [];
		for (let start = 0; start < wishes.length; start += MOST_CLAIMED) {
			const keys = wishes.slice(start, start + MOST_CLAIMED).map(({ key }) => key);
			const isKnown = (key: string) => this.known(key) !== undefined;
			parts.push(claim({ ...this.marksIn(items), isKnown }, keys));
		}
		const standings = new Map((await Promise.all(parts)).flatMap((part) => [...part]));
		if (this.useless.length >= MOST_USELESS) await this.tidy(items);
		return standings;
	}

	/** The results of a message that this process has sent itself. */
	known(key: string): IDataObject[] | undefined {
		return recall(this.name, key);
	}

	/** Tells the others who wait for a key. What was accepted is known from now on. */
	end(key: string, ending: SharedEnding): void {
		if (ending?.kind === 'accepted') remember(this.name, key, ending.results);
		this.onTheirWay.get(key)?.end(ending);
	}

	/** Gives a key back that was never ours. */
	leave(key: string): void {
		this.onTheirWay.delete(key);
	}

	/**
	 * Writes down how claimed keys ended, and drops the oldest of all.
	 *
	 * @param ended.doubtful stay begun
	 * @throws whatever the database throws
	 */
	async settle({ items }: OncePlace, ended: Settled): Promise<void> {
		const { accepted: taken, doubtful, released, history } = ended;
		const place = this.marksIn(items);
		const mark = newWitness(place);
		const marks = [...[...taken, ...doubtful].map(begun), ...taken.map(accepted), mark];
		// Two marks for each key that is remembered, and two for each that is on its way.
		const most = 2 * (history + this.onTheirWay.size) + this.useless.length;
		const { fresh, upTo } = await this.row.record(items, marks, most);
		const doubted = taken.filter((key) => !fresh.has(accepted(key)));
		await takeBack(place, [...released.map(begun), ...doubted.map(asked)]);
		if (this.useless.length >= MOST_USELESS) await this.tidy(items);
		// Nobody waits for it: at worst a later run says that it is unknown what it cannot find.
		void this.confirm(place, ended, { mark, upTo }).catch(() => undefined);
	}

	/** Writes an ending down once more where another process has written over it. */
	private async confirm(
		place: Marks,
		{ accepted: taken, doubtful }: Settled,
		first: { mark: string; upTo: number },
	) {
		const { row, items } = place;
		let { mark, upTo } = first;
		for (let attempt = 1; attempt <= CONFIRMATIONS; attempt++) {
			await sleep(CONFIRMED_AFTER_MS);
			// Forgotten as the oldest of a full history is not lost.
			if (row.hasDropped(upTo)) return;
			const isLost = (await row.record(items, [mark])).fresh.has(mark);
			if (!isLost) return;
			// Whoever has the key again by now knows better.
			const isOver = (key: string) => !this.onTheirWay.has(key);
			mark = newWitness(place);
			const again = [
				...[...taken, ...doubtful].filter(isOver).map(begun),
				...taken.filter(isOver).map(accepted),
			];
			({ upTo } = await row.record(items, [...again, mark]));
		}
	}

	private marksIn(items: ProcessedItems): Marks {
		return {
			row: this.row,
			items,
			isUseless: (marks) => void this.useless.push(...marks),
		};
	}

	private async tidy(items: ProcessedItems): Promise<void> {
		const useless = this.useless;
		this.useless = [];
		await this.row.remove(items, useless);
	}
}

function onItsWay(): OnItsWay {
	let end: OnItsWay['end'] = () => undefined;
	const ending = new Promise<SharedEnding>((resolve) => {
		end = resolve;
	});
	return { ending, end };
}

const memories = new Map<string, NodeMemory>();

/** The memory of a node, shared by all executions of this process. */
export function memoryOf({ name }: OncePlace): NodeMemory {
	const memory = memories.get(name) ?? new NodeMemory(name);
	memories.set(name, memory);
	return memory;
}
