import { createHash } from 'node:crypto';

import { binaryFile } from '../../input/file';
import type { Transport } from '../http/transport';
import type { VendorRequest } from '../http/vendorApi';
import { readOnce } from '../once/readOnce';
import { vendorKeyOf } from '../once/vendorKey';
import { Suppression, SUPPRESSION_OPTION } from '../suppression/suppression';
import { readCountry } from '../../input/country';
import { type Draft, optionsOf } from '../../input/draft';
import { Drafts } from './drafts';
import type { Ending, Endings } from './ending';
import type { Entry, Instead, Message } from './entry';
import { isUndelivered } from './follow/follow';
import { readWait } from './follow/wait';
import type { Host } from './host';
import { idempotencyKeyOf, refuseSharedKeys } from './idempotency';
import { type LedgerPage, messageKey, type Remembered } from './ledger';
import type { Lines } from './lines';
import type { Operation } from './operation';
import { withoutOption } from './parameterSource';
import { Slices } from './slices';
import { inWords } from './readable';
import { SOURCE_PARAMETERS, type Source } from './sources';
import { readOutsideWindow } from './window/outsideWindow';

/** Parameters that are not part of a draft. */
const NOT_DRAFTED = ['resource', 'operation', 'requestOptions'];

/** The parameters of a Bulk Send that are not part of the message. */
const BULK_PARAMETERS = [...SOURCE_PARAMETERS, 'output', 'skipDuplicates'];

/**
 * Reads and checks every message before the first is sent. What was sent by an earlier try ends here,
 * and what cannot be sent.
 *
 * @returns what is left to send, and fills in the endings of the rest
 */
export async function prepare<Input>(
	host: Host,
	operation: Operation<Input>,
	lines: Lines,
	page: LedgerPage | undefined,
	sources: Source[],
	endings: Endings,
): Promise<Array<Entry<Input>>> {
	const { bulk } = operation;
	const suppression = Suppression.of(host);
	const drafts = new Drafts(
		withoutOption(host.parameters, SUPPRESSION_OPTION),
		bulk ? [...NOT_DRAFTED, ...BULK_PARAMETERS] : NOT_DRAFTED,
		bulk !== undefined,
		operation.html,
	);
	const duplicates = bulk ? new Duplicates(host) : undefined;
	const slices = new Slices();
	const entries: Array<Entry<Input>> = [];
	for (const [position, source] of sources.entries()) {
		if (slices.isOver) await slices.giveWay();
		try {
			const known = page?.recall(keyOf(host, source));
			if (known && !host.isRouted) {
				duplicates?.first(known.mark, position);
				endings[position] = remembered(known);
				continue;
			}
			if (source.failure) throw source.failure;
			const transport = lines.known ?? (await lines.of(source.itemIndex));
			const draft = drafts.draft(source.itemIndex, source.json);
			const at = { page, transport, position, source, draft };
			const message = await readMessage(host, operation, suppression, at);
			const instead = await readInstead(host, operation, suppression, at);
			const entry = entryOf(host, operation, at, { ...message, ...(instead && { instead }) });
			const first = duplicates?.first(entry.mark, position) ?? position;
			const call = page && host.isRouted ? page.recall(entry.key) : undefined;
			if (first !== position) endings[position] = { kind: 'duplicate', of: first };
			else if (call && isSentForGood(call)) endings[position] = remembered(call);
			else entries.push(entry);
		} catch (error) {
			endings[position] = { kind: 'failed', failure: asError(error) };
		}
	}
	if (!bulk) refuseSharedKeys(entries, endings);
	return entries.filter(({ position }) => endings[position] === undefined);
}

/** Where a message comes from and goes to. */
interface At {
	page: LedgerPage | undefined;
	transport: Transport;
	position: number;
	source: Source;
	draft: Draft;
}

/** @throws as readMessage */
async function readInstead<Input>(
	host: Host,
	operation: Operation<Input>,
	suppression: Suppression | undefined,
	at: At,
): Promise<Instead<Input> | undefined> {
	const { fallback } = operation;
	const outside = fallback === undefined ? 'fail' : readOutsideWindow(at.draft);
	if (fallback === undefined || outside === 'fail') return undefined;
	if (outside === 'skip') return 'nothing';
	return await readMessage(host, { ...operation, input: fallback.template }, suppression, at);
}

/**
 * @throws InvalidInput for what cannot be sent
 * @throws KeptBack for what must not be sent
 */
