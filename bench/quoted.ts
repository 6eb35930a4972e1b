import type { OnceFigures, OnceRace } from './figures';

/** The part of results.json that the documents quote. */
export interface QuotedResults {
	run: { n8n: string };
	rateLimited: Outcome & { limitPerSecond: number };
	rateLimitedUntuned: Outcome;
	rateLimitedWithFaults: Outcome & { faults: { percentOfRequests: number } };
	httpRequestNode: { asItComes: Reached; retryOnFail: Reached; handSetBatching: Reached };
	unlimited: { items: number; ratio: number; maxInFlight: number };
	memory: { peakMiB: number; httpRequestPeakMiB: number };
	bulk: { recipients: number; ratioToHttpRequest: number };
	trigger: { ratioToWebhookNode: number; withExpression: { ratioToWebhookNode: number } };
	queueMode: { sends: number; webhooks: number; recipientsInBatch: number } & Record<
		'sendMessageBird' | 'sendMessageBirdOnce' | 'sendMessageSent' | 'httpRequest',
		{
			sends: { lostReported: number };
			sendsAfterRerun: { doubled: number; lostSilently: number; saidUnknown: number };
			webhooks: { lostReported: number };
		}
	> & { once: OnceFigures };
}

interface Reached {
	status: string;
	accepted: number;
	duplicates: number;
	seconds: number;
}
interface Outcome extends Reached {
	items: number;
	idealSeconds: number;
	ratioToIdeal: number;
}

/** What the documents say of the measurements, by the name that stands in their comments. */
export type Quotation = 'besidesHttpRequest' | 'killedWorker' | 'sendOnce';

const count = (value: number) => value.toLocaleString('en-US');
/** As exact as it means something: 0.017, 0.74, 1.23. */
const ratio = (value: number) => (value < 0.1 ? value.toFixed(3) : value.toFixed(2));
const ends = (status: string) => (status === 'success' ? 'with success' : 'with an error');

/** What is said of the measurements, made from them, so that nothing else can be said. */
export function quoted(results: QuotedResults): Record<Quotation, string> {
	return {
		besidesHttpRequest: besidesHttpRequest(results),
		killedWorker: killedWorker(results),
		sendOnce: sendOnce(results),
	};
}

function besidesHttpRequest(results: QuotedResults): string {
	const { rateLimited, rateLimitedUntuned, rateLimitedWithFaults, httpRequestNode } = results;
	const { asItComes, retryOnFail, handSetBatching } = httpRequestNode;
	const { limitPerSecond, items, idealSeconds } = rateLimited;
	const percent = rateLimitedWithFaults.faults.percentOfRequests;
	const row = (who: string, reached: Reached) =>
		`| ${who} | ${count(reached.accepted)} | ${count(reached.duplicates)} | ${
			reached.status === 'success' ? ratio(reached.seconds / idealSeconds) : ''
		} | ${ends(reached.status)} |`;
	const { unlimited, memory, bulk, trigger } = results;

	return `The same work, ${count(items)} messages to an API that allows ${limitPerSecond} a second, on n8n ${results.run.n8n}:

| | People reached | Messages too many | Time, ideal = 1 | Ends |
| --- | --- | --- | --- | --- |
${row('This package, nothing to tune', rateLimitedUntuned)}
${row(`This package, Requests per Second set to ${limitPerSecond}`, rateLimited)}
${row(`The same with faults on ${percent}% of the requests, with Retry On Fail`, rateLimitedWithFaults)}
${row('HTTP Request node as it comes', asItComes)}
${row('HTTP Request node with Retry On Fail', retryOnFail)}
${row('HTTP Request node, batching set by hand to the limit', handSetBatching)}

To a vendor without a limit, ${count(unlimited.items)} messages take ${ratio(unlimited.ratio)} of the HTTP Request node's time and ${ratio(memory.peakMiB / memory.httpRequestPeakMiB)} of its memory, with at most ${unlimited.maxInFlight} requests in flight. Bulk Send to ${count(bulk.recipients)} recipients takes ${ratio(bulk.ratioToHttpRequest)} of the time of ${count(bulk.recipients)} HTTP requests. Signed webhooks start flows at ${ratio(trigger.withExpression.ratioToWebhookNode)} of the rate of n8n's Webhook node with an expression in it, and at ${ratio(trigger.ratioToWebhookNode)} of the rate of one without, for which alone n8n saves itself the work of preparing expressions.`;
}

