import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { BulkEnding } from './bulkOperation';
import type { Source } from './bulkSources';
import { pair } from './pair';
import { failedItem, stoppingError } from './report';
import { summarise } from './summary';
import type { VendorApi } from '../http/vendorApi';

/**
 * What the next node gets of a bulk: an item for each recipient, or one summary.
 *
 * @throws NodeError when the node stops on failure and nothing at all was accepted
 */
export function reportBulk(
	context: IExecuteFunctions,
	api: VendorApi,
	sources: Source[],
	endings: Array<BulkEnding | undefined>,
	durationMs: number,
): INodeExecutionData[][] {
	const summary = summarise(endings, durationMs);
	const failed = endings.find((ending) => ending !== undefined && 'failure' in ending);
	if (summary.accepted === 0 && failed && 'failure' in failed && !context.continueOnFail()) {
		const position = endings.indexOf(failed);
		throw stoppingError(
			context.getNode(),
			failed.failure,
			sources[position].itemIndex,
			sources.length < 2
				? undefined
				: {
						accepted: 0,
						acceptedIds: [],
						failed: Number(summary.rejected) + Number(summary.unknown),
						notSent: Number(summary.notSent),
					},
		);
	}
	if (context.getNodeParameter('output', 0, 'recipients') === 'summary') {
		const paired = [...new Set(sources.map(({ itemIndex }) => itemIndex))];
		return [[{ json: summary, pairedItem: paired.map((item) => ({ item })) }]];
	}
	return [
		sources.flatMap(({ itemIndex, value }, position) =>
			pair(toJson(api, endings, position, itemIndex, value), itemIndex),
		),
	];
}

function toJson(
	api: VendorApi,
	endings: Array<BulkEnding | undefined>,
	position: number,
	itemIndex: number,
	value: unknown,
): IDataObject[] {
	const ending = endings[position];
	if (ending === undefined) return [];
	if ('result' in ending) return resultsOf(ending);
	if ('duplicateOf' in ending) {
		const { duplicateOf } = ending;
		const first = endings[duplicateOf];
		const originals = first && 'result' in first ? resultsOf(first) : [{}];
		return originals.map((original) => ({ ...original, duplicateOf }));
	}
	const item = failedItem(api.provider, ending.failure, itemIndex);
	return [{ ...item, details: { ...(item.details as IDataObject), recipient: value as string } }];
}

function resultsOf({ result, more = [] }: Extract<BulkEnding, { result: unknown }>): IDataObject[] {
	return [result, ...more];
}
