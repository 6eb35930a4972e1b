import { createHash } from 'node:crypto';
import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	sleep,
} from 'n8n-workflow';

import { InvalidInput } from '../../input/invalidInput';
import { isBlank } from '../../input/blank';
import type { BulkEnding, BulkEntry, BulkOperation } from './bulkOperation';
import { reportBulk } from './bulkReport';
import { readSources, type Source } from './bulkSources';
import { Drafts } from './drafts';
import { notTriedFailure } from '../http/failures';
import { DeliveryFailure, Stopped } from '../http/outcome';
import { memory, memoryKey, type RunPlace } from './remember';
import { stoppingError } from './report';
import { Transport } from '../http/transport';
import type { IdempotencyRule } from '../http/vendorApi';

/** The parameters of a Bulk Send that are not part of the message. */
const BULK_PARAMETERS = [
	'recipientsFrom',
	'recipientField',
	'recipientList',
	'output',
	'skipDuplicates',
];
/** Work in slices, so that webhooks and other executions get their turn. */
const SLICE_MS = 30;
const PROGRESS_EVERY_MS = 5000;
/** This may concern one recipient only, unless it happens so often in a row. */
const FORBIDDEN = 403;
const MOST_FORBIDDEN_IN_A_ROW = 10;

/**
 * Sends one message to each of many recipients, in as few requests as the vendor takes. Reports
 * instead of stopping: a bad recipient or a request that fails ends for exactly those in it. Only
 * when nothing at all was accepted does a node that stops on failure fail.
 */
export async function bulkSend(
	context: IExecuteFunctions,
	operation: BulkOperation,
): Promise<INodeExecutionData[][]> {
	const startedAt = Date.now();
	const options = context.getNodeParameter('options', 0, {}) as IDataObject;
	const opening = Transport.openFor(context, operation.api);
	const transport = await opening.catch((error: unknown) => {
		throw stoppingError(context.getNode(), error, 0);
	});
	try {
		const sources = readSources(context);
		const endings = new Array<BulkEnding | undefined>(sources.length);
		const entries = await prepare(context, operation, transport, sources, endings);
		await dispatch(context, operation, transport, entries, endings, options);
		return reportBulk(context, operation.api, sources, endings, Date.now() - startedAt);
	} finally {
		transport.close();
	}
}

/** Reads and checks every message before the first is sent. What cannot be sent ends here. */
async function prepare(
	context: IExecuteFunctions,
	operation: BulkOperation,
	transport: Transport,
	sources: Source[],
	endings: Array<BulkEnding | undefined>,
): Promise<Array<BulkEntry & { position: number }>> {
	const drafts = new Drafts(context, BULK_PARAMETERS);
	const same = context.getNodeParameter('skipDuplicates', 0, 'message') as string;
	const seen = new Map<string, number>();
	const entries: Array<BulkEntry & { position: number }> = [];
	let sliceEnds = Date.now() + SLICE_MS;
	for (const [position, { itemIndex, value, json }] of sources.entries()) {
		if (Date.now() > sliceEnds) {
			await sleep(0);
			sliceEnds = Date.now() + SLICE_MS;
		}
		const built = attempt(() => {
			const draft = drafts.draft(itemIndex, json);
			const recipient = operation.recipient(value, draft);
			return {
				draft,
				recipient,
				message: operation.message(draft, recipient, transport.credentials),
			};
		});
		if ('failure' in built) {
			endings[position] = built;
			continue;
		}
		const { draft, recipient, message } = built.value;
		const mark = same === 'recipient' ? recipient : `${recipient}\n${hash(message)}`;
		const first = same === 'none' ? undefined : seen.get(mark);
		if (first !== undefined) {
			endings[position] = { duplicateOf: first };
			continue;
		}
		seen.set(mark, position);
		entries.push({ position, itemIndex, recipient, message, draft });
	}
	return entries;
}

function attempt<T>(build: () => T): { value: T } | { failure: InvalidInput } {
	try {
		return { value: build() };
	} catch (error) {
		return {
			failure:
				error instanceof InvalidInput
					? error
					: new InvalidInput(
							'The item',
							`cannot be read (${String(error)})`,
							'Correct its fields.',
						),
		};
	}
}

