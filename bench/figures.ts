interface Delivered {
	/** Recipients who got the message. */
	accepted: number;
	/** Messages beyond a recipient's first. */
	duplicates: number;
	/** Of the node, all its tries together. */
	seconds: number;
}

interface Paced extends Delivered {
	items: number;
	limitPerSecond: number;
	idealSeconds: number;
	ratioToIdeal: number;
	maxInFlight: number;
	status: string;
}

/** What a run of the bench finds out. README.md says what each figure means. */
export interface Figures {
	rateLimited: Paced;
	rateLimitedUntuned: Paced;
	rateLimitedWithFaults: Paced & {
		faults: { status429: number; status503: number; refused: number; percentOfRequests: number };
	};
	httpRequestNode: Record<
		'asItComes' | 'retryOnFail' | 'handSetBatching',
		Delivered & { status: string }
	>;
	unlimited: {
		items: number;
		seconds: number;
		httpRequestSeconds: number;
		ratio: number;
		maxInFlight: number;
		httpRequestMaxInFlight: number;
	};
	memory: { peakMiB: number; httpRequestPeakMiB: number };
	bulk: {
		recipients: number;
		requests: number;
		accepted: number;
		duplicates: number;
		seconds: number;
		httpRequestSeconds: number;
		ratioToHttpRequest: number;
		executionSeconds: number;
		httpRequestExecutionSeconds: number;
		peakMiB: number;
		httpRequestPeakMiB: number;
		/** With an expression in the text instead of a merge field. */
		withExpression: {
			requests: number;
			accepted: number;
			duplicates: number;
			seconds: number;
			ratioToHttpRequest: number;
		};
	};
	eventLoop: {
		maxBlockMs: number;
		bulkSend: OwnBlocks;
		sendMessage: OwnBlocks;
		noOp: { maxBlockMs: number };
	};
	bulkSent: { allEqual: SentBulk; oneValueEach: SentBulk };
	suppression: {
		recipients: number;
		/** Rows of the list, none of which is a recipient. */
		listed: number;
		accepted: number;
		/** Without and with the list, of several runs in turn the one in the middle. */
		seconds: number;
		secondsWithList: number;
		ratio: number;
	};
	trigger: {
		perSecond: number;
		webhookNodePerSecond: number;
		ratioToWebhookNode: number;
		/** Beside a Webhook node that has an expression among its options. */
		withExpression: { webhookNodePerSecond: number; ratioToWebhookNode: number };
		/** With n8n's setting N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE; not in a quick run. */
		lazyEngine?: { perSecond: number; webhookNodePerSecond: number; ratioToWebhookNode: number };
	};
	queueMode: {
		sends: number;
		webhooks: number;
		limitPerSecond: number;
		workers: number;
		recipientsInBatch: number;
		sendMessageBird: QueueRun;
		sendMessageBirdOnce: QueueRun;
		sendMessageSent: QueueRun;
		httpRequest: QueueRun;
		once: OnceFigures;
	};
}

/** What Send Once Key costs, and how often two workers send what only one should. */
export interface OnceFigures {
	batch: OnceCost;
	bulk: OnceCost;
	race: OnceRace;
	raceWithFullHistory: OnceRace;
}

/** The node's own time without and with a key, the history full: of several runs the one in the middle. */
export interface OnceCost {
	recipients: number;
	seconds: number;
	secondsWithKey: number;
	addedPercent: number;
}

export interface OnceRace {
	/** In which both workers began to send the same keys within a few milliseconds. */
	rounds: number;
	withinMs: number;
	keysInRound: number;
	/** Keys that the node remembered before the first round. */
	remembered: number;
	/** In which somebody got two messages. */
	doubledRounds: number;
	doubledKeys: number;
	doubledPercent: number;
	/** Keys of which nobody got a message, and an execution says so: it failed, or calls them unknown. */
	lostReported: number;
	/** The same, and nothing says so. */
	lostSilently: number;
}

/** One run in queue mode, in which a worker is killed. */
export interface QueueRun {
	acceptedAtKill: number;
	/** Since the first batch was posted. */
	secondsAtKill: number;
	/** Requests that the vendor refused with 429, before anything was run again. */
	refusedByLimit: number;
	/** As n8n leaves them. */
	sends: QueueSends;
	/** When all batches without an execution that succeeded have been started once more. */
	sendsAfterRerun: QueueSends;
	webhooks: QueueWebhooks;
}

export interface QueueSends {
	/** Recipients who got the message. */
	accepted: number;
	/** Messages beyond a recipient's first. */
	doubled: number;
	/** Recipients who got nothing, and n8n shows a failed execution, or the node's output says that it is unknown. */
	lostReported: number;
	/** Recipients who got nothing, and nothing says so. */
	lostSilently: number;
	/** Recipients of whom the node's output says that it is unknown, whether they got the message or not. */
	saidUnknown: number;
	batchesFailed: number;
	/** Recipients in those who got the message all the same. */
	acceptedInFailed: number;
}

export interface QueueWebhooks {
	/** With 200. */
	answered: number;
	/** Those whose flow ran to its end. */
	succeeded: number;
	/** Runs beyond a webhook's first. */
	doubled: number;
	/** Answered, and n8n shows a failed execution. */
	lostReported: number;
	/** Answered, and no execution is there. */
	lostSilently: number;
}

export interface OwnBlocks {
	/** By this package. */
	maxBlockMs: number;
	/** By anything in n8n while the node ran. */
	maxBlockByAnythingMs: number;
}

export interface SentBulk {
	recipients: number;
	differentValues: number;
	requests: number;
	fewestRequests: number;
	accepted: number;
	duplicates: number;
	seconds: number;
}

/** Seconds and ratios need no more. */
export function round(value: number, digits = 3): number {
	return Number(value.toFixed(digits));
}