function killedWorker({ queueMode }: QuotedResults): string {
	const { sends, webhooks, recipientsInBatch, sendMessageBird, sendMessageSent, httpRequest } =
		queueMode;
	const lost = (side: QuotedResults['queueMode']['httpRequest']) => count(side.sends.lostReported);
	const twice = ({ sendsAfterRerun: { doubled } }: QuotedResults['queueMode']['httpRequest']) =>
		doubled === 0 ? 'none' : count(doubled);
	return `Of ${count(sends)} messages in ${count(sends / recipientsInBatch)} batches, ${lost(sendMessageBird)} were not sent through Bird, ${lost(sendMessageSent)} through Sent and ${lost(httpRequest)} by the HTTP Request node, all in executions that n8n shows as failed; starting those batches again sent the rest, and a second time ${twice(sendMessageBird)} through Bird, ${twice(httpRequest)} by the HTTP Request node, ${twice(queueMode.sendMessageBirdOnce)} through Bird with a Send Once Key, and ${twice(sendMessageSent)} through Sent with an Idempotency Key of your own. Of ${count(webhooks)} status webhooks that n8n had answered meanwhile, ${sendMessageBird.webhooks.lostReported} (beside Bird) and ${sendMessageSent.webhooks.lostReported} (beside Sent) were lost to the Message Status Trigger and ${httpRequest.webhooks.lostReported} to n8n's Webhook node.`;
}

function sendOnce({ queueMode }: QuotedResults): string {
	const { race, raceWithFullHistory, batch, bulk } = queueMode.once;
	const { doubled, lostSilently, saidUnknown } = queueMode.sendMessageBirdOnce.sendsAfterRerun;
	const rounds = ({ doubledRounds, rounds: all }: OnceRace) =>
		`in ${count(doubledRounds)} of ${count(all)} rounds`;
	const none = (value: number) => (value === 0 ? 'none' : count(value));
	return `Two workers that began to send the same ${race.keysInRound} keys within ${race.withinMs} ms both sent ${rounds(race)}, and with ${count(raceWithFullHistory.remembered)} keys remembered ${rounds(raceWithFullHistory)}. When a worker was killed while it sent to ${count(queueMode.sends)} people and its batches were started again, ${none(doubled)} of them got the message twice and ${none(lostSilently)} was left out unsaid; of ${count(saidUnknown)} the node said that nobody knows. With a key a batch of ${batch.recipients} took ${batch.secondsWithKey.toFixed(2)} s instead of ${batch.seconds.toFixed(2)} s, and a bulk of ${count(bulk.recipients)} took ${bulk.secondsWithKey.toFixed(2)} s instead of ${bulk.seconds.toFixed(2)} s.`;
}

/** The places of the documents where measurements are quoted, from the repository's folder on. */
export const QUOTING = ['README.md', 'docs/delivery.md', 'docs/send-once.md'];

const PLACE = /(<!-- measured: (\w+)[^>]*-->\n)([^]*?)(\n<!-- \/measured -->)/g;

/** The names and texts that stand between a document's marks. */
export const quotations = (text: string): [Quotation, string][] =>
	[...text.matchAll(PLACE)].map(([, , name, said]) => [name as Quotation, said.trim()]);

/** A document with what is measured between its marks. */
export const withQuotations = (text: string, results: QuotedResults): string =>
	text.replace(
		PLACE,
		(_, before: string, name: Quotation, _said, after: string) =>
			`${before}\n${quoted(results)[name]}\n${after}`,
	);
