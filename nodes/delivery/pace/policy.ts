import type { IDataObject } from 'n8n-workflow';

import { DEFAULT_MAX_IN_FLIGHT, DEFAULT_MAX_WAIT_SECONDS } from '../../message/deliveryDefaults';
import { InvalidInput } from '../../input/invalidInput';
import type { RateLimit } from './rateLimit';

/** How patiently and how fast a run sends. */
export interface DeliveryPolicy {
	/** Replaces the vendor's documented limit. */
	limit?: RateLimit;
	/** The user's plan, for vendors whose documented limit depends on it. */
	plan?: string;
	maxInFlight: number;
	/** How long one request waits in all once the vendor has asked for it. */
	maxWaitMs: number;
	onRateLimit: 'wait' | 'fail';
}

/**
 * Reads the delivery options that a user set.
 *
 * @throws InvalidInput for a number that makes no sense
 */
export function readPolicy(options: IDataObject): DeliveryPolicy {
	const perSecond = positive('Requests per Second', options.requestsPerSecond);
	return {
		limit: perSecond === undefined ? undefined : perSecondLimit(perSecond),
		plan: typeof options.plan === 'string' ? options.plan : undefined,
		maxInFlight: positive('Max in Flight', options.maxInFlight) ?? DEFAULT_MAX_IN_FLIGHT,
		maxWaitMs: (notNegative('Max Wait', options.maxWait) ?? DEFAULT_MAX_WAIT_SECONDS) * 1000,
		onRateLimit: options.onRateLimit === 'fail' ? 'fail' : 'wait',
	};
}

/** Half a request per second is one in two seconds. */
function perSecondLimit(perSecond: number): RateLimit {
	return perSecond >= 1
		? { requests: Math.floor(perSecond), perMs: (Math.floor(perSecond) / perSecond) * 1000 }
		: { requests: 1, perMs: 1000 / perSecond };
}

function notNegative(field: string, value: unknown): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const number = Number(value);
	if (Number.isFinite(number) && number >= 0) return number;
	throw new InvalidInput(field, `"${String(value)}" is not a number from 0`, 'Enter a number.');
}

function positive(field: string, value: unknown): number | undefined {
	const number = notNegative(field, value);
	if (number === 0) throw new InvalidInput(field, 'is 0', 'Enter a number above 0.');
	return number;
}
