/** The words every vendor's delivery status is translated to, in the order of a message's life. */
export const DELIVERY_STATUSES = [
	'accepted',
	'queued',
	'scheduled',
	'sent',
	'delivered',
	'read',
	'failed',
	'rejected',
	'canceled',
	'unknown',
] as const;

export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** A vendor's own status words (lower case) and what each means here. */
export type StatusTable = Readonly<Record<string, DeliveryStatus>>;

/**
 * Translates a vendor's status word.
 *
 * @param word the vendor's word, in any case; anything else counts as never seen
 * @returns the shared word, `unknown` for a word that is not in the table
 */
export function toDeliveryStatus(table: StatusTable, word: unknown): DeliveryStatus {
	const key = typeof word === 'string' ? word.toLowerCase() : '';
	return Object.hasOwn(table, key) ? table[key] : 'unknown';
}
