import { type Figures, type OnceFigures, round } from './figures';

/** A figure that must be reached on a quiet machine with two cores. */
export interface Verdict {
	figure: string;
	value: number;
	/** Such as "at most 1.4". */
	target: string;
	isMet: boolean;
}

const CAP_IN_FLIGHT = 16;
const LONGEST_BLOCK_MS = 50;
const LEAST_OF_WEBHOOK_NODE = 0.9;
const MOST_FOR_LIST = 0.05;
const MOST_ADDED_PERCENT = 10;

/** Compares what was measured with what must be reached. Figures that were not measured are left out. */
export function judge(figures: Partial<Figures>): Verdict[] {
	const { rateLimited, rateLimitedUntuned, rateLimitedWithFaults, unlimited, memory } = figures;
	const { bulk, eventLoop, bulkSent, suppression, trigger, queueMode } = figures;
	return [
		...Object.entries({ rateLimited, rateLimitedUntuned, rateLimitedWithFaults }).flatMap(
			([name, paced]) =>
				paced
					? [
							exactly(`${name}.accepted`, paced.accepted, paced.items),
							exactly(`${name}.duplicates`, paced.duplicates, 0),
						]
					: [],
		),
		...(rateLimited ? [atMost('rateLimited.ratioToIdeal', rateLimited.ratioToIdeal, 1.12)] : []),
		...(rateLimitedUntuned
			? [atMost('rateLimitedUntuned.ratioToIdeal', rateLimitedUntuned.ratioToIdeal, 1.12)]
			: []),
		...(unlimited
			? [
					atMost('unlimited.ratio', unlimited.ratio, 0.5),
					atMost('unlimited.maxInFlight', unlimited.maxInFlight, CAP_IN_FLIGHT),
				]
			: []),
		...(memory ? [atMost('memory.peakMiB', memory.peakMiB, memory.httpRequestPeakMiB)] : []),
		...(bulk
			? [
					atMost('bulk.requests', bulk.requests, Math.ceil(bulk.recipients / 100)),
					exactly('bulk.accepted', bulk.accepted, bulk.recipients),
					atMost('bulk.ratioToHttpRequest', bulk.ratioToHttpRequest, 0.04),
					atMost('bulk.peakMiB', bulk.peakMiB, bulk.httpRequestPeakMiB),
					exactly('bulk.withExpression.accepted', bulk.withExpression.accepted, bulk.recipients),
					atMost(
						'bulk.withExpression.ratioToHttpRequest',
						bulk.withExpression.ratioToHttpRequest,
						0.04,
					),
				]
			: []),
		...(eventLoop ? [atMost('eventLoop.maxBlockMs', eventLoop.maxBlockMs, LONGEST_BLOCK_MS)] : []),
		...Object.entries(bulkSent ?? {}).flatMap(([name, sent]) => [
			atMost(`bulkSent.${name}.requests`, sent.requests, sent.fewestRequests),
			exactly(`bulkSent.${name}.accepted`, sent.accepted, sent.recipients),
		]),
		...(suppression
			? [exactly('suppression.accepted', suppression.accepted, suppression.recipients)]
			: []),
		// Beside as many messages that take a request each: see the README here.
		...(suppression && bulkSent
			? [
					atMost(
						'suppression.partOfBulkSent',
						round(
							(suppression.secondsWithList - suppression.seconds) / bulkSent.oneValueEach.seconds,
						),
						MOST_FOR_LIST,
					),
				]
			: []),
		// Beside a Webhook node that n8n treats as it treats every other trigger: see the README here.
		...(trigger
			? [
					atLeast(
						'trigger.withExpression.ratioToWebhookNode',
						trigger.withExpression.ratioToWebhookNode,
						LEAST_OF_WEBHOOK_NODE,
					),
				]
			: []),
		...(queueMode ? judgeQueueMode(queueMode) : []),
	];
}

/** What is lost to a killed worker is n8n's to decide: it must be seen, and nothing may be doubled. */
function judgeQueueMode(figures: Figures['queueMode']): Verdict[] {
	const { sends, sendMessageSent, sendMessageBirdOnce, once } = figures;
	const own = (['sendMessageBird', 'sendMessageBirdOnce', 'sendMessageSent'] as const).flatMap(
		(side) => {
			const run = figures[side];
			const name = `queueMode.${side}`;
			return [
				exactly(`${name}.sends.doubled`, run.sends.doubled, 0),
				exactly(`${name}.sends.lostSilently`, run.sends.lostSilently, 0),
				exactly(`${name}.webhooks.doubled`, run.webhooks.doubled, 0),
				exactly(`${name}.webhooks.lostSilently`, run.webhooks.lostSilently, 0),
			];
		},
	);
	const rerun = 'queueMode.sendMessageSent.sendsAfterRerun';
	return [
		...own,
		exactly(`${rerun}.accepted`, sendMessageSent.sendsAfterRerun.accepted, sends),
		exactly(`${rerun}.doubled`, sendMessageSent.sendsAfterRerun.doubled, 0),
		...judgeOnce(sendMessageBirdOnce.sendsAfterRerun, once),
	];
}

/** With a key nobody gets it twice, and who may have got nothing is said; it costs next to nothing. */
function judgeOnce(
	afterRerun: Figures['queueMode']['sendMessageBirdOnce']['sendsAfterRerun'],
	{ bulk, race, raceWithFullHistory }: OnceFigures,
): Verdict[] {
	const rerun = 'queueMode.sendMessageBirdOnce.sendsAfterRerun';
	return [
		exactly(`${rerun}.doubled`, afterRerun.doubled, 0),
		exactly(`${rerun}.lostSilently`, afterRerun.lostSilently, 0),
		atMost('queueMode.once.bulk.addedPercent', bulk.addedPercent, MOST_ADDED_PERCENT),
		exactly('queueMode.once.race.doubledPercent', race.doubledPercent, 0),
		exactly(
			'queueMode.once.raceWithFullHistory.doubledPercent',
			raceWithFullHistory.doubledPercent,
			0,
		),
		exactly('queueMode.once.race.lostSilently', race.lostSilently, 0),
		exactly('queueMode.once.raceWithFullHistory.lostSilently', raceWithFullHistory.lostSilently, 0),
	];
}

const exactly = (figure: string, value: number, target: number): Verdict => ({
	figure,
	value,
	target: String(target),
	isMet: value === target,
});

const atMost = (figure: string, value: number, target: number): Verdict => ({
	figure,
	value,
	target: `at most ${target}`,
	isMet: value <= target,
});

const atLeast = (figure: string, value: number, target: number): Verdict => ({
	figure,
	value,
	target: `at least ${target}`,
	isMet: value >= target,
});
