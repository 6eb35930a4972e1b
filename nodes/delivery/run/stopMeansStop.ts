import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type NodeError,
	sleep,
} from 'n8n-workflow';

import { Stopped } from '../http/outcome';
import { pair } from './pair';
import { failedItem, stoppingError } from './report';
import type { RequestKind } from '../http/verdict';
import type { Transport } from '../http/transport';

const IDS_IN_AN_ERROR = 20;
/** Work in slices, so that webhooks and other executions get their turn. */
const SLICE_MS = 30;

/** One item's work, in two steps: nothing is sent before every item's first step went well. */
export interface ItemWork<Prepared> {
	/** Reads and checks the input. Must not send anything. */
	prepare(itemIndex: number): Prepared;
	/** @throws Stopped when the run stopped before anything was sent */
	transmit(prepared: Prepared, itemIndex: number): Promise<IDataObject[]>;
}

type Ending = { results: IDataObject[] } | { error: unknown };

/**
 * Runs all items of a node. When the node stops on failure, bad input stops it before anything is
 * sent; later the first failure keeps back all that has not started, lets finish what is under
 * way, and counts both. When it continues, a failed item becomes an item that says why.
 *
 * @throws NodeError for the first item that failed, when the node stops on failure
 */
export async function runItems<Prepared>(
	context: IExecuteFunctions,
	kind: RequestKind,
	transport: Transport,
	work: ItemWork<Prepared>,
): Promise<INodeExecutionData[]> {
	const stops = !context.continueOnFail();
	const endings = new Array<Ending | undefined>(context.getInputData().length);
	const prepared = await prepareAll(work, endings);
	const isRefused = endings.some((ending) => ending !== undefined);
	if (!(stops && isRefused)) await transmitAll(transport, work, prepared, endings, stops);

	const failedIndex = endings.findIndex((ending) => ending !== undefined && 'error' in ending);
	if (stops && failedIndex >= 0) throw stopped(context, kind, endings, failedIndex);
	return endings.flatMap((ending, itemIndex) => {
		if (ending === undefined) return [];
		if ('results' in ending) return pair(ending.results, itemIndex);
		return pair([failedItem(transport.api.provider, ending.error, itemIndex)], itemIndex);
	});
}

async function prepareAll<Prepared>(
	work: ItemWork<Prepared>,
	endings: Array<Ending | undefined>,
): Promise<Prepared[]> {
	const prepared: Prepared[] = [];
	let sliceEnds = Date.now() + SLICE_MS;
	for (let itemIndex = 0; itemIndex < endings.length; itemIndex++) {
		if (Date.now() > sliceEnds) {
			await sleep(0);
			sliceEnds = Date.now() + SLICE_MS;
		}
		try {
			prepared[itemIndex] = work.prepare(itemIndex);
		} catch (error) {
			endings[itemIndex] = { error };
		}
	}
	return prepared;
}

async function transmitAll<Prepared>(
	transport: Transport,
	work: ItemWork<Prepared>,
	prepared: Prepared[],
	endings: Array<Ending | undefined>,
	stops: boolean,
): Promise<void> {
	let next = 0;
	let isStopped = false;
	const worker = async () => {
		while (next < endings.length && !isStopped) {
			const itemIndex = next++;
			if (endings[itemIndex] !== undefined) continue;
			const ending = await work.transmit(prepared[itemIndex], itemIndex).then(
				(results): Ending => ({ results }),
				(error: unknown): Ending => ({ error }),
			);
			if ('error' in ending) {
				if (stops || ending.error instanceof Stopped) isStopped = true;
				if (stops) transport.stop();
				// Not sent, so there is nothing to say of this item itself.
				if (ending.error instanceof Stopped) continue;
			}
			endings[itemIndex] = ending;
		}
	};
	await Promise.all(
		Array.from({ length: Math.min(transport.maxInFlight, endings.length) }, worker),
	);
}

function stopped(
	context: IExecuteFunctions,
	kind: RequestKind,
	endings: Array<Ending | undefined>,
	failedIndex: number,
): NodeError {
	const failed = endings.filter((ending) => ending !== undefined && 'error' in ending).length;
	const accepted = endings.flatMap((ending) =>
		ending !== undefined && 'results' in ending ? [ending.results[0]?.messageId] : [],
	);
	const ending = endings[failedIndex];
	return stoppingError(
		context.getNode(),
		ending && 'error' in ending ? ending.error : undefined,
		failedIndex,
		kind === 'read' || endings.length < 2
			? undefined
			: {
					accepted: accepted.length,
					acceptedIds: accepted
						.filter((id) => typeof id === 'string' || typeof id === 'number')
						.slice(0, IDS_IN_AN_ERROR)
						.map(String),
					failed,
					notSent: endings.length - accepted.length - failed,
				},
	);
}
