import type { Logger } from 'n8n-workflow';

import type { NodeMemory, Settled } from './memory';
import type { OncePlace } from './once';

/** So often is written down what was accepted: a run that is killed leaves little in doubt. */
const SETTLE_EVERY_MS = 1000;

/** Writes down how the claimed messages of a run ended, many at a time. */
export class Settlement {
	private ended: Settled;

	private writing: Promise<unknown> = Promise.resolve();

	private writtenAt = performance.now();

	constructor(
		private readonly memory: NodeMemory,
		private readonly place: OncePlace,
		private readonly history: number,
		private readonly logger: Logger,
	) {
		this.ended = this.none();
	}

	/** The vendor has taken it: never again. */
	accept(key: string): void {
		this.ended.accepted.push(key);
		this.writeSometimes();
	}

	/** It may have left: it stays begun. */
	leaveInDoubt(key: string): void {
		this.ended.doubtful.push(key);
		this.writeSometimes();
	}

	/** It was refused, or never left: another run may send it. */
	release(key: string): void {
		this.ended.released.push(key);
		this.writeSometimes();
	}

	/** Writes down what is left. What cannot be written stays begun, which the log says. */
	async close(): Promise<void> {
		await this.writing;
		const error = await this.write();
		if (error === undefined) return;
		const { accepted, doubtful, released } = this.ended;
		for (const key of [...accepted, ...doubtful, ...released]) this.memory.leave(key);
		this.logger.warn(
			`n8n's memory of sent messages could not be written: ${String(error)}. A later run will say of ${accepted.length} accepted and ${released.length} unsent messages that it is unknown what became of them.`,
		);
	}

	private writeSometimes(): void {
		if (performance.now() - this.writtenAt < SETTLE_EVERY_MS) return;
		this.writtenAt = performance.now();
		this.writing = this.writing.then(async () => await this.write());
	}

	/** @returns the error, after which it can be tried again */
	private async write(): Promise<unknown> {
		const { accepted, doubtful, released } = this.ended;
		const keys = [...accepted, ...doubtful, ...released];
		if (keys.length === 0) return undefined;
		const writing = this.ended;
		this.ended = this.none();
		try {
			await this.memory.settle(this.place, writing);
		} catch (error) {
			this.ended.accepted = [...accepted, ...this.ended.accepted];
			this.ended.doubtful = [...doubtful, ...this.ended.doubtful];
			this.ended.released = [...released, ...this.ended.released];
			return error ?? new Error('no reason was given');
		}
		for (const key of keys) this.memory.leave(key);
		return undefined;
	}

	private none(): Settled {
		return { accepted: [], doubtful: [], released: [], history: this.history };
	}
}
