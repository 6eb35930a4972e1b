/** How much a vendor takes in one request. */
export interface PackLimits {
	most: number;
	/** Of the entries alone, in bytes of JSON. */
	bytes?: number;
}

/**
 * Packs entries into as few requests as a vendor takes, in their order.
 *
 * @param groupOf entries of different groups never share a request; all do by default
 */
export function pack<Entry>(
	entries: Entry[],
	limits: PackLimits,
	groupOf: (entry: Entry) => string = () => '',
	sizeOf: (entry: Entry) => number = () => 0,
): Entry[][] {
	const open = new Map<string, { entries: Entry[]; bytes: number }>();
	const packs: Entry[][] = [];
	for (const entry of entries) {
		const group = groupOf(entry);
		const bytes = sizeOf(entry);
		let current = open.get(group);
		const isFull =
			current !== undefined &&
			(current.entries.length >= limits.most || current.bytes + bytes > (limits.bytes ?? Infinity));
		if (current === undefined || isFull) {
			current = { entries: [], bytes: 0 };
			open.set(group, current);
			packs.push(current.entries);
		}
		current.entries.push(entry);
		current.bytes += bytes;
	}
	return packs;
}
