/**
 * Faults are armed by tests and fire on the requests that match. `before` faults answer instead of
 * the vendor, so nothing is accepted; `after` faults let the vendor do its work and spoil the answer.
 */
export const beforeFaults = [
	'429',
	'429-no-retry-after',
	'429-date',
	'500',
	'502',
	'503',
	'503-retry-after',
	'504',
	'reset-before',
	'redirect',
	'unauthorized',
] as const;
export const afterFaults = ['reset-after', 'timeout', 'slow', 'garbage', 'empty'] as const;

/** Any three digits are also a fault: the vendor's error body with that status (`449`, `403`). */
export type FaultName = (typeof beforeFaults)[number] | (typeof afterFaults)[number] | `${number}`;

export interface Fault {
	fault: FaultName;
	/** How often it fires. Default: once; without end if `everyNth` is given. */
	count?: number;
	/** Matching requests to let pass first. */
	skip?: number;
	/** Fires on every n-th matching request only. */
	everyNth?: number;
	/** Only requests of this operation match; all requests to the vendor do otherwise. */
	operationId?: string;
	/** Seconds for Retry-After; with a fault that is three digits, only if given. */
	retryAfter?: number;
	/** For `slow`. */
	delayMs?: number;
	/** For `redirect`. */
	location?: string;
	/** Lets an error status strike after the vendor took the request, as a gateway's 502 or 504 may. */
	afterAccept?: boolean;
}

interface Armed extends Fault {
	seen: number;
	left: number;
}

export class Faults {
	private armed: Armed[] = [];

	arm(fault: Fault): void {
		const left = fault.count ?? (fault.everyNth === undefined ? 1 : Infinity);
		this.armed.push({ ...fault, seen: 0, left });
	}

	/** The fault that strikes this request; at most one, the first that was armed. */
	strike(operationId: string): Fault | undefined {
		let struck: Armed | undefined;
		for (const fault of this.armed) {
			if (fault.operationId !== undefined && fault.operationId !== operationId) continue;
			fault.seen++;
			const turn = fault.seen - (fault.skip ?? 0);
			if (struck || turn <= 0 || turn % (fault.everyNth ?? 1) !== 0) continue;
			struck = fault;
		}
		if (struck && --struck.left <= 0) this.armed = this.armed.filter((fault) => fault !== struck);
		return struck;
	}

	/** What is still armed, with the number of times each will strike yet. */
	list(): Array<{ fault: FaultName; operationId?: string; left: number | 'always' }> {
		return this.armed.map(({ fault, operationId, left }) => ({
			fault,
			operationId,
			left: left === Infinity ? 'always' : left,
		}));
	}

	clear(): void {
		this.armed = [];
	}
}
