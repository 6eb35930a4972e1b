import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { isBlank } from '../../input/blank';
import { requireNumber } from '../../input/number';
import { batchingLimit, requestSettings } from '../http/requestSettings';
import { type DeliveryPolicy, readPolicy } from '../pace/policy';
import type { Host } from './host';

/** The options that concern the whole run; all others are each item's own. */
const POLICY_OPTIONS = [
	'maxInFlight',
	'maxWait',
	'onRateLimit',
	'plan',
	'requestsPerSecond',
	'timeout',
];

/** How a run sends. */
export interface RunOptions {
	policy: DeliveryPolicy;
	settings: Partial<IHttpRequestOptions>;
}

/**
 * Reads the options of the whole run, one by one: an expression elsewhere among the options that
 * fails for the first item is that item's affair.
 *
 * @throws InvalidInput for an option that makes no sense
 */
export function readRunOptions({ parameters, settings }: Host): RunOptions {
	const set: IDataObject = {};
	for (const name of POLICY_OPTIONS) {
		set[name] = parameters.read(`options.${name}`, 0, '') as IDataObject[string];
	}
	const requestOptions = parameters.read('requestOptions', 0, {});
	const policy = readPolicy(set);
	policy.limit ??= batchingLimit(requestOptions);
	const timeout = isBlank(set.timeout)
		? {}
		: {
				timeout:
					requireNumber('Timeout', set.timeout, { min: 0.001 }, 'It is counted in seconds.') * 1000,
			};
	return { policy, settings: { ...requestSettings(requestOptions), ...settings, ...timeout } };
}