async function readMessage<Input>(
	host: Host,
	operation: Operation<Input>,
	suppression: Suppression | undefined,
	{ transport, source, draft }: At,
): Promise<Message<Input>> {
	const { itemIndex } = source;
	const context = host.of(itemIndex);
	const input = operation.input(draft, {
		credentials: transport.credentials,
		get recipient() {
			return source.recipient?.();
		},
		file: (label, value) => binaryFile(context, label, value),
	});
	const request = operation.request(input);
	const country =
		operation.kind === 'send' ? readCountry(optionsOf(draft).defaultCountry) : undefined;
	if (suppression === undefined) return { input, request, takenOut: [] };
	const { known } = suppression;
	const list = known ? { list: known, country } : await suppression.listOf(itemIndex, country);
	const left = suppression.isClear(operation, { input, request }, list)
		? { input, request, takenOut: [] }
		: await suppression.without(operation, { input, request }, list);
	const check = async (completed: VendorRequest) =>
		await suppression.requireNobody(operation, { ...left, request: completed }, list);
	return { ...left, check };
}

function entryOf<Input>(
	host: Host,
	{ kind, bulk, readBack }: Operation<Input>,
	{ page, transport, position, source, draft }: At,
	message: Pick<Entry<Input>, 'instead' | keyof Message<Input>>,
): Entry<Input> {
	const { itemIndex } = source;
	const { input, request } = message;
	const options = optionsOf(draft);
	const key = host.isRouted ? messageKey(itemIndex, source.entryIndex, draft) : keyOf(host, source);
	const once = kind === 'send' ? readOnce(host, options, bulk !== undefined) : undefined;
	const wait = readBack && readWait(options);
	const isRehearsal = request !== undefined && transport.api.isRehearsal?.(request) === true;
	return {
		...message,
		position,
		source,
		context: host.of(itemIndex),
		transport,
		isSimple: draft.simplify !== false,
		key,
		mark: bulk && markOf(bulk.recipientOf(input), request),
		idempotencyKey: idempotencyKeyOf(
			transport.api,
			request,
			options.idempotencyKey,
			// Sent again on purpose, the vendor must not take it for the first.
			once && !once.again ? (rule) => vendorKeyOf(once, rule) : undefined,
			// Of equal calls of a tool each is a message, and only n8n knows them apart.
			host.place && !host.isRouted ? [host.place, key, page?.failures(key) ?? 0] : undefined,
		),
		once: isRehearsal ? undefined : once,
		wait: isRehearsal ? undefined : wait,
	};
}

/** What came in for a message: that alone tells it from others on another try. */
function keyOf({ items, isRouted }: Host, { itemIndex, entryIndex }: Source): string {
	if (isRouted) return '';
	const { json, binary } = items[itemIndex];
	const files = Object.entries(binary ?? {}).map(([name, { id, fileName, mimeType, data }]) => [
		name,
		fileName,
		mimeType,
		id ?? data.length,
	]);
	return messageKey(itemIndex, entryIndex, [json, files]);
}

function remembered(known: Remembered): Ending {
	return known.kind === 'unknown'
		? { kind: 'failed', failure: known.failure }
		: {
				kind: 'accepted',
				results: known.results,
				missing: known.missing,
				...(known.follow && { follow: known.follow }),
			};
}

/** Whether an equal call of a tool is the same one, tried again because of how it ended. */
function isSentForGood(known: Remembered): boolean {
	if (known.kind === 'unknown') return true;
	const { follow } = known;
	return follow?.messages.some((message) => isUndelivered(follow, message)) === true;
}

/** Recipient and content, in as little as tells them from others. */
function markOf(recipient: string, request: VendorRequest | undefined): string {
	const content = createHash('sha256')
		.update(JSON.stringify(request ?? null))
		.digest('base64');
	return `${content} ${recipient}`;
}

/** Which message of a bulk says the same to the same person as one before it. */
class Duplicates {
	private readonly firsts = new Map<string, number>();

	private readonly same: unknown;

	constructor({ parameters }: Host) {
		this.same = parameters.read('skipDuplicates', 0, 'message');
	}

	/** The first position with this mark; the given one where it is the first. */
	first(mark: string | undefined, position: number): number {
		if (mark === undefined || this.same === 'none') return position;
		const name = this.same === 'recipient' ? mark.slice(mark.indexOf(' ') + 1) : mark;
		const known = this.firsts.get(name);
		if (known === undefined) this.firsts.set(name, position);
		return known ?? position;
	}
}

/** n8n's own errors keep their words; JavaScript's own say nothing to anybody. */
function asError(error: unknown): Error {
	const said = inWords('The item', error);
	return said instanceof Error ? said : new Error(String(said));
}
