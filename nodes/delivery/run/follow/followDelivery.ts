import { nap } from '../../pace/nap';
import type { Endings } from '../ending';
import type { Host } from '../host';
import type { Lines } from '../lines';
import type { Operation } from '../operation';
import { Slices } from '../slices';
import type { Source } from '../sources';
import { endAll } from './endAll';
import { isOpen, Look, type Watched } from './look';

/** The first look, and the pauses between looks: twice as long each time, up to the longest. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
/** How long a look that began in time may take beyond it. */
const GRACE_MS = 5000;

/** The run whose messages were accepted. */
export interface FollowedRun<Input> {
	host: Host;
	operation: Operation<Input>;
	lines: Lines;
	sources: Source[];
	endings: Endings;
}

/**
 * Waits until the messages that were accepted are delivered or have failed, or their time is over,
 * and writes into the endings what became of them. The time begins when all items are accepted, so
 * that all of them share the looks.
 */
export async function followDelivery<Input>(run: FollowedRun<Input>): Promise<void> {
	const { host, operation } = run;
	const { readBack } = operation;
	if (readBack === undefined) return;
	const isCanceled = () => host.cancelSignal?.aborted === true;
	const all = await watchedOf(run);
	let open = all.filter(isOpen);
	let pauseMs = FIRST_PAUSE_MS;
	let lookAt = performance.now() + pauseMs;
	while (open.length > 0) {
		const soonest = open.reduce((least, { endsAt }) => Math.min(least, endsAt), lookAt);
		await nap(soonest - performance.now(), isCanceled);
		if (isCanceled()) return;
		const isForAll = lookAt <= soonest;
		const due = isForAll ? open : open.filter(({ endsAt }) => endsAt <= soonest);
		const isWhole = await look(due, readBack, isCanceled);
		if (isCanceled()) return;
		const now = performance.now();
		if (isForAll) {
			pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
			lookAt = now + pauseMs;
		}
		open = open.filter((one) => isOpen(one) && now < one.endsAt);
		// What still waits for its turn is for nobody.
		if (!isWhole && open.length === 0) run.lines.stop();
	}
	await endAll(run, all);
}

async function watchedOf<Input>({
	host,
	lines,
	sources,
	endings,
}: FollowedRun<Input>): Promise<Watched[]> {
	const now = performance.now();
	const watched: Watched[] = [];
	const slices = new Slices();
	for (const [position, ending] of endings.entries()) {
		if (slices.isOver) await slices.giveWay();
		if (ending?.kind !== 'accepted' || ending.follow === undefined) continue;
		const { wait, messages } = ending.follow;
		const { itemIndex } = sources[position];
		const transport = await lines.of(itemIndex);
		for (const message of messages) {
			if (message.isScheduled) continue;
			watched.push({
				message,
				transport,
				context: host.of(itemIndex),
				endsAt: now + wait.ms,
				omissions: 0,
				refusals: 0,
				failure: undefined,
			});
		}
	}
	return watched;
}

/** @returns whether it was finished before the time was over */
async function look(
	due: Watched[],
	readBack: NonNullable<Operation<unknown>['readBack']>,
	isCanceled: () => boolean,
): Promise<boolean> {
	const latest = due.reduce((most, { endsAt }) => Math.max(most, endsAt), 0);
	let isDone = false;
	let isLate = false;
	const looking = new Look(readBack, () => isLate || isCanceled()).at(due).then(() => {
		isDone = true;
	});
	const patience = nap(latest + GRACE_MS - performance.now(), () => isDone || isCanceled());
	await Promise.race([looking, patience]);
	isLate = !isDone;
	return isDone;
}
