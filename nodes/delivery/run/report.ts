import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { firstOf } from '../../input/faults';
import { InvalidInput } from '../../input/invalidInput';
import { DeliveryFailure } from '../http/outcome';
import type { VendorApi } from '../http/vendorApi';
import type { RequestKind } from '../http/verdict';
import { type Endings, endingOf, isFailure } from './ending';
import { failedItem, stoppingError } from './errors';
import type { Host } from './host';
import { pair } from './pair';
import type { Source } from './sources';
import { summarise } from './summary';
import { tallyInWords } from './tally';

/** How a run ended. */
export interface Outcome {
	api: VendorApi;
	kind: RequestKind;
	isBulk: boolean;
	/** Whether a bulk gives one item for all of its messages. */
	isSummary: boolean;
	sources: Source[];
	endings: Endings;
	durationMs: number;
	/** Messages of the execution that the ledger had no room for. */
	forgotten: number;
}

/**
 * What the next node gets: an item for each result, paired with the item that it came from, or one
 * summary of a bulk.
 *
 * @throws NodeError when the node stops on failure: for the first item that failed, or for a bulk of
 *   which nothing at all was accepted
 */
export function report(host: Host, outcome: Outcome): INodeExecutionData[] {
	const { sources, endings, isBulk } = outcome;
	if (outcome.forgotten > 0) warnOfForgotten(host, outcome.forgotten);
	tellOfCostlyCharacters(host, endings);
	if (!endings.some(isFailure) || host.continuesOnFail || isBulk) fillGaps(outcome);
	const failed = endings.findIndex(isFailure);
	if (failed >= 0 && !host.continuesOnFail && !(isBulk && isAnyAccepted(endings))) {
		throw stoppingError(
			host.node,
			failureAt(endings, failed),
			sources[failed].itemIndex,
			[
				othersInWords(outcome, failed),
				outcome.kind === 'send' && sources.length > 1 ? tallyInWords(endings) : '',
			]
				.filter((part) => part !== '')
				.join(' '),
		);
	}
	if (outcome.isSummary) {
		const summary = summarise(sources, endings, outcome.durationMs);
		const items = [...new Set(sources.map(({ itemIndex }) => itemIndex))];
		return [{ json: summary, pairedItem: items.map((item) => ({ item })) }];
	}
	return sources.flatMap(({ itemIndex }, position) => pair(itemsOf(outcome, position), itemIndex));
}

/** Silence about an item would be taken for success. */
function fillGaps({ api, sources, endings }: Outcome): void {
	for (const [position, { itemIndex }] of sources.entries()) {
		endings[position] ??= { kind: 'failed', failure: withoutEnding(api, itemIndex) };
	}
}

/** Every input item, failed for the same reason. */
export function failedItems(host: Host, provider: string, error: unknown): INodeExecutionData[] {
	return host.items.flatMap((_item, itemIndex) =>
		pair([failedItem(provider, error, itemIndex)], itemIndex),
	);
}

function itemsOf({ api, sources, endings, isBulk }: Outcome, position: number): IDataObject[] {
	const ending = endingOf(endings, position);
	if (ending === undefined) return [];
	const { itemIndex } = sources[position];
	const own = endings[position];
	const duplicate = own?.kind === 'duplicate' ? { duplicateOf: own.of } : {};
	if (ending.kind === 'accepted') {
		const { results, missing } = ending;
		const isOld = ending.alreadySent ?? (own?.kind === 'duplicate' && own.alreadySent);
		const known = { ...duplicate, ...(isOld ? { alreadySent: true } : {}) };
		return [...results, ...missing].map((result) => ({ ...result, ...known }));
	}
	const item = failedItem(api.provider, ending.failure, itemIndex);
	const { missing = [] } = ending;
	if (!isBulk) return [item, ...missing];
	const recipient = recipientShown(sources[position]);
	const details = { ...(item.details as IDataObject), recipient, ...duplicate };
	return [{ ...item, details }, ...missing];
}

/** Who was to get it, as far as that can be told. */
function recipientShown({ recipient }: Source): IDataObject[string] {
	try {
		return (recipient?.() as IDataObject[string]) ?? null;
	} catch {
		return null;
	}
}

/** What else cannot be sent as it was entered: whoever mends it wants to mend it once. */
function othersInWords({ sources, endings }: Outcome, first: number): string {
	const others = sources.flatMap(({ itemIndex }, position) => {
		const failure = failureAt(endings, position);
		return position !== first && failure instanceof InvalidInput
			? [`item ${itemIndex}: ${failure.message}`]
			: [];
	});
	if (others.length === 0) return '';
	const what = others.length === 1 ? '1 more item' : `${others.length} more items`;
	return `${what} cannot be sent: ${firstOf(others)}.`;
}

function failureAt(endings: Endings, position: number): unknown {
	const ending = endings[position];
	return ending?.kind === 'failed' ? ending.failure : undefined;
}

function isAnyAccepted(endings: Endings): boolean {
	return endings.some((ending) => ending?.kind === 'accepted');
}

/** That an item has no ending is a defect, which must not look like success. */
function withoutEnding({ provider, displayName, howToCheck }: VendorApi, itemIndex: number): Error {
	return new DeliveryFailure(
		`It is unknown what became of item ${itemIndex}, which is a defect of the ${displayName} node`,
		howToCheck,
		{ provider, code: null, httpCode: null, outcome: 'unknown', vendor: {} },
	);
}

/** One letter with an accent may double what all SMS of a run cost, and nobody sees it. */
function tellOfCostlyCharacters(host: Host, endings: Endings): void {
	const results = endings.flatMap((one) => (one?.kind === 'accepted' ? one.results : []));
	const costly = results.filter(({ costlyCharacter }) => typeof costlyCharacter === 'string');
	if (costly.length === 0) return;
	host.hint?.(
		`Because of a character such as "${String(costly[0].costlyCharacter)}", one SMS holds 70 characters instead of 160. This concerns ${costly.length} of ${results.length} messages.`,
	);
}

function warnOfForgotten({ logger, node }: Host, forgotten: number): void {
	logger.warn(
		`${node.name}: ${forgotten} messages of this execution are no longer remembered, because it has sent so many. If n8n runs the node again, they may be sent again.`,
	);
}
