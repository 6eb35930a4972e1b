import type { Step } from './vendor';

/** Longer delays do not fit a timer; such messages move by `POST /_sandbox/advance` only. */
const longestTimer = 2 ** 31 - 1;

interface Walk {
	left: Step[];
	timer?: NodeJS.Timeout;
}

/** Lets the status of messages advance, by timers and by hand. */
export class Progress {
	private readonly walks = new Map<string, Walk>();
	private readonly delays = new Map<string, number | null>();

	constructor(
		private readonly apply: (messageId: string, status: string) => void,
		private readonly settings: Record<string, boolean | number | string>,
	) {}

	follow(messageId: string, steps: Step[]): void {
		this.unfollow(messageId);
		const walk: Walk = { left: [...steps] };
		this.walks.set(messageId, walk);
		this.schedule(messageId, walk);
	}

	/**
	 * Sets how long a status takes to come, in place of `stepMs`; null lets it come by hand only. It
	 * holds for the messages that wait for that status now, too.
	 */
	delay(status: string, ms: number | null): void {
		this.delays.set(status, ms);
		for (const [messageId, walk] of this.walks) {
			if (walk.left[0]?.status === status) this.schedule(messageId, walk);
		}
	}

	currentDelays(): Record<string, number | null> {
		return Object.fromEntries(this.delays);
	}

	unfollow(messageId: string): void {
		clearTimeout(this.walks.get(messageId)?.timer);
		this.walks.delete(messageId);
	}

	/**
	 * One step now, or straight to a status: the steps before it are skipped, and those after it
	 * stay to be taken. Without an id, every message that still has steps. Returns how many moved.
	 */
	advance(messageId?: string, status?: string): number {
		const ids = messageId === undefined ? [...this.walks.keys()] : [messageId];
		for (const id of ids) {
			const walk = this.walks.get(id);
			const at = walk ? walk.left.findIndex((step) => step.status === status) : -1;
			if (status === undefined) {
				if (walk) this.step(id, walk);
			} else {
				clearTimeout(walk?.timer);
				if (walk) walk.left = at < 0 ? [] : walk.left.slice(at + 1);
				this.apply(id, status);
				if (walk) this.schedule(id, walk);
			}
		}
		return ids.length;
	}

	has(messageId: string): boolean {
		return this.walks.has(messageId);
	}

	clear(): void {
		for (const id of [...this.walks.keys()]) this.unfollow(id);
		this.delays.clear();
	}

	private step(messageId: string, walk: Walk): void {
		clearTimeout(walk.timer);
		const step = walk.left.shift();
		if (step) this.apply(messageId, step.status);
		// A status may end the walk or begin another one.
		if (this.walks.get(messageId) === walk) this.schedule(messageId, walk);
	}

	private schedule(messageId: string, walk: Walk): void {
		clearTimeout(walk.timer);
		const next = walk.left[0];
		if (!next) return this.unfollow(messageId);
		if (!this.settings.autoAdvance) return;
		const asked = this.delays.get(next.status);
		const delay = asked === undefined ? (next.afterMs ?? Number(this.settings.stepMs)) : asked;
		if (delay === null || delay > longestTimer) return;
		walk.timer = setTimeout(() => this.step(messageId, walk), delay);
		walk.timer.unref();
	}
}
