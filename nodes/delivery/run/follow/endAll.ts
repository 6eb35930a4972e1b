import type { IDataObject } from 'n8n-workflow';

import type { Ending, Endings } from '../ending';
import { failedItem } from '../errors';
import type { Host } from '../host';
import type { Operation } from '../operation';
import { Slices } from '../slices';
import type { Source } from '../sources';
import { type Follow, type FollowedMessage, isFinal, isUndelivered } from './follow';
import type { Watched } from './look';
import { undeliveredFailure } from './undelivered';

type Accepted = Extract<Ending, { kind: 'accepted' }>;

interface FollowedRun {
	host: Host;
	operation: Pick<Operation<unknown>, 'api'>;
	sources: Source[];
	endings: Endings;
}

/** Writes into the endings of all that was followed what became of it. */
export async function endAll(run: FollowedRun, watched: Watched[]): Promise<void> {
	const byMessage = new Map(watched.map((one) => [one.message, one]));
	const slices = new Slices();
	for (const [position, ending] of run.endings.entries()) {
		if (slices.isOver) await slices.giveWay();
		if (ending?.kind !== 'accepted' || ending.follow === undefined) continue;
		const { itemIndex } = run.sources[position];
		run.endings[position] = ended(run, ending, ending.follow, itemIndex, byMessage);
	}
}

function ended(
	{ host, operation }: FollowedRun,
	ending: Accepted,
	follow: Follow,
	itemIndex: number,
	watched: Map<FollowedMessage, Watched>,
): Ending {
	const { messages, isSimple, wait } = follow;
	const failures = messages
		.filter((message) => isUndelivered(follow, message))
		.map((message) => undeliveredFailure(operation.api, message, wait, watched.get(message)));
	const results = isSimple
		? ending.results.map((result, index) => resultOf(result, messages[index]))
		: ending.results.map((raw, index) => ({ ...raw, delivery: deliveryOf(ending, follow, index) }));
	if (failures.length === 0) return { ...ending, results };
	// One that stops the node is enough, and one that is alone leaves nothing beside it.
	if (messages.length === 1 || !host.continuesOnFail) {
		return { kind: 'failed', failure: failures[0] };
	}
	const { provider } = operation.api;
	return {
		...ending,
		results: isSimple
			? results.filter((_result, index) => !isUndelivered(follow, messages[index]))
			: results,
		missing: [
			...ending.missing,
			...failures.map((failure) => failedItem(provider, failure, itemIndex)),
		],
	};
}

/** The result of a message with what was learned of it. */
function resultOf(result: IDataObject, { known }: FollowedMessage): IDataObject {
	const { channel, sentAt, status, providerStatus, reason } = known;
	return {
		...result,
		channel,
		sentAt,
		status,
		providerStatus,
		reason,
		final: isFinal(known),
	};
}

/** Of the vendor's untouched answers, each may stand for one message or for all of them. */
function deliveryOf({ results }: Accepted, { messages }: Follow, index: number): IDataObject[] {
	const own = results.length === messages.length ? [messages[index]] : messages;
	return own.map(reportOf);
}

/** What became of a message, in the words that all vendors share. */
export function reportOf({ messageId, recipient, known }: FollowedMessage): IDataObject {
	const { status, providerStatus, reason } = known;
	return { messageId, recipient, status, providerStatus, reason, final: isFinal(known) };
}
