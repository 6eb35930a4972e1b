import { forgetBefore } from './limits';

export interface StatsReport {
	requests: number;
	accepted: number;
	rejected429: number;
	maxInFlight: number;
	/** Most requests that arrived within any `windowMs`, refused ones included. */
	maxPerWindow: number;
	windowMs: number;
}

/** What the benches ask: how much came, how fast, how much of it at once. */
export class Stats {
	private requests = 0;
	private rejected429 = 0;
	private inFlight = 0;
	private maxInFlight = 0;
	private maxPerWindow = 0;
	private readonly window: number[] = [];

	constructor(private readonly windowMs = 1000) {}

	arrived(now: number): void {
		this.requests++;
		this.maxInFlight = Math.max(this.maxInFlight, ++this.inFlight);
		this.window.push(now);
		forgetBefore(this.window, now - this.windowMs);
		this.maxPerWindow = Math.max(this.maxPerWindow, this.window.length);
	}

	left(): void {
		this.inFlight--;
	}

	refused(): void {
		this.rejected429++;
	}

	report(accepted: number): StatsReport {
		const { requests, rejected429, maxInFlight, maxPerWindow, windowMs } = this;
		return { requests, accepted, rejected429, maxInFlight, maxPerWindow, windowMs };
	}

	/** Requests in flight stay in flight. */
	clear(): void {
		this.requests = this.rejected429 = this.maxPerWindow = this.window.length = 0;
		this.maxInFlight = this.inFlight;
	}
}
