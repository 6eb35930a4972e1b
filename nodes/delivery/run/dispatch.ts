import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../../input/invalidInput';
import { isPlainObject } from '../../input/json';
import { notTriedFailure } from '../http/failures';
import { DeliveryFailure, KeptBack, Stopped } from '../http/outcome';
import type { IdempotencyRule, VendorAnswer, VendorApi, VendorRequest } from '../http/vendorApi';
import { takenOutOf } from '../suppression/failures';
import { type Ending, type Endings, isFailure } from './ending';
import { type Entry, itemTransport } from './entry';
import { followOf } from './follow/follow';
import type { Host } from './host';
import { packKey } from './idempotency';
import type { LedgerPage } from './ledger';
import type { Lines } from './lines';
import type { Missing, Operation, Reading } from './operation';
import { packsOf } from './packs';
import { allPages } from './paging';
import { unheardFailure } from './unheard';
import { isForWindow, sendInWindow } from './window/sendInWindow';

const PROGRESS_EVERY_MS = 5000;
/** This may concern one recipient only, unless it happens so often in a row. */
const FORBIDDEN = 403;
const MOST_FORBIDDEN_IN_A_ROW = 10;

/** What a dispatch needs besides the messages. */
export interface Dispatch<Input> {
	host: Host;
	operation: Operation<Input>;
	lines: Lines;
	page: LedgerPage | undefined;
	endings: Endings;
	maxInFlight: number;
	/** Whether the first failure keeps back all that has not started. */
	stopsOnFailure: boolean;
	/** Told how each message ends. */
	onEnding?: (entry: Entry<Input>, ending: Ending) => void;
}

/** Sends all entries, as many requests at a time as the policy allows, and fills in their endings. */
export async function dispatch<Input>(
	{ host, operation, lines, page, endings, maxInFlight, stopsOnFailure, onEnding }: Dispatch<Input>,
	entries: Array<Entry<Input>>,
): Promise<void> {
	const packs = packsOf(operation, entries);
	let next = 0;
	let done = 0;
	let saidAt = performance.now();
	let forbiddenInARow = 0;
	let isStopped = false;

	const worker = async () => {
		while (next < packs.length && !isStopped) {
			const entriesOfPack = packs[next++];
			const outcome = await send(operation, entriesOfPack);
			for (const [index, entry] of entriesOfPack.entries()) {
				const ending = withTakenOut(operation.api, outcome[index], entry);
				// Not sent because the run stopped: there is nothing to say of this message itself.
				if (ending.kind === 'failed' && ending.failure instanceof Stopped) isStopped = true;
				else endings[entry.position] = ending;
				if (stopsOnFailure && isFailure(ending)) isStopped = true;
				if (operation.kind === 'send') keep(page, entry, ending);
				onEnding?.(entry, ending);
			}
			const failure = failureOf(outcome);
			forbiddenInARow = failure?.details.httpCode === FORBIDDEN ? forbiddenInARow + 1 : 0;
			if (failure && forbiddenInARow >= MOST_FORBIDDEN_IN_A_ROW)
				lines.stop(notTriedFailure(failure));
			done += entriesOfPack.length;
			if (
				operation.bulk &&
				(performance.now() - saidAt > PROGRESS_EVERY_MS || done === entries.length)
			) {
				saidAt = performance.now();
				host.logger.info(`Bulk Send: ${done} of ${entries.length} messages handled`);
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(maxInFlight, packs.length) }, worker));
}

/** Sends what shares a request. Whatever happens, each entry gets an ending. */
async function send<Input>(
	operation: Operation<Input>,
	entries: Array<Entry<Input>>,
): Promise<Ending[]> {
	try {
		return operation.bulk?.packing
			? await sendJoined(operation, entries)
			: [
					await sendInWindow(
						operation,
						entries[0],
						async (entry) => await sendOne(operation, entry),
					),
				];
	} catch (error) {
		const failure = failureFor(operation, error);
		return entries.map(() => ({ kind: 'failed', failure }));
	}
}

async function sendJoined<Input>(
	operation: Operation<Input>,
	entries: Array<Entry<Input>>,
): Promise<Ending[]> {
	const [{ transport, context }] = entries;
	const packing = operation.bulk!.packing!;
	const request = packing.join(entries.flatMap((entry) => entry.request ?? []));
	const rule = operation.api.idempotency?.(request);
	const inputs = entries.map(({ input }) => input);
	let readings: Reading[] | undefined;
	let body: unknown;
	await transport.send(context, request, {
		kind: operation.kind,
		idempotencyKey: rule && packKey(rule, entries, request),
		isReadable(answer) {
			readings = wellFormed(packing.results(answer, inputs, request));
			body = answer.body;
			return readings?.length === entries.length;
		},
	});
	const accepted = readings!;
	// They were accepted, whatever goes wrong in finding out more about them.
	const finished = packing.finish
		? await packing.finish(accepted, inputs, itemTransport(entries[0])).catch(() => accepted)
		: accepted;
	return entries.map((entry, index) => endingOf(operation, entry, finished[index], body));
}

async function sendOne<Input>(operation: Operation<Input>, entry: Entry<Input>): Promise<Ending> {
	const { input } = entry;
	const transport = itemTransport(entry);
	const { reading, answer } = await ask(operation, entry);
	// A send was accepted, whatever goes wrong in finding out more about it.
	const finished = operation.finish
		? await operation.finish(reading, input, transport).catch((error: unknown) => {
				if (operation.kind === 'send') return reading;
				throw error;
			})
		: reading;
	return endingOf(operation, entry, finished, answer?.body);
}

