/** Something that was posted to a flow. */
export interface Posted {
	key: string;
	/** Whether n8n answered 200, which says that it has taken it. */
	isAnswered: boolean;
}

/** An execution that has ended. */
export interface Ended {
	status: string;
	/** Of what it was started with. n8n keeps nothing of an execution whose worker was killed. */
	key: string | undefined;
	/** Recipients of whom the sending node says that nobody knows whether they got the message. */
	unknown?: string[];
}

/** What became of all that was posted, by their keys. */
export interface Outcome {
	succeeded: string[];
	/** Not taken, and the sender was told. */
	refused: string[];
	/** n8n shows a failed execution of it. */
	failed: string[];
	/** Taken, but no execution is known to be of it. */
	untraced: string[];
	/** So many failed executions of which n8n has kept nothing. Each explains one of the untraced. */
	nameless: number;
	/** Executions beyond the first that succeeded. */
	repeated: number;
	/** Recipients of whom an execution says that it is unknown. */
	unknown: string[];
}

export function outcomeOf(posted: Posted[], ended: Ended[]): Outcome {
	const keys = new Set(posted.map(({ key }) => key));
	const known = ended.filter(({ key }) => key !== undefined && keys.has(key));
	const successes = keysOf(known.filter(({ status }) => status === 'success'));
	const succeeded = new Set(successes);
	const seen = new Set(keysOf(known));

	const answered = new Set(keysOf(posted.filter(({ isAnswered }) => isAnswered)));
	const open = [...keys].filter((key) => !succeeded.has(key));
	const unseen = open.filter((key) => !seen.has(key));
	return {
		succeeded: [...succeeded],
		failed: open.filter((key) => seen.has(key)),
		refused: unseen.filter((key) => !answered.has(key)),
		untraced: unseen.filter((key) => answered.has(key)),
		nameless: ended.filter(({ key, status }) => key === undefined && status !== 'success').length,
		repeated: successes.length - succeeded.size,
		unknown: [...new Set(known.flatMap(({ unknown = [] }) => unknown))],
	};
}

const keysOf = (all: Array<{ key: string | undefined }>): string[] =>
	all.flatMap(({ key }) => key ?? []);
