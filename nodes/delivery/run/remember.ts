import { createHash } from 'node:crypto';
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import type { DeliveryFailure } from '../http/outcome';

/** How a send ended for good: accepted with these results, or nobody knows. */
export type Ending =
	| { kind: 'accepted'; results: IDataObject[] }
	| { kind: 'unknown'; failure: DeliveryFailure };

const CAPACITY = 50_000;
const EXPIRES_AFTER_MS = 60 * 60_000;

/**
 * What has been sent, kept while n8n might run the same node of the same execution again: its
 * Retry On Fail repeats all items, also those that were accepted. Bounded: beyond its capacity the
 * oldest are forgotten, and everything is after an hour.
 */
export class Memory {
	/** In the order of their age, oldest first. */
	private readonly entries = new Map<string, { ending: Ending; expiresAt: number }>();

	constructor(
		private readonly capacity = CAPACITY,
		private readonly expiresAfterMs = EXPIRES_AFTER_MS,
		private readonly now: () => number = Date.now,
	) {}

	recall(key: string): Ending | undefined {
		const entry = this.entries.get(key);
		return entry && entry.expiresAt > this.now() ? entry.ending : undefined;
	}

	remember(key: string, ending: Ending): void {
		this.entries.delete(key);
		this.entries.set(key, { ending, expiresAt: this.now() + this.expiresAfterMs });
		for (const [oldest, entry] of this.entries) {
			if (this.entries.size <= this.capacity && entry.expiresAt > this.now()) break;
			this.entries.delete(oldest);
		}
	}

	get size(): number {
		return this.entries.size;
	}
}

/** Shared by all nodes of the process. */
export const memory = new Memory();

/** Which run of which node of an execution. */
export interface RunPlace {
	executionId: string;
	nodeId: string;
	runIndex: number;
}

/** Where in an execution a request belongs. */
export interface Place extends RunPlace {
	itemIndex: number;
}

/** The same request in the same place has the same key; a changed request is another message. */
export function memoryKey(place: Place, request: IHttpRequestOptions): string {
	const { method, url, qs, body } = request;
	const content = JSON.stringify([method, url, qs ?? null, body ?? null]);
	const hash = createHash('sha256').update(content).digest('base64');
	return [place.executionId, place.nodeId, place.runIndex, place.itemIndex, hash].join(' ');
}