async function ask<Input>(
	operation: Operation<Input>,
	entry: Entry<Input>,
): Promise<{ reading: Reading; answer?: VendorAnswer }> {
	const { input, request: built, transport, context, instead } = entry;
	const { fallback } = operation;
	if (built === undefined) {
		const reading = operation.result(NOT_ASKED, input, NO_REQUEST);
		if (reading === undefined) throw unheardFailure(operation.api);
		return { reading };
	}
	const request = operation.complete
		? await operation.complete(input, built, itemTransport(entry)).catch((error: unknown) => {
				throw operation.kind === 'send' ? neverLeft(error) : error;
			})
		: built;
	if (operation.complete) await entry.check?.(request);
	const rule = operation.api.idempotency?.(request);
	const idempotencyKey = rule && keyOf(operation, entry, rule, request);
	const fetch = async (page: typeof request) => {
		let reading: Reading | undefined;
		const answer = await transport.send(context, page, {
			kind: operation.kind,
			idempotencyKey,
			isReadable(arrived) {
				const found = operation.result(arrived, input, page);
				reading = found && wellFormed([found])?.[0];
				return reading !== undefined;
			},
			...(fallback && instead && { isExpected: (failure) => isForWindow(fallback, failure) }),
		});
		return { answer, reading: reading! };
	};
	return operation.paging
		? { reading: await allPages(operation.api, operation.paging, input, request, fetch) }
		: await fetch(request);
}

/** @throws InvalidInput for an own key that the joined content makes too long */
function keyOf<Input>(
	{ bulk }: Operation<Input>,
	entry: Entry<Input>,
	rule: IdempotencyRule,
	request: VendorRequest,
): string {
	const { idempotencyKey } = entry;
	if (bulk) return packKey(rule, [entry], request);
	return 'own' in idempotencyKey ? idempotencyKey.own : idempotencyKey.ours;
}

/** Undefined unless every reading is one: a vendor's answer may hold anything, so may its reading. */
function wellFormed(readings: Reading[] | undefined): Reading[] | undefined {
	const isReading = (one: Reading) =>
		Array.isArray(one?.results) && [...one.results, ...(one.raw ?? [])].every(isPlainObject);
	return readings?.every(isReading) ? readings : undefined;
}

function endingOf<Input>(
	operation: Operation<Input>,
	entry: Entry<Input>,
	reading: Reading,
	body: unknown,
): Ending {
	const { isSimple, transport } = entry;
	const { results, raw, missing = [] } = reading;
	// The answer leaves everything out: nothing shows what became of it.
	if (results.length === 0 && missing.length > 0) {
		return { kind: 'failed', failure: transport.redacted(missing[0].failure) };
	}
	const untouched = raw ?? (isPlainObject(body) ? [body] : []);
	const follow = followOf(operation, entry, results);
	return {
		kind: 'accepted',
		results: transport.freeOfSecrets(isSimple ? results : untouched),
		missing: transport.freeOfSecrets(missing.map(missingItem)),
		...(follow && { follow }),
	};
}

/** Says of those who were taken out of a message that they were. */
function withTakenOut<Input>(api: VendorApi, ending: Ending, { takenOut }: Entry<Input>): Ending {
	if (takenOut.length === 0 || ending.kind === 'duplicate') return ending;
	const missing = takenOut.map((name) => missingItem(takenOutOf(api, name)));
	return { ...ending, missing: [...(ending.missing ?? []), ...missing] };
}

/** What the flow gets for a message that is missing beside others that were accepted. */
function missingItem({ recipient, failure }: Missing): IDataObject {
	return { error: failure.message, details: { ...failure.details, recipient } };
}

/** Whatever went wrong on the way to the request, the message itself did not leave. */
function neverLeft(error: unknown): unknown {
	if (!(error instanceof DeliveryFailure) || error instanceof KeptBack) return error;
	const { message, cure, details, failure } = error;
	return new DeliveryFailure(message, cure, { ...details, outcome: 'not_sent' }, failure);
}

function failureFor({ api }: { api: VendorApi }, error: unknown): Error {
	const isOurs =
		error instanceof DeliveryFailure || error instanceof InvalidInput || error instanceof Stopped;
	return isOurs ? error : unheardFailure(api, error);
}

/** Keeps how a send ends, so that n8n running the node again does not send it again. */
function keep<Input>(page: LedgerPage | undefined, entry: Entry<Input>, ending: Ending): void {
	const { key, mark } = entry;
	if (page === undefined) return;
	if (ending.kind === 'accepted') {
		const { results, missing, follow } = ending;
		page.keep(key, { kind: 'accepted', results, missing, mark, ...(follow && { follow }) });
	}
	if (
		ending.kind === 'failed' &&
		ending.failure instanceof DeliveryFailure &&
		ending.failure.details.outcome === 'unknown'
	) {
		page.keep(key, { kind: 'unknown', failure: ending.failure, mark });
	} else if (ending.kind === 'failed') {
		page.failed(key);
	}
}

/** Why a request failed, if it did. All messages in it failed for the same reason. */
function failureOf([first]: Ending[]): DeliveryFailure | undefined {
	return first?.kind === 'failed' && first.failure instanceof DeliveryFailure
		? first.failure
		: undefined;
}

const NOT_ASKED: VendorAnswer = { statusCode: 0, headers: {}, body: undefined };
const NO_REQUEST: VendorRequest = { method: 'GET', url: '' };
