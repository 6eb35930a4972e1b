import { createHash } from 'node:crypto';
import type {
	IAllExecuteFunctions,
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
} from 'n8n-workflow';

import {
	answeredFailure,
	canceledFailure,
	notTriedFailure,
	pausedFailure,
	unansweredFailure,
	unreadableFailure,
} from './failures';
import { type DeliveryFailure, Stopped } from './outcome';
import { accountOf, type AccountRun, PauseTooLong, type Turn } from '../pace/account';
import { type DeliveryPolicy, readPolicy } from '../pace/policy';
import { batchingLimit, requestSettings } from './requestSettings';
import { judgeAnswer, judgeFailure, mayRetry, type RequestKind, type Verdict } from './verdict';
import type { RateLimit, VendorAnswer, VendorApi } from './vendorApi';
import { backoffMs, retryAfterMs } from '../pace/waitWhenTold';

export type DeliveryContext = IExecuteFunctions | IExecuteSingleFunctions;

/** Failures of the network or of the vendor that are tried again at most so often. */
const MAX_ATTEMPTS = 6;
/** Being told to wait is bounded by Max Wait; this bounds a vendor that asks for no time at all. */
const MAX_WAITS = 100;
const SHORTEST_PAUSE_MS = 100;
const UNAUTHORIZED = 401;
const TOO_MANY_REQUESTS = 429;

/** What came of sending a request once: an answer, or a failure. */
type Trial = { verdict: Verdict; askedMs?: number; heard?: VendorAnswer } & (
	| { answer: VendorAnswer; failure?: undefined }
	| { answer?: undefined; failure: DeliveryFailure }
);

/** What one request needs besides itself. */
export interface Shipment {
	kind: RequestKind;
	/** Whether an answer of success says what became of the request. */
	isReadable?(answer: VendorAnswer): boolean;
	/** The value for the vendor's idempotency header, if it has one. */
	idempotencyKey?: string;
	/** Set for a request with a full URL that goes to another host than the vendor's API. */
	elsewhere?: Elsewhere;
}

/** A host besides the vendor's API, such as a store for files. It never sees the credential. */
export interface Elsewhere {
	/** How it paces and how it complains. */
	api: VendorApi;
	/** Gives what is sent, anew for each attempt and not before, because it may be a large stream. */
	load(): Promise<Pick<IHttpRequestOptions, 'headers' | 'body'>>;
}

/**
 * Carries requests to one account of one vendor: each waits for its turn, is repeated only where
 * that is safe, and ends with an answer or a DeliveryFailure that says what is known.
 */
export class Transport {
	private readonly turns = new Set<Turn>();

	private stopReason: Error | undefined;

	/** What goes for every request, such as a proxy. */
	private settings: Partial<IHttpRequestOptions> = {};

	private constructor(
		private readonly context: DeliveryContext,
		readonly api: VendorApi,
		readonly credentials: ICredentialDataDecryptedObject,
		private readonly account: AccountRun,
		private readonly policy: DeliveryPolicy,
		/** Whether the first request that fails keeps back all others. */
		private readonly stopsOnFailure: boolean,
	) {}

	/** Opens the way to the account that the node's credential names. */
	static async open(
		context: DeliveryContext,
		api: VendorApi,
		policy: DeliveryPolicy,
		stopsOnFailure = false,
	): Promise<Transport> {
		const credentials = await context.getCredentials(api.credential);
		const key = [api.provider, String(credentials.baseUrl), api.account(credentials)].join('\n');
		const account = accountOf(createHash('sha256').update(key).digest('hex'));
		const run = account.open(policy);
		const transport = new Transport(context, api, credentials, run, policy, stopsOnFailure);
		const signal = context.getExecutionCancelSignal();
		if (signal?.aborted) transport.cancel();
		signal?.addEventListener('abort', transport.cancel);
		return transport;
	}

	/**
	 * Opens the way as the options of the node say. They are read for the first item.
	 *
	 * @throws InvalidInput for an option that makes no sense
	 */
	static async openFor(
		context: IExecuteFunctions,
		api: VendorApi,
		stopsOnFailure = false,
	): Promise<Transport> {
		const policy = readPolicy(context.getNodeParameter('options', 0, {}) as IDataObject);
		policy.limit ??= batchingLimit(context);
		const settings = requestSettings(context);
		const transport = await Transport.open(context, api, policy, stopsOnFailure);
		transport.settings = settings;
		return transport;
	}

	get maxInFlight(): number {
		return this.policy.maxInFlight;
	}

	/** To be called when the run is over. */
	close(): void {
		this.context.getExecutionCancelSignal()?.removeEventListener('abort', this.cancel);
		this.account.close();
	}

	private readonly cancel = (): void => this.stop(canceledFailure(this.api));

	/** Sends nothing more: everything that waits for its turn gives it up, with this reason. */
	stop(reason: Error = new Stopped()): void {
		this.stopReason ??= reason;
		for (const turn of this.turns) turn.leave(this.stopReason);
	}

