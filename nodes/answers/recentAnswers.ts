/** What was answered, as far as others may see it. */
interface RecentAnswer {
	said?: string;
}

/** As long as n8n takes at most to go on with an execution and to know itself that it has. */
const KEPT_MS = 10_000;

/**
 * Answers that came a moment ago. A double click sends two, and n8n calls the node for both before
 * it has gone on with either. It takes the first; this is for telling the second what was answered.
 * In another process n8n refuses the second by itself, in its own words.
 */
export class RecentAnswers {
	private readonly answers = new Map<string, RecentAnswer & { at: number }>();

	constructor(private readonly now: () => number = () => performance.now()) {}

	/** @param key of the question */
	of(key: string): RecentAnswer | undefined {
		this.forget();
		return this.answers.get(key);
	}

	keep(key: string, answer: RecentAnswer): void {
		this.answers.set(key, { ...answer, at: this.now() });
	}

	private forget(): void {
		for (const [key, { at }] of this.answers) {
			if (this.now() - at > KEPT_MS) this.answers.delete(key);
		}
	}
}
