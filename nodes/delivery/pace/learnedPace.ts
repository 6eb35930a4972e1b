import { TokenBucket } from './tokenBucket';
import type { RateLimit } from './rateLimit';

/** The stretches by which vendors count. The first that explains what was refused is believed. */
const STRETCHES_MS = [1000, 2000, 5000, 10_000, 30_000, 60_000];
const [SHORTEST_MS] = STRETCHES_MS;
const LONGEST_MS = STRETCHES_MS[STRETCHES_MS.length - 1];
/** So many times what a stretch holds is sent before more is tried: after one no, and after several. */
const PATIENCE_AFTER_ONE = 2;
const PATIENCE_AFTER_SEVERAL = 10;
const MOST_PATIENCE = 40;
/** The first step up, as a share of what is known to pass. Each further one is twice as large. */
const FIRST_STEP = 0.02;
/** So far above what was once refused, there is no limit any more. */
const NO_LIMIT = 100;
/** As much was taken as is known to pass if it is at least this share of it. */
const AS_MUCH = 0.8;
/** What turned out to be too much is lowered at least to this share. */
const FEWER = 0.95;
/** A vendor that takes no more than so many at once may want them one by one. */
const ONE_BY_ONE = 2;
/** So many that left after a request that was refused, and were taken, speak against a limit. */
const WITNESSES_A_NO = 3;
/** Being slower has helped so often to nothing that the vendor must mean something else. */
const MOST_IN_VAIN = 3;
const IGNORED_FOR_MS = 20_000;
/** How much of a stretch requests may be late on their way: those that take longer count as here. */
const LATE = 0.05;
/** A request that is out to try is not waited for any longer. */
const LONGEST_TRIAL_MS = 2000;
const FORGET_AFTER_MS = 30 * 60_000;

/** What the vendor is believed to take. */
interface Pace {
	perMs: number;
	/** What passed when it was learned. */
	known: number;
	/** What had held before it was learned that more passes. */
	held?: number;
	/** What is sent, which creeps up from what is known. */
	requests: number;
	step: number;
	patience: number;
	/** How many are to pass before the next step up. */
	toGo: number;
	/** Sent evenly, not as many at once as there are. */
	oneByOne: boolean;
	/** What passed in a shorter stretch: many vendors limit both the second and the minute. */
	burst?: RateLimit;
}

/** A request that left, for when it comes back. */
export interface Departure {
	at: number;
	count: number;
	episode: number;
}

/** All noes in one breath: to requests that were on their way when the first was heard. */
interface Episode {
	/** The first one that was refused. */
	count: number;
	noes: number;
	/** How many passed that left after it: enough of them, and it was no limit. */
	witnesses: number;
	/** By then the vendor has forgotten the first of what it took before, and so has room again. */
	fullUntil: number;
	/** What was believed before. */
	before: { pace: Pace | undefined; unexplained: number };
	/** Whether it was learned anew what passes. */
	learned: boolean;
}

/**
 * The vendor's own pace, learned from its 429s: what it took in the last stretch before it said no.
 * That much is sent in each stretch from then on, as many at once as there are, since most vendors
 * count by windows. Once that has held for a while, it creeps up: by little at first, then by more
 * and more, so that a 429 that had another reason slows nobody down for long.
 */
export class LearnedPace {
	/** What the vendor took; what it refused counts with few vendors. */
	private readonly taken = new TokenBucket(SHORTEST_MS);

	private pace: Pace | undefined;

	private episodes = 0;

	private episode: Episode | undefined;

	private saidNoAt = -Infinity;

	private ignoredUntil = -Infinity;

	/** Noes that what is believed does not explain, one after the other. */
	private unexplained = 0;

	/** How often it was learned anew since, although requests passed in between. */
	private inVain = 0;

	private passedSince = 0;

	/** After a no one request goes alone: this says whether, and since when, it is out. */
	private trial: { leftAt?: number } | undefined;