/** Sends all entries, as many requests at a time as the policy allows, and fills in their endings. */
async function dispatch(
	context: IExecuteFunctions,
	operation: BulkOperation,
	transport: Transport,
	entries: Array<BulkEntry & { position: number }>,
	endings: Array<BulkEnding | undefined>,
	options: IDataObject,
): Promise<void> {
	const place: RunPlace = {
		executionId: context.getExecutionId() ?? '',
		nodeId: context.getNode().id,
		runIndex: Number(context.getWorkflowDataProxy(0).$runIndex),
	};
	const keyOf = ({ position, message, recipient }: BulkEntry & { position: number }) =>
		memoryKey({ ...place, itemIndex: position }, { url: recipient, body: message });
	const fresh = entries.filter((entry) => {
		const known = place.executionId === '' ? undefined : memory.recall(keyOf(entry));
		if (known?.kind === 'accepted') {
			const [result, ...more] = known.results;
			endings[entry.position] = { result, more };
		}
		if (known?.kind === 'unknown') endings[entry.position] = { failure: known.failure };
		return known === undefined;
	});

	const packs = operation.packs(fresh) as Array<typeof entries>;
	let next = 0;
	let done = entries.length - fresh.length;
	let lastSaid = Date.now();
	let forbiddenInARow = 0;
	const worker = async () => {
		while (next < packs.length) {
			const pack = packs[next++];
			const outcome = await sendPack(operation, transport, pack, place, options);
			const failure = failureOf(outcome);
			forbiddenInARow = failure?.details.httpCode === FORBIDDEN ? forbiddenInARow + 1 : 0;
			if (failure && forbiddenInARow >= MOST_FORBIDDEN_IN_A_ROW) {
				transport.stop(notTriedFailure(failure));
			}
			for (const [index, entry] of pack.entries()) {
				const ending = outcome[index];
				endings[entry.position] = ending;
				if (place.executionId !== '') rememberEnding(keyOf(entry), ending);
			}
			done += pack.length;
			if (Date.now() - lastSaid > PROGRESS_EVERY_MS || done === entries.length) {
				lastSaid = Date.now();
				context.logger.info(`Bulk Send: ${done} of ${entries.length} messages handled`);
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(transport.maxInFlight, packs.length) }, worker));
}

async function sendPack(
	operation: BulkOperation,
	transport: Transport,
	pack: BulkEntry[],
	place: RunPlace,
	options: IDataObject,
): Promise<BulkEnding[]> {
	const { api } = operation;
	const request = operation.request(pack, transport.credentials);
	const rule = api.idempotency?.(request);
	const key = attempt(() => rule && packKey(rule, pack, place, options.idempotencyKey));
	if ('failure' in key) return pack.map(() => key);
	const { value: idempotencyKey } = key;
	let endings: BulkEnding[] | undefined;
	const reason = await send().then(
		() => undefined,
		(error: unknown) => error,
	);
	if (reason === undefined) return endings ?? [];
	if (reason instanceof DeliveryFailure || reason instanceof InvalidInput) {
		return pack.map(() => ({ failure: reason }));
	}
	if (reason instanceof Stopped) return pack.map(() => ({ failure: notTriedFailure(reason) }));
	throw reason;

	async function send(): Promise<void> {
		const complete = operation.complete
			? await operation.complete(request, pack, transport)
			: request;
		await transport.send(complete, {
			kind: 'send',
			idempotencyKey,
			isReadable(answer) {
				endings = operation.read(answer, pack);
				return endings !== undefined;
			},
		});
	}
}

/** Why a request failed, if it did. All messages in it failed for the same reason. */
function failureOf([first]: BulkEnding[]): DeliveryFailure | undefined {
	const failure = first && 'failure' in first ? first.failure : undefined;
	return failure instanceof DeliveryFailure ? failure : undefined;
}

/**
 * The same recipients and content get the same key, however the run came to pack them.
 *
 * @throws InvalidInput when the user's key breaks the vendor's rule
 */
function packKey(rule: IdempotencyRule, pack: BulkEntry[], place: RunPlace, own: unknown): string {
	const content = hash(pack.map(({ recipient, message }) => [recipient, message])).slice(0, 16);
	if (isBlank(own)) {
		const { executionId, nodeId, runIndex } = place;
		const base = [executionId, nodeId, runIndex, pack[0].itemIndex].join('-');
		return `${base}-${content}`.replace(/[^A-Za-z0-9_-]/g, '_');
	}
	const key = `${String(own)}-${content}`;
	if (rule.pattern.test(key)) return key;
	throw new InvalidInput(
		'Idempotency Key',
		`"${String(own)}" is not accepted by the vendor`,
		`${rule.rule} Bulk Send adds ${content.length + 1} characters for each request.`,
	);
}

function rememberEnding(key: string, ending: BulkEnding): void {
	if ('result' in ending) {
		memory.remember(key, { kind: 'accepted', results: [ending.result, ...(ending.more ?? [])] });
	}
	if (
		'failure' in ending &&
		ending.failure instanceof DeliveryFailure &&
		ending.failure.details.outcome === 'unknown'
	) {
		memory.remember(key, { kind: 'unknown', failure: ending.failure });
	}
}

function hash(value: unknown): string {
	return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
