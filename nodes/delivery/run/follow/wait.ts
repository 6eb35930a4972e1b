import type { IDataObject } from 'n8n-workflow';

import { isBlank } from '../../../input/blank';
import { requireChoice } from '../../../input/choice';
import { requireNumber } from '../../../input/number';

/** Whoever waits longer should let the trigger start a flow instead of keeping one open. */
const LONGEST_SECONDS = 3600;
const ENDINGS = ['continue', 'fail'] as const;

/** That the node waits until a message is delivered, as its user wants it. */
export interface Wait {
	ms: number;
	/** Whether an item fails whose message was not delivered. */
	fails: boolean;
}

/**
 * Reads the options about waiting.
 *
 * @returns undefined where nobody waits
 * @throws InvalidInput for what makes no sense
 */
export function readWait({ waitForDelivery, onNotDelivered }: IDataObject): Wait | undefined {
	const seconds = isBlank(waitForDelivery)
		? 0
		: requireNumber('Wait for Delivery', waitForDelivery, { min: 0, max: LONGEST_SECONDS });
	const ending = isBlank(onNotDelivered)
		? 'continue'
		: requireChoice('On Not Delivered', onNotDelivered, ENDINGS);
	return seconds === 0 ? undefined : { ms: seconds * 1000, fails: ending === 'fail' };
}