	private count = 0;

	private lastLeftAt = -Infinity;

	waitMs(now: number): number {
		if (this.pace && now - this.saidNoAt > FORGET_AFTER_MS) this.believe(undefined);
		const { pace } = this;
		const trial = this.trial?.leftAt;
		const next = pace?.oneByOne ? this.lastLeftAt + pace.perMs / pace.requests : -Infinity;
		const until = trial === undefined ? next : Math.max(next, trial + LONGEST_TRIAL_MS);
		return Math.max(0, until - now, this.taken.waitMs(now));
	}

	leaves(now: number): Departure {
		this.taken.take();
		this.lastLeftAt = now;
		if (this.trial) this.trial.leftAt = now;
		return { at: now, count: ++this.count, episode: this.episodes };
	}

	/** The vendor took a request, or nothing is known against it. */
	passed(now: number, departure: Departure): void {
		const late = LATE * (this.pace?.perMs ?? SHORTEST_MS);
		this.taken.giveBack(Math.min(now, departure.at + late));
		const { pace, episode } = this;
		if (departure.episode === this.episodes) {
			this.trial = undefined;
			this.passedSince++;
			if (pace && --pace.toGo <= 0) this.creepUp(pace);
		} else if (episode && departure.episode === this.episodes - 1) {
			if (now < episode.fullUntil) this.testify(episode, departure);
		}
	}

	/**
	 * The vendor said no to a request.
	 *
	 * @param pauseMs how long it asked to wait
	 */
	refused(now: number, departure: Departure, pauseMs: number): void {
		this.taken.cancel();
		this.taken.remember(LONGEST_MS);
		if (departure.episode === this.episodes) {
			if (now - this.saidNoAt > FORGET_AFTER_MS) this.unexplained = 0;
			const { pace, unexplained } = this;
			this.episodes++;
			this.learn(now, pauseMs);
			const stretchMs = this.pace?.perMs ?? SHORTEST_MS;
			this.episode = {
				count: departure.count,
				noes: 1,
				witnesses: 0,
				fullUntil: (this.taken.firstWithin(stretchMs, now) ?? now) + stretchMs,
				before: { pace, unexplained },
				learned: this.pace !== undefined && this.pace !== pace,
			};
			this.trial = {};
			this.saidNoAt = now;
			this.passedSince = 0;
		} else if (this.episode) {
			this.episode.noes++;
			// One no among many may be about anything; several in one breath are a limit.
			if (this.pace && this.episode.learned && this.pace.patience < PATIENCE_AFTER_SEVERAL) {
				this.believe(patient(this.pace, PATIENCE_AFTER_SEVERAL));
			}
		}
	}

	/** Whether nothing was sent for so long that it may be forgotten. */
	isIdle(now: number): boolean {
		return this.taken.isFull(now);
	}

	/** Something passed that was on its way when the vendor said no. */
	private testify(episode: Episode, departure: Departure): void {
		if (departure.count > episode.count) episode.witnesses++;
		if (episode.witnesses >= WITNESSES_A_NO * episode.noes) {
			this.unexplained = episode.before.unexplained;
			this.believe(episode.before.pace);
			this.trial = undefined;
			this.episode = undefined;
		} else if (this.pace && episode.learned) {
			// It belongs to what passed before.
			const { known, requests } = this.pace;
			this.believe({ ...this.pace, known: known + 1, requests: requests + 1 });
		}
	}

