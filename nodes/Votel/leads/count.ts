import type { IDataObject } from 'n8n-workflow';

import type { VendorRequest } from '../../delivery/http/vendorApi';
import { type Operation, type Reading, reading } from '../../delivery/run/operation';
import { isPlainObject } from '../../input/json';
import { votelApi } from '../api';
import { buildMessageToLeads } from '../message';
import { buildSelection, leadsOf, withoutLeads } from './selection';

/** Source: the vendor's own client (votelai/votel-mcp): GET /api/leads answers {data, total}. */
const LEADS_URL = '/api/leads';

/** What would be sent, and how it can be told to how many leads. */
interface DryRun {
	/** The request that a real run would make. */
	body: IDataObject;
	selection: IDataObject;
	count: { keyword: string } | { total: number | null; note: string };
}

/**
 * A dry run: gives what would be sent and, where the API can say so, to how many leads. Sends nothing.
 *
 * @param meant criteria that must not come out empty
 */
export function countLeads(meant: string[]): Operation<DryRun> {
	return {
		api: votelApi,
		kind: 'read',
		html: ['html'],
		input(draft) {
			const selection = buildSelection(draft, meant);
			const { body } = buildMessageToLeads(draft, selection);
			return { body, selection, count: countable(selection) };
		},
		request: ({ count }) => ('keyword' in count ? lookUp(count.keyword) : undefined),
		result({ body: answer }, { body, count }) {
			if (!('keyword' in count)) return dryRun(body, count.total, count.note);
			if (!isPlainObject(answer) || typeof answer.total !== 'number') return undefined;
			return dryRun(
				body,
				answer.total,
				"As many as Votel's list of leads finds for the keyword. Whether they can be reached is not known.",
			);
		},
		people: {
			of: ({ selection }) => leadsOf(selection),
			without({ selection: all, body }, names) {
				const selection = withoutLeads(all, names);
				return {
					selection,
					body: { ...body, bulk_settings: selection },
					count: countable(selection),
				};
			},
		},
		bulk: { recipientOf: ({ selection }) => JSON.stringify(selection) },
	};
}

function dryRun(request: IDataObject, total: number | null, note: string): Reading {
	const result = { dryRun: true, provider: votelApi.provider, total, note, request };
	return reading([result], [result]);
}

function lookUp(keyword: string): VendorRequest {
	return { method: 'GET', url: LEADS_URL, qs: { search: keyword, limit: 1, page: 1 } };
}

/** Whether the API can count the leads, or why not. */
function countable(selection: IDataObject): DryRun['count'] {
	const { lead_ids: ids, search_keyword: keyword, ...others } = selection;
	const uncountable = Object.keys(others);
	if (uncountable.length > 0) {
		return {
			total: null,
			note: `Votel's API cannot count leads by ${uncountable.join(' and ')}. Look at the same selection in Votel.`,
		};
	}
	if (!Array.isArray(ids)) return { keyword: String(keyword) };
	return keyword === undefined
		? {
				total: ids.length,
				note: 'As many as there are IDs. Whether the leads exist and can be reached is not known.',
			}
		: {
				total: null,
				note: 'Votel does not document how lead IDs and a keyword combine, so they cannot be counted together.',
			};
}
