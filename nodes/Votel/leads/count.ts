import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
} from 'n8n-workflow';

import { Drafts } from '../../delivery/run/drafts';
import { readPolicy } from '../../delivery/pace/policy';
import { failedItem, stoppingError } from '../../delivery/run/report';
import { Transport } from '../../delivery/http/transport';
import { isPlainObject } from '../../input/json';
import { votelApi } from '../api';
import { buildMessageToLeads } from '../message';
import { buildSelection } from './selection';

/** Source: the vendor's own client (votelai/votel-mcp): GET /api/leads answers {data, total}. */
const LEADS_URL = '/api/leads';

/** What is known of how many leads a selection has, and what is not. */
interface Count {
	total: number | null;
	note: string;
}

/**
 * A dry run: gives what would be sent and, where the API can say so, to how many leads. Sends nothing.
 *
 * @param meant criteria that must not come out empty
 */
export async function countLeads(
	context: IExecuteFunctions,
	meant: string[],
): Promise<INodeExecutionData[][]> {
	const counter = new Counter(context);
	try {
		return [await countEach(context, counter, meant)];
	} finally {
		counter.close();
	}
}

async function countEach(
	context: IExecuteFunctions,
	counter: Counter,
	meant: string[],
): Promise<INodeExecutionData[]> {
	const items: INodeExecutionData[] = [];
	for (let itemIndex = 0; itemIndex < context.getInputData().length; itemIndex++) {
		const { json, error } = await counter.item(itemIndex, meant).then(
			(result) => ({ json: result, error: undefined }),
			(reason: unknown) => ({
				json: failedItem(votelApi.provider, reason, itemIndex),
				error: reason,
			}),
		);
		if (error !== undefined && !context.continueOnFail()) {
			throw stoppingError(context.getNode(), error, itemIndex);
		}
		items.push({ json, pairedItem: { item: itemIndex } });
	}
	return items;
}

class Counter {
	private readonly drafts: Drafts;

	private transport: Transport | undefined;

	/** By keyword, since many items may ask for the same. */
	private readonly found = new Map<string, number>();

	constructor(private readonly context: IExecuteFunctions) {
		this.drafts = new Drafts(context);
	}

	async item(itemIndex: number, meant: string[]): Promise<IDataObject> {
		const draft = this.drafts.draft(itemIndex, this.context.getInputData()[itemIndex].json);
		const selection = buildSelection(draft, meant);
		const { body } = buildMessageToLeads(draft, selection);
		const { total, note } = await this.count(selection);
		return { dryRun: true, provider: votelApi.provider, total, note, request: body };
	}

	/** To be called when all items are counted. */
	close(): void {
		this.transport?.close();
	}

	private async count(selection: IDataObject): Promise<Count> {
		const { lead_ids: ids, search_keyword: keyword, ...others } = selection;
		const uncountable = Object.keys(others);
		if (uncountable.length > 0) {
			return {
				total: null,
				note: `Votel's API cannot count leads by ${uncountable.join(' and ')}. Look at the same selection in Votel.`,
			};
		}
		if (Array.isArray(ids) && keyword !== undefined) {
			return {
				total: null,
				note: 'Votel does not document how lead IDs and a keyword combine, so they cannot be counted together.',
			};
		}
		if (Array.isArray(ids)) {
			return {
				total: ids.length,
				note: 'As many as there are IDs. Whether the leads exist and can be reached is not known.',
			};
		}
		return {
			total: await this.leadsFound(String(keyword)),
			note: "As many as Votel's list of leads finds for the keyword. Whether they can be reached is not known.",
		};
	}

	private async leadsFound(keyword: string): Promise<number> {
		const known = this.found.get(keyword);
		if (known !== undefined) return known;
		const request: IHttpRequestOptions = {
			method: 'GET',
			url: LEADS_URL,
			qs: { search: keyword, limit: 1, page: 1 },
		};
		const options = this.context.getNodeParameter('options', 0, {}) as IDataObject;
		this.transport ??= await Transport.open(this.context, votelApi, readPolicy(options));
		const { body } = await this.transport.send(request, {
			kind: 'read',
			isReadable: (answer) => isPlainObject(answer.body) && typeof answer.body.total === 'number',
		});
		const total = Number((body as IDataObject).total);
		this.found.set(keyword, total);
		return total;
	}
}
