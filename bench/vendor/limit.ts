export interface Limit {
	requests: number;
	perMs: number;
}

/** Never more than so many requests in any stretch of time; what was refused does not count. */
export class SlidingWindow {
	private readonly taken: number[] = [];

	constructor(private readonly limit: Limit) {}

	take(now: number): boolean {
		const { requests, perMs } = this.limit;
		while (this.taken.length > 0 && this.taken[0] <= now - perMs) this.taken.shift();
		if (this.taken.length >= requests) return false;
		this.taken.push(now);
		return true;
	}
}
