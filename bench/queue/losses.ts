import type { QueueSends, QueueWebhooks } from '../figures';
import type { Outcome } from './outcome';

/** What was sent, doubled and lost. */
export function sendsIn(
	batches: Map<string, string[]>,
	outcome: Outcome,
	messages: Record<string, number>,
): QueueSends {
	const recipients = [...batches.values()].flat();
	const accepted = recipients.filter((recipient) => messages[recipient]);
	const got = recipients.reduce((total, recipient) => total + (messages[recipient] ?? 0), 0);
	const missingIn = (keys: string[]) =>
		keys.map((key) => (batches.get(key) ?? []).filter((recipient) => !messages[recipient]));
	const missing = (keys: string[]) => missingIn(keys).map(({ length }) => length);

	// Which of the untraced have a failed execution cannot be known: the worst is taken for true.
	const untraced = missing(outcome.untraced).sort((a, b) => a - b);
	const unknown = new Set(outcome.unknown);
	const inSucceeded = missingIn(outcome.succeeded).flat();
	const said = inSucceeded.filter((recipient) => unknown.has(recipient)).length;
	const reported = [
		said,
		...missing(outcome.failed),
		...missing(outcome.refused),
		...untraced.slice(0, outcome.nameless),
	];
	const silent = [inSucceeded.length - said, ...untraced.slice(outcome.nameless)];
	const unsure = [...outcome.failed, ...outcome.untraced];
	return {
		accepted: accepted.length,
		doubled: got - accepted.length,
		lostReported: sum(reported),
		lostSilently: sum(silent),
		saidUnknown: unknown.size,
		batchesFailed: unsure.length,
		acceptedInFailed:
			unsure.reduce((total, key) => total + (batches.get(key)?.length ?? 0), 0) -
			sum(missing(unsure)),
	};
}

/** What was taken, doubled and lost. Here a webhook is lost when its flow was not run to its end. */
export function webhooksIn(posted: number, outcome: Outcome): QueueWebhooks {
	const { succeeded, failed, refused, untraced, nameless, repeated } = outcome;
	const lostSilently = Math.max(0, untraced.length - nameless);
	return {
		answered: posted - refused.length,
		succeeded: succeeded.length,
		doubled: repeated,
		lostReported: failed.length + untraced.length - lostSilently,
		lostSilently,
	};
}

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);
