import type { Limit } from './limit';

/** How the vendor behaves in a run. */
export interface VendorSettings {
	latencyMs: number;
	limit?: Limit;
	faults?: Faults;
}

export interface Faults {
	/** Every so many requests are answered, in turn, with 429 or with 503 and Retry-After. */
	every: number;
	/** After so many requests, connections are refused for a while. */
	refuseAfter: number[];
}

/** What a run looked like from the vendor's side. */
export interface VendorStats {
	requests: number;
	/** Recipients who got at least one message. */
	accepted: number;
	/** Messages beyond a recipient's first. */
	duplicates: number;
	/** Answers by their status. */
	answers: Record<string, number>;
	maxInFlight: number;
	/** Webhook subscriptions as they were registered. */
	subscriptions: Subscription[];
}

export interface Subscription {
	id: string;
	url: string;
	signingKey?: string;
	[more: string]: unknown;
}
