import type { IDataObject } from 'n8n-workflow';

import { requireWhole } from '../../input/number';
import { DeliveryFailure } from '../http/outcome';
import type { VendorAnswer, VendorApi, VendorRequest } from '../http/vendorApi';
import type { Paging, Reading } from './operation';

/** A list that is longer than this never ends. */
const MOST_PAGES = 10_000;

/**
 * Reads a Return All switch and its Limit, as n8n's lists have them.
 *
 * @throws InvalidInput for a limit that is no number from 1
 */
export function returnAllOrLimit(draft: IDataObject): number | undefined {
	if (draft.returnAll === true) return undefined;
	return requireWhole('Limit', draft.limit ?? 50, { min: 1 });
}

/**
 * Follows a vendor's pages until there are enough results. A row that a page shows again, because
 * the list grew while it was read, counts once.
 *
 * @throws DeliveryFailure when a page leads back to one that was read before
 */
export async function allPages<Input>(
	api: VendorApi,
	paging: Paging<Input>,
	input: Input,
	first: VendorRequest,
	fetch: (request: VendorRequest) => Promise<{ answer: VendorAnswer; reading: Reading }>,
): Promise<Reading> {
	const wanted = paging.wanted(input) ?? Infinity;
	const pages = new Set<string>();
	const rows = new Rows(paging.idOf);
	let request: VendorRequest | undefined = first;
	while (request && rows.length < wanted) {
		const page: string = JSON.stringify([request.url, request.qs]);
		if (pages.has(page) || pages.size >= MOST_PAGES) throw loopFailure(api);
		pages.add(page);
		const { answer, reading } = await fetch(request);
		rows.add(reading);
		request = paging.next(answer, request, input);
	}
	return rows.upTo(wanted);
}

/** The rows of all pages, each once. */
class Rows {
	private readonly results: IDataObject[] = [];

	private readonly raw: IDataObject[] = [];

	private readonly seen = new Set<string>();

	constructor(private readonly idOf: ((raw: IDataObject) => string | null) | undefined) {}

	get length(): number {
		return this.results.length;
	}

	add({ results, raw = results }: Reading): void {
		for (const [index, result] of results.entries()) {
			const row = raw[index] ?? result;
			const id = this.idOf?.(row) ?? null;
			if (id !== null && this.seen.has(id)) continue;
			if (id !== null) this.seen.add(id);
			this.results.push(result);
			this.raw.push(row);
		}
	}

	upTo(wanted: number): Reading {
		return { results: this.results.slice(0, wanted), raw: this.raw.slice(0, wanted) };
	}
}

function loopFailure(api: VendorApi): DeliveryFailure {
	return new DeliveryFailure(
		`${api.displayName} gave a next page that was already read, or pages without end`,
		'Reading stopped, because it would never end. Set a Limit, or narrow the filters.',
		{ provider: api.provider, code: null, httpCode: null, outcome: 'rejected', vendor: {} },
	);
}
