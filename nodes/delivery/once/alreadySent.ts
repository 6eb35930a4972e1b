import type { IDataObject } from 'n8n-workflow';

import { messageResult } from '../../message/messageResult';
import type { Ending } from '../run/ending';
import type { Entry } from '../run/entry';
import type { Operation } from '../run/operation';

/**
 * How a message ends that was sent before. Its result is what this process remembers; after a
 * restart, or on another worker, only that the vendor has accepted it.
 */
export function alreadySent<Input>(
	{ api, bulk }: Operation<Input>,
	{ input }: Entry<Input>,
	known: IDataObject[] = [],
): Ending {
	const recipient = bulk?.recipientOf(input) ?? null;
	const least = messageResult({
		messageId: null,
		provider: api.provider,
		channel: null,
		recipient,
		status: 'accepted',
		providerStatus: null,
		sentAt: null,
		reference: null,
	});
	return {
		kind: 'accepted',
		results: known.length > 0 ? known : [least],
		missing: [],
		alreadySent: true,
	};
}
