import { table } from '../scripts/start/result.mjs';
import { type Figures, type QueueRun, type QueueSends, round } from './figures';
import type { Verdict } from './targets';

/** The figures as people read them: a small table for each question. */
export function report(figures: Partial<Figures>, verdicts: Verdict[]): string {
	return [
		section('To a vendor that takes 100 requests a second', rateLimitedRows(figures)),
		section('To a vendor without a limit', unlimitedRows(figures)),
		section('In bulk, to 10,000 recipients', bulkRows(figures)),
		section('A Suppression List of 100,000 rows beside it', suppressionRows(figures)),
		section('Longest time in which nothing else could run in n8n', eventLoopRows(figures)),
		section('Signed webhooks, until their executions have succeeded', triggerRows(figures)),
		section('Sends in queue mode, a worker killed in the middle', queueSendRows(figures)),
		section('Webhooks in queue mode meanwhile', queueWebhookRows(figures)),
		section('Send Once Key: the time of the node in queue mode', onceCostRows(figures)),
		section('Two workers that claim the same keys at the same moment', onceRaceRows(figures)),
		section(
			'What must be reached',
			verdicts.map(({ figure, value, target, isMet }) => ({
				figure,
				value,
				target,
				'': isMet ? 'reached' : 'MISSED',
			})),
		),
	]
		.filter((text) => text !== '')
		.join('\n\n');
}

function section(title: string, rows: object[]): string {
	return rows.length === 0 ? '' : `${title}\n\n${table(rows)}`;
}

function rateLimitedRows({
	rateLimited,
	rateLimitedUntuned,
	rateLimitedWithFaults,
	httpRequestNode,
}: Partial<Figures>) {
	const rows = [
		...(rateLimitedUntuned ? [['Send Message as it comes', rateLimitedUntuned] as const] : []),
		...(rateLimited ? [['Send Message, Requests per Second', rateLimited] as const] : []),
		...(rateLimitedWithFaults
			? [
					[
						`The same, faults on ${rateLimitedWithFaults.faults.percentOfRequests}% of requests, Retry On Fail`,
						rateLimitedWithFaults,
					] as const,
				]
			: []),
		...(httpRequestNode
			? [
					['HTTP Request as it comes', httpRequestNode.asItComes] as const,
					['HTTP Request, Retry On Fail', httpRequestNode.retryOnFail] as const,
					['HTTP Request, batching set by hand', httpRequestNode.handSetBatching] as const,
				]
			: []),
	];
	return rows.map(([node, { accepted, duplicates, seconds, status }]) => ({
		node,
		accepted,
		duplicates,
		seconds,
		'to ideal':
			rateLimited && status === 'success' ? (seconds / rateLimited.idealSeconds).toFixed(2) : '-',
		'run ended with': status,
	}));
}

function unlimitedRows({ unlimited, memory }: Partial<Figures>) {
	if (!unlimited || !memory) return [];
	const { items } = unlimited;
	return [
		{
			node: 'Send Message',
			items,
			seconds: unlimited.seconds,
			'in flight': unlimited.maxInFlight,
			'peak MiB': memory.peakMiB,
		},
		{
			node: 'HTTP Request',
			items,
			seconds: unlimited.httpRequestSeconds,
			'in flight': unlimited.httpRequestMaxInFlight,
			'peak MiB': memory.httpRequestPeakMiB,
		},
	];
}

function bulkRows({ bulk, bulkSent }: Partial<Figures>) {
	return [
		...(bulk
			? [
					{
						node: 'Bulk Send (Bird)',
						requests: bulk.requests,
						accepted: bulk.accepted,
						seconds: bulk.seconds,
						'to HTTP Request': bulk.ratioToHttpRequest,
						'peak MiB': bulk.peakMiB,
					},
					{
						node: 'Bulk Send (Bird), an expression in the text',
						requests: bulk.withExpression.requests,
						accepted: bulk.withExpression.accepted,
						seconds: bulk.withExpression.seconds,
						'to HTTP Request': bulk.withExpression.ratioToHttpRequest,
						'peak MiB': '-',
					},
					{
						node: 'HTTP Request',
						requests: bulk.recipients,
						accepted: '-',
						seconds: bulk.httpRequestSeconds,
						'to HTTP Request': 1,
						'peak MiB': bulk.httpRequestPeakMiB,
					},
				]
			: []),
		...(bulkSent
			? Object.entries({
					'Bulk Send (Sent), same content': bulkSent.allEqual,
					'Bulk Send (Sent), a value for each': bulkSent.oneValueEach,
				}).map(([node, { requests, accepted, seconds }]) => ({
					node,
					requests,
					accepted,
					seconds,
					'to HTTP Request': '-',
					'peak MiB': '-',
				}))
			: []),
	];
}

