import type { INodeExecutionData } from 'n8n-workflow';

import { sendOnce } from '../once/sendOnce';
import { dispatch } from './dispatch';
import { type Endings, isFailure } from './ending';
import { followDelivery } from './follow/followDelivery';
import type { Host } from './host';
import { ledger, type LedgerPage } from './ledger';
import { Lines } from './lines';
import type { Operation } from './operation';

import { prepare } from './prepare';
import { failedItems, type Outcome, report } from './report';
import { stoppingError } from './errors';
import { readRunOptions, type RunOptions } from './runOptions';
import { type Source, sourcesOfBulk, sourcesOfItems } from './sources';

/**
 * Runs an operation of a vendor for all items: the one way by which anything is sent or read.
 *
 * @param conclude makes what the next node gets of how it ended, where that is more than a report
 * @returns what the next node gets, paired with its input items
 * @throws NodeError when the node stops on failure, and nothing else
 */
export async function run<Input>(
	host: Host,
	choose: () => Operation<Input>,
	conclude?: (outcome: Outcome) => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[]> {
	let provider = '';
	let outcome: Outcome;
	try {
		const operation = choose();
		provider = operation.api.provider;
		outcome = await runOperation(host, operation);
	} catch (error) {
		// What concerns the whole run concerns each of its items: none may leave as if it were a result.
		if (host.continuesOnFail) return failedItems(host, provider, error);
		throw stoppingError(host.node, error, 0);
	}
	return conclude === undefined ? report(host, outcome) : await conclude(outcome);
}

async function runOperation<Input>(host: Host, operation: Operation<Input>): Promise<Outcome> {
	const startedAt = performance.now();
	const options = readRunOptions(host);
	const isBulk = operation.bulk !== undefined;
	const isSummary = isBulk && host.parameters.read('output', 0, 'recipients') === 'summary';
	const sources = isBulk ? await sourcesOfBulk(host) : sourcesOfItems(host);
	const endings: Endings = new Array(sources.length).fill(undefined);
	const page =
		operation.kind === 'send' && host.place !== undefined ? ledger.open(host.place) : undefined;
	try {
		await deliver(host, operation, options, page, sources, endings);
	} finally {
		page?.close();
	}
	return {
		api: operation.api,
		kind: operation.kind,
		isBulk,
		isSummary,
		sources,
		endings,
		durationMs: Math.round(performance.now() - startedAt),
		forgotten: page?.forgotten ?? 0,
	};
}

/** Fills in the endings of all that was sent, and of all that could not be. */
async function deliver<Input>(
	host: Host,
	operation: Operation<Input>,
	options: RunOptions,
	page: LedgerPage | undefined,
	sources: Source[],
	endings: Endings,
): Promise<void> {
	const stopsOnFailure = !operation.bulk && !host.continuesOnFail;
	const lines = await Lines.open(host, operation.api, options, stopsOnFailure);
	try {
		const entries = await prepare(host, operation, lines, page, sources, endings);
		const isOver = () => stopsOnFailure && endings.some(isFailure);
		if (isOver()) return;
		const { maxInFlight } = options.policy;
		const way = { host, operation, lines, page, endings, maxInFlight, stopsOnFailure };
		await sendOnce(way, entries, async (some, onEnding) => {
			await dispatch({ ...way, onEnding }, some);
		});
		// Nobody sees what would be found out: the try after this one waits for it.
		if (!isOver()) await followDelivery({ host, operation, lines, sources, endings });
	} finally {
		lines.close();
	}
}
