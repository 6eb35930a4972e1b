import type { IDataObject } from 'n8n-workflow';

import { claim, type Standing } from './claim';
import { accepted, asked, begun } from './marks';
import type { Once, OncePlace } from './once';
import { forget, recall, remember } from './recent';
import { Row } from './row';

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
	async claim(place: OncePlace, wishes: Once[]): Promise<Map<string, Standing>> {
		for (const { key } of wishes) this.onTheirWay.set(key, onItsWay());
		const again = wishes.filter((wish) => wish.again).map(({ key }) => key);
		for (const key of again) forget(this.name, key);
		await this.row.remove(
			place,
			again.flatMap((key) => [begun(key), accepted(key), asked(key)]),
		);
		const isKnown = (key: string) => this.known(key) !== undefined;
		return await claim(
			{ row: this.row, place, isKnown },
			wishes.map(({ key }) => key),
		);
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
	async settle(place: OncePlace, ended: Settled): Promise<void> {
		const { accepted: taken, doubtful, released, history } = ended;
		const marks = [...[...taken, ...doubtful].map(begun), ...taken.map(accepted)];
		// Two marks for each key that is remembered, and two for each that is on its way.
		const most = 2 * (history + this.onTheirWay.size);
		const fresh = await this.row.record(place, marks, most);
		const doubted = taken.filter((key) => !fresh.has(accepted(key)));
		await this.row.remove(place, [...released.map(begun), ...doubted.map(asked)]);
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