function suppressionRows({ suppression }: Partial<Figures>) {
	if (!suppression) return [];
	const { recipients, listed, accepted, seconds, secondsWithList, ratio } = suppression;
	return [
		{
			recipients,
			listed,
			accepted,
			seconds,
			'with the list': secondsWithList,
			'to without': ratio,
		},
	];
}

function eventLoopRows({ eventLoop }: Partial<Figures>) {
	if (!eventLoop) return [];
	const { bulkSend, sendMessage, noOp } = eventLoop;
	return [
		{ flow: 'Bulk Send', ...inMs(bulkSend.maxBlockMs, bulkSend.maxBlockByAnythingMs) },
		{ flow: 'Send Message', ...inMs(sendMessage.maxBlockMs, sendMessage.maxBlockByAnythingMs) },
		{ flow: 'No Operation', ...inMs(0, noOp.maxBlockMs) },
	];
}

const inMs = (own: number, all: number) => ({ 'by this package, ms': own, 'by anything, ms': all });

function triggerRows({ trigger }: Partial<Figures>) {
	if (!trigger) return [];
	const { withExpression, lazyEngine } = trigger;
	return [
		triggerRow('Webhook', trigger.webhookNodePerSecond, 1),
		triggerRow('Message Status Trigger', trigger.perSecond, trigger.ratioToWebhookNode),
		triggerRow(
			'Webhook with an expression',
			withExpression.webhookNodePerSecond,
			round(withExpression.webhookNodePerSecond / trigger.webhookNodePerSecond),
		),
		...(lazyEngine
			? [
					triggerRow('Webhook, lazy expression engine', lazyEngine.webhookNodePerSecond, 1),
					triggerRow(
						'Message Status Trigger, lazy expression engine',
						lazyEngine.perSecond,
						lazyEngine.ratioToWebhookNode,
					),
				]
			: []),
	];
}

const triggerRow = (node: string, perSecond: number, ratio: number) => ({
	node,
	'per second': perSecond,
	'to Webhook': ratio,
});

function queueRuns({ queueMode }: Partial<Figures>): Array<[node: string, run: QueueRun]> {
	if (!queueMode) return [];
	const { sendMessageBird, sendMessageBirdOnce, sendMessageSent, httpRequest } = queueMode;
	return [
		['Send Message (Bird)', sendMessageBird],
		['Send Message (Bird), Send Once Key', sendMessageBirdOnce],
		['Send Message (Sent), idempotency keys', sendMessageSent],
		['HTTP Request, batching set by hand', httpRequest],
	];
}

const queueSendRows = (figures: Partial<Figures>) =>
	queueRuns(figures).flatMap(([node, { sends, sendsAfterRerun }]) => [
		queueSendRow(node, sends),
		queueSendRow('  failed batches once more', sendsAfterRerun),
	]);

const queueSendRow = (node: string, sends: QueueSends) => ({
	node,
	accepted: sends.accepted,
	doubled: sends.doubled,
	'lost, reported': sends.lostReported,
	'lost silently': sends.lostSilently,
	'said unknown': sends.saidUnknown,
	'batches failed': sends.batchesFailed,
	'accepted in them': sends.acceptedInFailed,
});

const queueWebhookRows = (figures: Partial<Figures>) =>
	queueRuns(figures).map(([sender, { webhooks }]) => ({
		trigger: sender.startsWith('HTTP') ? 'Webhook' : 'Message Status Trigger',
		beside: sender,
		answered: webhooks.answered,
		succeeded: webhooks.succeeded,
		doubled: webhooks.doubled,
		'lost, reported': webhooks.lostReported,
		'lost silently': webhooks.lostSilently,
	}));

function onceCostRows({ queueMode }: Partial<Figures>) {
	if (!queueMode) return [];
	const { batch, bulk } = queueMode.once;
	return Object.entries({ 'Send Message (Bird)': batch, 'Bulk Send (Bird)': bulk }).map(
		([node, { recipients, seconds, secondsWithKey, addedPercent }]) => ({
			node,
			recipients,
			seconds,
			'with a key': secondsWithKey,
			'added %': addedPercent,
		}),
	);
}

function onceRaceRows({ queueMode }: Partial<Figures>) {
	if (!queueMode) return [];
	const { race, raceWithFullHistory } = queueMode.once;
	return [race, raceWithFullHistory].map((one) => ({
		'keys remembered': one.remembered,
		'rounds in which they met': one.rounds,
		'somebody got two': one.doubledRounds,
		'%': one.doubledPercent,
		'lost, reported': one.lostReported,
		'lost silently': one.lostSilently,
	}));
}
