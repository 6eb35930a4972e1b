import { createHash } from 'node:crypto';

import type { IdempotencyRule } from '../http/vendorApi';
import type { Once } from './once';

const PLACE_LENGTH = 12;

/**
 * The key by which the vendor recognises the message. The user's key counts for one node, the
 * vendor's for the whole account, so the node is added: else the vendor would swallow what a second
 * node sends with the same key.
 */
export function vendorKeyOf({ key, place }: Once, { pattern }: IdempotencyRule): string {
	const readable = `${key}-${hash(place.name).slice(0, PLACE_LENGTH)}`;
	return pattern.test(readable) ? readable : hash(`${place.name}\n${key}`);
}

function hash(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}