	private learn(now: number, pauseMs: number): void {
		if (now < this.ignoredUntil) return;
		const { pace } = this;
		const perMs = pace?.perMs ?? SHORTEST_MS;
		const taken = this.taken.usedWithin(perMs, now);
		if (!pace && taken > 0) return this.expect(perMs, taken, PATIENCE_AFTER_ONE);
		const asKnown = pace !== undefined && taken >= AS_MUCH * pace.known;
		if (asKnown && pace.requests > pace.known) {
			// It crept up until it was too much.
			const held = taken > pace.known ? pace.known : undefined;
			return this.expect(perMs, taken, 4 * pace.patience, held);
		}
		// More had passed only because less had been sent before than the vendor takes.
		if (pace?.held !== undefined) return this.expect(perMs, pace.held, pace.patience);
		// A no at a pace that had held may be about something else, or be a miscount by one or two:
		// that it is another limit is believed only the second time.
		if (++this.unexplained > 1) return this.learnAnother(now, perMs, taken, pauseMs);
		if (asKnown && pauseMs <= perMs) {
			this.expect(perMs, Math.max(1, Math.min(taken, pace.known - 1)), pace.patience);
		}
	}

	/** What is believed does not explain what was refused. */
	private learnAnother(now: number, perMs: number, taken: number, pauseMs: number): void {
		const { pace } = this;
		if (this.passedSince > 0 && pauseMs <= perMs && ++this.inVain > MOST_IN_VAIN) {
			this.inVain = 0;
			this.ignoredUntil = now + IGNORED_FOR_MS;
			return this.believe(undefined);
		}
		// Nothing was left at the last no and nothing is left now, so in between it took what it takes;
		// more fits into a stretch where the time went by with waiting.
		const sinceMs = Math.max(1, now - this.saidNoAt);
		const between = Math.floor((this.passedSince * perMs) / sinceMs);
		const known = pace?.known ?? Infinity;
		const fewer = Math.min(Math.max(taken, between), known - 1, Math.round(FEWER * known));
		if (fewer >= 1 && pauseMs <= 2 * perMs) {
			return this.expect(perMs, fewer, PATIENCE_AFTER_ONE);
		}
		// Too little for this stretch, or it is to be waited for longer: the vendor counts by a longer one.
		const longer = STRETCHES_MS.find(
			(ms) =>
				ms > perMs && ms >= Math.min(pauseMs, LONGEST_MS) && this.taken.usedWithin(ms, now) > 0,
		);
		if (longer !== undefined) {
			if (pace) pace.burst ??= { requests: pace.known, perMs };
			this.expect(longer, this.taken.usedWithin(longer, now), PATIENCE_AFTER_ONE);
		} else if (taken > 0) {
			this.expect(perMs, Math.max(1, Math.floor(FEWER * taken)), PATIENCE_AFTER_ONE);
		} else {
			// Nothing passes at all, so there is no pace to be learned.
			this.believe(undefined);
		}
	}

	private expect(perMs: number, known: number, patience: number, held?: number): void {
		const step = Math.max(1, Math.round(FIRST_STEP * known));
		const { burst, oneByOne = false } = this.pace ?? {};
		const shape = { burst, oneByOne: oneByOne || known <= ONE_BY_ONE };
		const pace = { perMs, known, held, requests: known, step, patience, toGo: 0, ...shape };
		this.believe(patient(pace, Math.min(patience, MOST_PATIENCE)));
	}

	private creepUp(pace: Pace): void {
		const requests = pace.requests + pace.step;
		this.unexplained = 0;
		this.inVain = 0;
		this.believe(
			requests > NO_LIMIT * pace.known
				? undefined
				: { ...pace, requests, held: undefined, step: 2 * pace.step, toGo: requests },
		);
	}

	private believe(pace: Pace | undefined): void {
		this.pace = pace;
		this.taken.setLimits(pace ? limitsOf(pace) : []);
	}
}

/** Waits before the next step up until so many stretches have passed. */
function patient(pace: Pace, patience: number): Pace {
	return { ...pace, patience, toGo: patience * pace.known };
}

/** What passes at once grows along with what passes in all. */
function limitsOf(pace: Pace): RateLimit[] {
	if (!pace.burst) return [pace];
	const { requests, perMs } = pace.burst;
	return [pace, { requests: (requests * pace.requests) / pace.known, perMs }];
}
