/** A clock that only moves when everybody waits, so that hours take no time and nothing is left to chance. */
export class VirtualClock {
	now = 0;

	private readonly sleepers: Array<{ time: number; wake: () => void }> = [];

	readonly nap = async (ms: number): Promise<void> =>
		await new Promise((wake) => {
			const time = this.now + ms;
			// Who sleeps first is woken first, as with Node's own timers.
			const place = this.sleepers.findIndex((sleeper) => sleeper.time > time);
			this.sleepers.splice(place === -1 ? this.sleepers.length : place, 0, { time, wake });
		});

	/** Lets time pass until this is over. */
	async until<T>(promise: Promise<T>): Promise<T> {
		let over = false;
		const done = () => void (over = true);
		promise.then(done, done);
		await settled();
		while (!over) {
			if (!this.moveOn(Infinity)) throw new Error('Everybody waits for something that never comes');
			await settled();
		}
		return await promise;
	}

	/** Lets so much time pass. */
	async pass(ms: number): Promise<void> {
		const end = this.now + ms;
		await settled();
		while (this.moveOn(end)) await settled();
		this.now = end;
	}

	private moveOn(end: number): boolean {
		if (this.sleepers.length === 0 || this.sleepers[0].time > end) return false;
		const { time, wake } = this.sleepers.shift()!;
		this.now = Math.max(this.now, time);
		wake();
		return true;
	}
}

/** Everything that was ready to run has run. */
async function settled(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}
