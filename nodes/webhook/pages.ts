import type { IDataObject } from 'n8n-workflow';

/** 100 webhooks each: more than any account has. */
const MAX_PAGES = 50;

/** One page of a vendor's list. */
export interface Page {
	entries: IDataObject[];
	/** Where the next page is; undefined at the end. */
	next?: string | number;
}

/** A vendor's list goes on for longer than it can be read. It says nothing about what is in it. */
export class EndlessList extends Error {
	constructor() {
		super(`its list of webhooks has no end (more than ${MAX_PAGES} pages)`);
		this.name = 'EndlessList';
	}
}

/**
 * Reads a whole list, each entry once. A page without anything new is the end, whatever the vendor
 * says of a next one.
 *
 * @throws EndlessList when new entries keep coming
 */
export async function allPages(
	read: (place: Page['next']) => Promise<Page>,
): Promise<IDataObject[]> {
	const found = new Map<unknown, IDataObject>();
	let place: Page['next'];
	for (let page = 0; page < MAX_PAGES; page++) {
		const { entries, next } = await read(place);
		const before = found.size;
		for (const entry of entries) found.set(entry.id, entry);
		if (next === undefined || next === place || found.size === before) return [...found.values()];
		place = next;
	}
	throw new EndlessList();
}
