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
	const perSecond = readNumber('Requests per Second', options.requestsPerSecond, ABOVE_0);
	const maxWaitSeconds = readNumber('Max Wait', options.maxWait, FROM_0);
	return {
		limit: perSecond === undefined ? undefined : perSecondLimit(perSecond),
		plan: typeof options.plan === 'string' ? options.plan : undefined,
		maxInFlight:
			readNumber('Max in Flight', options.maxInFlight, WHOLE_FROM_1) ?? DEFAULT_MAX_IN_FLIGHT,
		maxWaitMs: (maxWaitSeconds ?? DEFAULT_MAX_WAIT_SECONDS) * 1000,
		onRateLimit: options.onRateLimit === 'fail' ? 'fail' : 'wait',
	};
}

/** Half a request per second is one in two seconds. */
function perSecondLimit(perSecond: number): RateLimit {
	return perSecond >= 1
		? { requests: Math.floor(perSecond), perMs: (Math.floor(perSecond) / perSecond) * 1000 }
		: { requests: 1, perMs: 1000 / perSecond };
}

interface Range {
	words: string;
	example: string;
	holds(number: number): boolean;
}

const ABOVE_0: Range = {
	words: 'number above 0',
	example: '10, or 0.5 for one in two seconds',
	holds: (number) => number > 0,
};
const FROM_0: Range = {
	words: 'number from 0',
	example: '300',
	holds: (number) => number >= 0,
};
const WHOLE_FROM_1: Range = {
	words: 'whole number from 1',
	example: '16',
	holds: (number) => Number.isInteger(number) && number >= 1,
};

/** Expressions and AI agents also give numbers as text. */
function readNumber(field: string, value: unknown, range: Range): number | undefined {
	if (value === undefined || value === null) return undefined;
	const isText = ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
	const text = isText ? String(value).trim() : undefined;
	if (text === '') return undefined;
	const number = text === undefined ? NaN : Number(text);
	if (Number.isFinite(number) && range.holds(number)) return number;
	const shown = text === undefined ? '' : `"${text}" `;
	throw new InvalidInput(
		field,
		number === 0 ? 'is 0' : `${shown}is not a ${range.words}`,
		`Enter a ${range.words}, such as ${range.example}, or leave the option out.`,
	);
}