	/**
	 * Sends one request and waits for the answer.
	 *
	 * @param context the item's own, where there is one
	 * @throws DeliveryFailure, or Stopped when it was not sent because the run stopped
	 */
	async send(
		request: IHttpRequestOptions,
		shipment: Shipment,
		context: DeliveryContext = this.context,
	): Promise<VendorAnswer> {
		const { policy } = this;
		const { api } = shipment.elsewhere ?? this;
		const { bucket, limit } = api.rateLimit(request, policy.plan);
		const rule = api.idempotency?.(request);
		const idempotent = rule !== undefined && shipment.idempotencyKey !== undefined;
		const headers: IDataObject = { ...request.headers };
		if (rule && shipment.idempotencyKey) headers[rule.header] = shipment.idempotencyKey;

		/** Set once an attempt may have been accepted: only the vendor's answer can clear it. */
		let inDoubt: DeliveryFailure | undefined;
		let waitingSince: number | undefined;

		for (let attempt = 1; ; attempt++) {
			const turn = await this.turn(bucket, limit, attempt > 1);
			if ('refusal' in turn) throw inDoubt ?? turn.refusal;

			const trial = await this.try({ ...request, headers: { ...headers } }, shipment, context);
			if (trial.heard) this.account.heard(bucket, trial.heard.headers);
			if (trial.heard?.statusCode === TOO_MANY_REQUESTS) this.account.tooMany(bucket);
			const told = trial.verdict === 'notNow';
			const pauseMs = Math.max(trial.askedMs ?? backoffMs(attempt), SHORTEST_PAUSE_MS);
			waitingSince ??= Date.now();
			const goOn =
				mayRetry(trial.verdict, shipment.kind, idempotent) &&
				attempt < (told ? MAX_WAITS : MAX_ATTEMPTS) &&
				!(told && policy.onRateLimit === 'fail') &&
				Date.now() - waitingSince + pauseMs <= policy.maxWaitMs;
			// All before the turn is given up, or the next in the queue would leave in spite of it.
			if (trial.failure && !goOn) this.stopAfter(trial.failure, shipment);
			if (goOn || (told && trial.askedMs !== undefined)) this.account.pause(pauseMs, bucket);
			turn.release();

			if (trial.answer) return trial.answer;
			if (trial.verdict === 'ambiguous') inDoubt = trial.failure;
			if (trial.verdict === 'canceled' && shipment.kind === 'send') this.sayUnknown(trial.failure);
			if (!goOn) throw trial.verdict === 'refused' ? trial.failure : (inDoubt ?? trial.failure);
		}
	}

	/** A credential that is refused once is refused for the rest too; some vendors lock it then. */
	private stopAfter(failure: DeliveryFailure, { elsewhere }: Shipment): void {
		if (this.stopsOnFailure) this.stop();
		else if (failure.details.httpCode === UNAUTHORIZED && !elsewhere) {
			this.stop(notTriedFailure(failure));
		}
	}

	/** Nobody sees the output of a canceled execution, so what is unknown is said in the log. */
	private sayUnknown({ message, cure }: DeliveryFailure): void {
		this.context.logger.warn(`Canceled while a message was on its way. ${message}. ${cure}`);
	}

	private async turn(
		bucket: string,
		limit: RateLimit,
		again: boolean,
	): Promise<{ release: () => void } | { refusal: Error }> {
		if (this.stopReason) return { refusal: this.stopReason };
		const { maxWaitMs } = this.policy;
		const turn = this.account.queue({ bucket, limit, again, maxWaitMs });
		this.turns.add(turn);
		try {
			return { release: await turn.granted };
		} catch (reason) {
			return {
				refusal:
					reason instanceof PauseTooLong
						? pausedFailure(this.api, reason.retryAfterMs)
						: (reason as Error),
			};
		} finally {
			this.turns.delete(turn);
		}
	}

	/** Sends a request once, and judges what came of it. */
	private async try(
		request: IHttpRequestOptions,
		{ kind, isReadable, elsewhere }: Shipment,
		context: DeliveryContext,
	): Promise<Trial> {
		const { api } = elsewhere ?? this;
		const exchange = await this.exchange(context, request, elsewhere).then(
			(answer) => ({ answer }),
			(error: unknown) => ({ error }),
		);
		if ('error' in exchange) {
			const verdict = judgeFailure(exchange.error);
			return { verdict, failure: unansweredFailure(api, kind, verdict, exchange.error) };
		}
		const { answer } = exchange;
		const verdict = judgeAnswer(api, answer);
		if (verdict === 'accepted') {
			if (isReadable?.(answer) ?? true) return { verdict, answer, heard: answer };
			// Reading again would give the same; a send may have been accepted all the same.
			const doubt = kind === 'send' ? 'ambiguous' : 'refused';
			return { verdict: doubt, failure: unreadableFailure(api, kind, answer), heard: answer };
		}
		const inWords = verdict === 'notNow' ? api.waitMs?.(answer) : undefined;
		const askedMs = retryAfterMs(answer.headers, Date.now()) ?? inWords;
		const failure = answeredFailure(api, kind, verdict, answer, askedMs);
		return { verdict, askedMs, failure, heard: answer };
	}

	/** One exchange on the wire. Throws only when no answer came. */
	private async exchange(
		context: DeliveryContext,
		request: IHttpRequestOptions,
		elsewhere?: Elsewhere,
	): Promise<VendorAnswer> {
		const options: IHttpRequestOptions = {
			...this.settings,
			...request,
			// n8n's own error would drop the headers, and with them how long to wait.
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
			// An API key in a header of its own would follow a redirect to any host, and what follows
			// redirects keeps a copy of the body, however large.
			disableFollowRedirect: true,
		};
		const { statusCode, headers, body } = (await (elsewhere
			? context.helpers.httpRequest({
					...options,
					...(await elsewhere.load()),
					abortSignal: context.getExecutionCancelSignal(),
				})
			: context.helpers.httpRequestWithAuthentication.call(
					context as IAllExecuteFunctions,
					this.api.credential,
					{
						json: true,
						...options,
						baseURL: String(this.credentials.baseUrl).replace(/\/+$/, ''),
					},
				))) as VendorAnswer;
		return { statusCode, headers, body };
	}
}
