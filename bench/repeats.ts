import type { Figures } from './figures';
import { judge } from './targets';

type Measure = { [Key in keyof Figures]: (figure: Figures[Key]) => number };

/** The number by which repeats of a figure are compared. */
const MEASURES: Measure = {
	rateLimited: ({ ratioToIdeal }) => ratioToIdeal,
	rateLimitedUntuned: ({ ratioToIdeal }) => ratioToIdeal,
	rateLimitedWithFaults: ({ ratioToIdeal }) => ratioToIdeal,
	httpRequestNode: ({ handSetBatching }) => handSetBatching.seconds,
	unlimited: ({ ratio }) => ratio,
	memory: ({ peakMiB, httpRequestPeakMiB }) => peakMiB / httpRequestPeakMiB,
	bulk: ({ ratioToHttpRequest }) => ratioToHttpRequest,
	eventLoop: ({ maxBlockMs }) => maxBlockMs,
	bulkSent: ({ allEqual, oneValueEach }) => allEqual.seconds + oneValueEach.seconds,
	suppression: ({ ratio }) => ratio,
	trigger: ({ ratioToWebhookNode }) => ratioToWebhookNode,
	queueMode: ({ sendMessageBird }) => sendMessageBird.sends.accepted,
};

/** Counts that hold each time or not at all: no median makes a lost message good. */
const ALWAYS = /\.(accepted|duplicates|requests|maxInFlight)$/;

/** A figure of several runs: the one in the middle, unless in one of them a message was lost or doubled. */
export function middle(repeats: Array<Partial<Figures>>): Partial<Figures> {
	const names = Object.keys(repeats[0] ?? {}) as Array<keyof Figures>;
	return Object.assign({}, ...names.map((name) => ({ [name]: choose(name, repeats) })));
}

/** How far apart the runs were. */
export function spread(repeats: Array<Partial<Figures>>): Record<string, number[]> {
	const names = Object.keys(repeats[0] ?? {}) as Array<keyof Figures>;
	return Object.fromEntries(
		names.map((name) => [name, repeats.map((figures) => measureOf(name, figures))]),
	);
}

function choose<Key extends keyof Figures>(
	name: Key,
	repeats: Array<Partial<Figures>>,
): Figures[Key] | undefined {
	const broken = repeats.find((figures) =>
		judge({ [name]: figures[name] }).some(({ figure, isMet }) => !isMet && ALWAYS.test(figure)),
	);
	const sorted = [...repeats].sort((a, b) => measureOf(name, a) - measureOf(name, b));
	return (broken ?? sorted[Math.floor(sorted.length / 2)])[name];
}

function measureOf<Key extends keyof Figures>(name: Key, figures: Partial<Figures>): number {
	const figure = figures[name];
	return figure === undefined ? NaN : Number(MEASURES[name](figure).toFixed(3));
}
