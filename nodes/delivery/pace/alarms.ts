interface Alarm<T> {
	time: number;
	sleeper: T;
}

/** Who is to be woken when, soonest first: a binary heap, so that ten thousand sleepers cost little. */
export class Alarms<T> {
	private readonly heap: Array<Alarm<T>> = [];

	/** When the next one is due; Infinity when nobody sleeps. */
	get soonest(): number {
		return this.heap.length === 0 ? Infinity : this.heap[0].time;
	}

	set(time: number, sleeper: T): void {
		const { heap } = this;
		let place = heap.length;
		while (place > 0) {
			const parent = (place - 1) >> 1;
			if (heap[parent].time <= time) break;
			heap[place] = heap[parent];
			place = parent;
		}
		heap[place] = { time, sleeper };
	}

	/** Takes the one that is due, if there is one. */
	takeDue(now: number): Alarm<T> | undefined {
		const { heap } = this;
		if (this.soonest > now) return undefined;
		const [due] = heap;
		const last = heap.pop();
		if (last !== undefined && heap.length > 0) this.sink(last);
		return due;
	}

	/** Puts an alarm into the place of the first, and from there to where it belongs. */
	private sink(alarm: Alarm<T>): void {
		const { heap } = this;
		let place = 0;
		for (;;) {
			let child = 2 * place + 1;
			if (child >= heap.length) break;
			if (child + 1 < heap.length && heap[child + 1].time < heap[child].time) child++;
			if (heap[child].time >= alarm.time) break;
			heap[place] = heap[child];
			place = child;
		}
		heap[place] = alarm;
	}
}
