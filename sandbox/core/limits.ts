import type { Call } from './vendor';

/** A documented rate limit. Several may apply to one request; each must have room. */
export interface LimitRule {
	/** Names the rule in `PUT /_sandbox/limits` and in the stats. */
	name: string;
	requests: number;
	perMs: number;
	appliesTo(call: Call): boolean;
	/** Requests with the same key share the quota; by default all of one account. */
	key?(call: Call): string;
	/** Whether the vendor says how long to wait on 429. */
	retryAfter: boolean;
}

export interface Quota {
	limit: number;
	remaining: number;
	/** When there is room again, ms since the epoch. */
	resetAt: number;
}

export interface LimitOverride {
	/** null switches the limit off. */
	requests: number | null;
	perMs: number;
	/** Seconds to say in Retry-After, whatever the truth is. */
	retryAfter?: number;
}

export interface Verdict {
	allowed: boolean;
	quota?: Quota;
	/** Seconds for the Retry-After header, when one is to be sent. */
	retryAfter?: number;
}

/**
 * Sliding windows: in no stretch of `perMs` are more than `requests` let through. This is the
 * strictest reading of "N requests per second", so that a client that passes here passes anywhere.
 */
export class Limits {
	private readonly windows = new Map<string, number[]>();
	private readonly overrides = new Map<string, LimitOverride>();

	constructor(private readonly rules: LimitRule[]) {}

	/** Without a rule name, all rules of the vendor. False when there is no such rule. */
	override(limit: LimitOverride, ruleName?: string): boolean {
		const rules = this.rules.filter((rule) => ruleName === undefined || rule.name === ruleName);
		for (const rule of rules) this.overrides.set(rule.name, limit);
		return rules.length > 0;
	}

	current(): Array<{ name: string; requests: number | null; perMs: number; retryAfter?: number }> {
		return this.rules.map((rule) => ({
			name: rule.name,
			...(this.overrides.get(rule.name) ?? { requests: rule.requests, perMs: rule.perMs }),
		}));
	}

	take(call: Call, now = Date.now()): Verdict {
		const open: Array<{ window: number[]; requests: number; perMs: number }> = [];
		for (const rule of this.rules) {
			if (!rule.appliesTo(call)) continue;
			const override = this.overrides.get(rule.name);
			const { requests, perMs } = override ?? rule;
			if (requests === null) continue;
			const window = this.window(`${rule.name} ${rule.key?.(call) ?? call.identity.account}`);
			forgetBefore(window, now - perMs);
			if (window.length >= requests) {
				const resetAt = (window[window.length - requests] ?? now) + perMs;
				const seconds = override?.retryAfter ?? Math.max(1, Math.ceil((resetAt - now) / 1000));
				const tell = rule.retryAfter || override?.retryAfter !== undefined;
				return {
					allowed: false,
					quota: { limit: requests, remaining: 0, resetAt },
					...(tell && { retryAfter: seconds }),
				};
			}
			open.push({ window, requests, perMs });
		}
		let quota: Quota | undefined;
		for (const { window, requests, perMs } of open) {
			window.push(now);
			const remaining = requests - window.length;
			if (!quota || remaining < quota.remaining) {
				quota = { limit: requests, remaining, resetAt: (window[0] ?? now) + perMs };
			}
		}
		return { allowed: true, quota };
	}

	reset(): void {
		this.windows.clear();
		this.overrides.clear();
	}

	private window(key: string): number[] {
		let window = this.windows.get(key);
		if (!window) this.windows.set(key, (window = []));
		return window;
	}
}

/** Entries are in order, so the old ones are at the front. */
export function forgetBefore(times: number[], time: number): void {
	let old = 0;
	while (old < times.length && (times[old] as number) <= time) old++;
	if (old > 0) times.splice(0, old);
}
