import { inWords } from '../../input/shown';
import { KeptBack } from '../http/outcome';
import type { VendorApi } from '../http/vendorApi';
import type { Missing } from '../run/operation';

const NAMED = 10;

/** A message to people who must not be written to. The message is the same for all, so that they are counted together. */
export function suppressedFailure({ provider }: VendorApi, names: string[], all: number): KeptBack {
	const more = names.length > NAMED ? ' and more' : '';
	const who = `${names.slice(0, NAMED).map(inWords).join(', ')}${more}`;
	return new KeptBack(
		all > 1
			? 'Recipients of the message are on the Suppression List'
			: 'The recipient is on the Suppression List',
		names.length < all
			? `Nothing was sent to anybody. On the list: ${who}. Take them out of the message to reach the others.`
			: `Nothing was sent. On the list: ${who}.`,
		{ provider, code: 'suppressed', httpCode: null, outcome: 'not_sent', vendor: {} },
	);
}

/** Somebody who was taken out of a message to several. */
export function takenOutOf(api: VendorApi, recipient: string): Missing {
	return { recipient, failure: suppressedFailure(api, [recipient], 1) };
}
