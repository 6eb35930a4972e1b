import { DeliveryFailure, Stopped } from '../http/outcome';
import { type Ending, type Endings, isFailure } from '../run/ending';
import type { Entry } from '../run/entry';
import type { Host } from '../run/host';
import type { Operation } from '../run/operation';
import { alreadySent } from './alreadySent';
import type { Standing } from './claim';
import { begunFailure, leftFailure, memoryFailure } from './failures';
import { memoryOf, type NodeMemory, type SharedEnding } from './memory';
import type { Once, OncePlace } from './once';
import { Settlement } from './settlement';

/** The run whose messages are to be sent once. */
export interface OnceRun<Input> {
	host: Host;
	operation: Operation<Input>;
	endings: Endings;
	/** Whether the first failure keeps back all that has not started. */
	stopsOnFailure: boolean;
}

export type OnEnding<Input> = (entry: Entry<Input>, ending: Ending) => void;

type KeyedEntry<Input> = Entry<Input> & { once: Once };

/** A message whose key another execution of this process has at the moment. */
type Waiting<Input> = [KeyedEntry<Input>, Promise<SharedEnding>];

/**
 * Lets through to `send` what nobody has sent before, and fills in the endings of the rest. All keys
 * are claimed before the first message leaves.
 *
 * @param send calls back with every ending; what has none when it returns was not tried
 */
export async function sendOnce<Input>(
	run: OnceRun<Input>,
	entries: Array<Entry<Input>>,
	send: (entries: Array<Entry<Input>>, onEnding?: OnEnding<Input>) => Promise<void>,
): Promise<void> {
	const keyed = entries.filter(isKeyed);
	if (keyed.length === 0) return await send(entries);

	const { place } = keyed[0].once;
	const memory = memoryOf(place);
	const { ours, waiting } = share(memory, firstOfEach(keyed, run.endings));
	const open = await claimAll(run, memory, place, ours);
	const settlement = new Settlement(memory, place, historyOf(ours), run.host.logger);
	await settled(memory, settlement, open, async (onEnding) => {
		if (isOver(run)) return;
		await send(
			entries.filter((entry) => !isKeyed(entry) || open.has(entry)),
			onEnding,
		);
	});
	if (!isOver(run)) await hear(run, waiting);
}

/** Equal keys within a run: the first is sent, and the others end as it does. */
function firstOfEach<Input>(
	entries: Array<KeyedEntry<Input>>,
	endings: Endings,
): Array<KeyedEntry<Input>> {
	const firsts = new Map<string, KeyedEntry<Input>>();
	for (const entry of entries) {
		const first = firsts.get(entry.once.key);
		if (first === undefined) firsts.set(entry.once.key, entry);
		else endings[entry.position] = { kind: 'duplicate', of: first.position, alreadySent: true };
	}
	return [...firsts.values()];
}

/** Which keys are free in this process, and which another execution has. */
function share<Input>(memory: NodeMemory, entries: Array<KeyedEntry<Input>>) {
	const ours: Array<KeyedEntry<Input>> = [];
	const waiting: Array<Waiting<Input>> = [];
	for (const entry of entries) {
		const other = memory.other(entry.once.key);
		if (other === undefined) ours.push(entry);
		else waiting.push([entry, other]);
	}
	return { ours, waiting };
}

/** @returns what is to be sent; the rest has its ending */
async function claimAll<Input>(
	{ operation, endings }: OnceRun<Input>,
	memory: NodeMemory,
	place: OncePlace,
	entries: Array<KeyedEntry<Input>>,
): Promise<Set<KeyedEntry<Input>>> {
	const open = new Set<KeyedEntry<Input>>();
	const end = (entry: KeyedEntry<Input>, ending: Ending) => {
		endings[entry.position] = ending;
		memory.end(entry.once.key, shared(entry, ending));
		memory.leave(entry.once.key);
	};
	let standings: Map<string, Standing>;
	try {
		standings = await memory.claim(
			place,
			entries.map(({ once }) => once),
		);
	} catch (error) {
		const failure = memoryFailure(operation.api, error);
		for (const entry of entries) end(entry, { kind: 'failed', failure });
		return open;
	}
	for (const entry of entries) {
		const { key } = entry.once;
		const standing = standings.get(key);
		if (standing === 'ours') open.add(entry);
		else if (standing === 'accepted') end(entry, alreadySent(operation, entry, memory.known(key)));
		else end(entry, { kind: 'failed', failure: begunFailure(operation.api, key) });
	}
	return open;
}

/** Sends, and writes down how each message that was open has ended. */
async function settled<Input>(
	memory: NodeMemory,
	settlement: Settlement,
	open: Set<KeyedEntry<Input>>,
	send: (onEnding: OnEnding<Input>) => Promise<void>,
): Promise<void> {
	const untold = new Set(open);
	let hasReturned = false;
	try {
		await send((entry, ending) => {
			if (!isKeyed(entry)) return;
			const { key } = entry.once;
			untold.delete(entry);
			memory.end(key, shared(entry, ending));
			if (ending.kind === 'accepted') settlement.accept(key);
			else if (isInDoubt(ending)) settlement.leaveInDoubt(key);
			else settlement.release(key);
		});
		hasReturned = true;
	} finally {
		for (const { once } of untold) {
			memory.end(once.key, undefined);
			if (hasReturned) settlement.release(once.key);
			else settlement.leaveInDoubt(once.key);
		}
		await settlement.close();
	}
}

/** Ends the messages that were on their way elsewhere in this process as those have ended. */
async function hear<Input>(
	{ operation, endings }: OnceRun<Input>,
	waiting: Array<Waiting<Input>>,
): Promise<void> {
	for (const [entry, other] of waiting) {
		const ending = await other;
		if (ending?.kind === 'accepted') {
			endings[entry.position] = alreadySent(operation, entry, ending.results);
		} else {
			const failure = ending?.failure ?? leftFailure(operation.api);
			endings[entry.position] = { kind: 'failed', failure };
		}
	}
}

/** What others with the same key may know of an ending. */
function shared<Input>({ isSimple }: Entry<Input>, ending: Ending): SharedEnding {
	if (ending.kind === 'accepted') {
		return { kind: 'accepted', results: isSimple ? ending.results : [] };
	}
	if (ending.kind === 'duplicate' || ending.failure instanceof Stopped) return undefined;
	return ending;
}

function isInDoubt(ending: Ending): boolean {
	return (
		ending.kind === 'failed' &&
		ending.failure instanceof DeliveryFailure &&
		ending.failure.details.outcome === 'unknown'
	);
}

function isOver<Input>({ endings, stopsOnFailure }: OnceRun<Input>): boolean {
	return stopsOnFailure && endings.some(isFailure);
}

function historyOf<Input>(entries: Array<KeyedEntry<Input>>): number {
	let most = 1;
	for (const { once } of entries) most = Math.max(most, once.history);
	return most;
}

function isKeyed<Input>(entry: Entry<Input>): entry is KeyedEntry<Input> {
	return entry.once !== undefined;
}
