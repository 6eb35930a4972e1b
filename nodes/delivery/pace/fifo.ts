/** First in, first out, at the same small cost however many are in it. */
export class Fifo<T> {
	private entries: T[] = [];

	private head = 0;

	get size(): number {
		return this.entries.length - this.head;
	}

	add(entry: T): void {
		this.entries.push(entry);
	}

	/** The entry at this place; 0 is the one that leaves next. */
	at(index: number): T | undefined {
		return this.entries[this.head + index];
	}

	take(): T | undefined {
		const entry = this.entries[this.head++];
		// Moving the rest only when half of it is gone keeps the cost of each small.
		if (2 * this.head >= this.entries.length) {
			this.entries = this.entries.slice(this.head);
			this.head = 0;
		}
		return entry;
	}

	clear(): void {
		this.entries = [];
		this.head = 0;
	}

	*[Symbol.iterator](): Iterator<T> {
		for (let index = this.head; index < this.entries.length; index++) yield this.entries[index];
	}
}
