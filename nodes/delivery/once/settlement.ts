import type { Logger } from 'n8n-workflow';

import type { NodeMemory } from './memory';
import type { OncePlace } from './once';

/** So often is written down what was accepted: a run that is killed leaves little in doubt. */
const SETTLE_EVERY_MS = 1000;

/** Writes down how the claimed messages of a run ended, many at a time. */
export class Settlement {
	private accepted: string[] = [];

	private released: string[] = [];

	private writing: Promise<void> = Promise.resolve();

	private writtenAt = performance.now();

	constructor(
		private readonly memory: NodeMemory,
		private readonly place: OncePlace,
		private readonly history: number,
		private readonly logger: Logger,
	) {}

	/** The vendor has taken it: never again. */
	accept(key: string): void {
		this.accepted.push(key);
		this.writeSometimes();
	}

	/** It was refused, or never left: another run may send it. */
	release(key: string): void {
		this.released.push(key);
		this.writeSometimes();
	}

	/** It may have left: it stays begun. */
	leaveInDoubt(key: string): void {
		this.memory.leave(key);
	}

	/** Writes down what is left. What cannot be written stays begun, which the log says. */
	async close(): Promise<void> {
		await this.writing;
		const error = await this.write();
		if (error === undefined) return;
		const left = [...this.accepted, ...this.released];
		for (const key of left) this.memory.leave(key);
		this.logger.warn(
			`n8n's memory of sent messages could not be written for ${left.length} messages: ${String(error)}. A later run will say that it is unknown what became of them. Accepted: ${this.accepted.length}. Not sent: ${this.released.length}.`,
		);
	}

	private writeSometimes(): void {
		if (performance.now() - this.writtenAt < SETTLE_EVERY_MS) return;
		this.writtenAt = performance.now();
		this.writing = this.writing.then(async () => void (await this.write()));
	}

	/** @returns the error, after which it can be tried again */
	private async write(): Promise<unknown> {
		const { accepted, released, history } = this;
		if (accepted.length + released.length === 0) return undefined;
		this.accepted = [];
		this.released = [];
		try {
			await this.memory.settle(this.place, { accepted, released, history });
		} catch (error) {
			this.accepted.unshift(...accepted);
			this.released.unshift(...released);
			return error ?? new Error('no reason was given');
		}
		for (const key of [...accepted, ...released]) this.memory.leave(key);
		return undefined;
	}
}
