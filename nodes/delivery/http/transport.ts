import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
	Logger,
} from 'n8n-workflow';

import { type AccountRun, PauseTooLong, type Turn } from '../pace/account';
import { nap } from '../pace/nap';
import type { DeliveryPolicy } from '../pace/policy';
import { backoffMs, retryAfterMs } from '../pace/waitWhenTold';
import { exchange, type ExchangeContext, exchangeElsewhere, type Wire } from './exchange';
import {
	answeredFailure,
	canceledFailure,
	notTriedFailure,
	pausedFailure,
	redactedFailure,
	unansweredFailure,
	unreadableFailure,
} from './failures';
import { type DeliveryFailure, Stopped } from './outcome';
import { secretsOf, withoutSecrets } from './redact';
import type { VendorAnswer, VendorApi, VendorRequest } from './vendorApi';
import {
	endsDoubt,
	judgeAnswer,
	judgeFailure,
	mayRetry,
	type RequestKind,
	type Verdict,
} from './verdict';

/** Failures of the network or of the vendor that are tried again at most so often. */
const MAX_ATTEMPTS = 6;
/** Being told to wait is bounded by Max Wait; this bounds a vendor that asks for no time at all. */
const MAX_WAITS = 100;
const SHORTEST_PAUSE_MS = 100;
const UNAUTHORIZED = 401;
const TOO_MANY = 429;
const UNAVAILABLE = 503;

/** What came of sending a request once: an answer, or a failure. */
type Trial = { verdict: Verdict } & (
	| { answer: VendorAnswer; failure?: DeliveryFailure; askedMs?: number }
	| { answer?: undefined; failure: DeliveryFailure; askedMs?: undefined }
);

/** What one request needs besides itself. */
export interface Shipment {
	kind: RequestKind;
	/** Whether an answer of success says what became of the request. One that throws says no. */
	isReadable?(answer: VendorAnswer): boolean;
	/** The value for the vendor's idempotency header, if it has one. */
	idempotencyKey?: string;
	/** Whether its failure keeps nothing else back. */
	isAside?: boolean;
	/** The same of one failure: whether it was provided for. */
	isExpected?(failure: DeliveryFailure): boolean;
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

/** What a transport is made of. */
export interface Line {
	api: VendorApi;
	credentials: ICredentialDataDecryptedObject;
	policy: DeliveryPolicy;
	account: AccountRun;
	settings: Partial<IHttpRequestOptions>;
	logger: Logger;
	/** Called with the first request that fails for good, before another can leave. */
	onFailure(failure: DeliveryFailure): void;
}

/**
 * Carries requests to one account of one vendor: each waits for its turn, is repeated only where
 * that is safe, and ends with an answer or a DeliveryFailure that says what is known.
 */
export class Transport {
	private readonly turns = new Set<Turn>();

	private stopReason: Error | undefined;

	private readonly secrets: string[];

	constructor(private readonly line: Line) {
		this.secrets = secretsOf(line.credentials);
	}

	get api(): VendorApi {
		return this.line.api;
	}

	get credentials(): ICredentialDataDecryptedObject {
		return this.line.credentials;
	}

	/** Whether nothing more leaves. */
	get isStopped(): boolean {
		return this.stopReason !== undefined;
	}

	/** What a vendor has answered, without any secret of the credential that it may have echoed. */
	freeOfSecrets<T>(value: T): T {
		return withoutSecrets(value, this.secrets);
	}

	/** To be called when the run is over. */
	close(): void {
		this.line.account.close();
	}

	/** To be called when the execution was canceled. */
	cancel(): void {
		this.stop(canceledFailure(this.api));
	}

	/** Sends nothing more: everything that waits for its turn gives it up, with this reason. */
	stop(reason: Error = new Stopped()): void {
		this.stopReason ??= reason;
		for (const turn of this.turns) turn.leave(this.stopReason);
	}

	/**
	 * Sends one request and waits for the answer.
	 *
	 * @param context of the item that the request belongs to
	 * @throws DeliveryFailure, or Stopped when it was not sent because the run stopped
	 */
	async send(
		context: ExchangeContext,
		request: VendorRequest,
		shipment: Shipment,
	): Promise<VendorAnswer> {
		const { policy, account } = this.line;
		const api = shipment.elsewhere?.api ?? this.api;
		const { bucket, limit } = api.rateLimit(request, policy.plan);
		const rule = api.idempotency?.(request);
		const key = rule && shipment.idempotencyKey;
		const addressed: VendorRequest =
			rule && key ? { ...request, headers: { ...request.headers, [rule.header]: key } } : request;

		/** Set once an attempt may have been accepted: only the vendor's answer can clear it. */
		let inDoubt: DeliveryFailure | undefined;
		let waitingSince: number | undefined;

		for (let attempt = 1; ; attempt++) {
			const turn = await this.turn({ bucket, limit, again: attempt > 1 });
			if ('refusal' in turn) throw inDoubt ?? turn.refusal;

			let pauseMs: number | undefined;
			try {
				const trial = await this.try(context, addressed, shipment);
				const { verdict, failure, answer } = trial;
				if (answer) account.heard(bucket, answer.headers);
				if (answer && failure === undefined) return answer;

				const told = verdict === 'notNow';
				const wait = Math.max(trial.askedMs ?? backoffMs(attempt), SHORTEST_PAUSE_MS);
				waitingSince ??= performance.now();
				const goOn =
					mayRetry(verdict, shipment.kind, key !== undefined) &&
					attempt < (told ? MAX_WAITS : MAX_ATTEMPTS) &&
					!(told && policy.onRateLimit === 'fail') &&
					performance.now() - waitingSince + wait <= policy.maxWaitMs;
				if (verdict === 'ambiguous') inDoubt = failure;
				const isSure = verdict === 'refused' && endsDoubt(answer?.statusCode);
				const ending = (isSure ? failure : inDoubt) ?? failure ?? new Stopped();
				// All before the turn is given up, or the next in the queue would leave in spite of it.
				if (!goOn) this.failed(ending, shipment, answer);
				if (told && answer) this.hold(bucket, answer, wait);
				if (!goOn) throw ending;
				if (!(told && answer && this.isForAll(answer))) pauseMs = wait;
			} finally {
				turn.release();
			}
			// One message's trouble: only that message waits.
			if (pauseMs !== undefined) await nap(pauseMs, () => this.isStopped);
		}
	}

	/** Told to wait: the account waits, or that bucket where the vendor's limits are that narrow. */
	private hold(bucket: string, answer: VendorAnswer, ms: number): void {
		if (!this.isForAll(answer)) return;
		const { account } = this.line;
		if (answer.statusCode === TOO_MANY) account.tooMany(bucket);
		if (this.api.limitsEachBucket) account.pause(ms, bucket);
		else account.pause(ms);
	}

	/** Whether "not now" is about more than this one request. */
	private isForAll({ statusCode, headers }: VendorAnswer): boolean {
		return (
			statusCode === TOO_MANY ||
			(statusCode === UNAVAILABLE && headers['retry-after'] !== undefined)
		);
	}

	/** A credential that is refused once is refused for the rest too; some vendors lock it then. */
	private failed(failure: Error, shipment: Shipment, answer: VendorAnswer | undefined): void {
		if (failure instanceof Stopped) return;
		const isAside = shipment.isAside ?? shipment.isExpected?.(failure as DeliveryFailure);
		if (!isAside) this.line.onFailure(failure as DeliveryFailure);
		if (answer?.statusCode === UNAUTHORIZED && !shipment.elsewhere) {
			this.stop(notTriedFailure(failure));
		}
	}

	private async turn(request: {
		bucket: string;
		limit: { requests: number; perMs: number };
		again: boolean;
	}): Promise<{ release: () => void } | { refusal: Error }> {
		if (this.stopReason) return { refusal: this.stopReason };
		const { policy, account } = this.line;
		const maxWaitMs = policy.onRateLimit === 'fail' ? 0 : policy.maxWaitMs;
		const turn = account.queue({ ...request, maxWaitMs });
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
		context: ExchangeContext,
		request: VendorRequest,
		shipment: Shipment,
	): Promise<Trial> {
		const { kind, elsewhere } = shipment;
		const api = elsewhere?.api ?? this.api;
		const arrived = await this.exchange(context, request, elsewhere).then(
			(answer) => ({ answer }),
			(error: unknown) => ({ error }),
		);
		if ('error' in arrived) {
			const verdict = judgeFailure(arrived.error);
			const failure = this.redacted(unansweredFailure(api, kind, verdict, arrived.error));
			if (verdict === 'canceled' && kind === 'send') this.sayUnknown(failure);
			return { verdict, failure };
		}
		const { answer } = arrived;
		try {
			return this.judged(answer, shipment, api);
		} catch {
			// What a vendor's own reading cannot cope with cannot be read; the request has left.
			return this.unreadable(answer, shipment, api);
		}
	}

	private judged(answer: VendorAnswer, shipment: Shipment, api: VendorApi): Trial {
		const verdict = judgeAnswer(api, answer);
		if (verdict === 'accepted') {
			return (shipment.isReadable?.(answer) ?? true)
				? { verdict, answer }
				: this.unreadable(answer, shipment, api);
		}
		const inWords = verdict === 'notNow' ? api.waitMs?.(answer) : undefined;
		const askedMs = retryAfterMs(answer.headers, Date.now()) ?? inWords;
		const failure = answeredFailure(api, shipment.kind, verdict, answer, askedMs);
		return { verdict, answer, askedMs, failure: this.redacted(failure) };
	}

	/** Reading again would give the same; a send may have been accepted all the same. */
	private unreadable(answer: VendorAnswer, { kind }: Shipment, api: VendorApi): Trial {
		const failure = this.redacted(unreadableFailure(api, kind, answer));
		return { verdict: kind === 'send' ? 'ambiguous' : 'refused', answer, failure };
	}

	private async exchange(
		context: ExchangeContext,
		request: VendorRequest,
		elsewhere?: Elsewhere,
	): Promise<VendorAnswer> {
		const { credentials, settings } = this.line;
		const wire: Wire = { context, api: this.api, credentials, settings };
		if (!elsewhere) return await exchange(wire, request);
		const { headers, body } = await elsewhere.load();
		return await exchangeElsewhere(wire, {
			...request,
			headers: headers as IDataObject | undefined,
			body,
		});
	}

	/** The same of a failure. */
	redacted(failure: DeliveryFailure): DeliveryFailure {
		return redactedFailure(failure, this.secrets);
	}

	/** Nobody sees the output of a canceled execution, so what is unknown is said in the log. */
	private sayUnknown({ message, cure }: DeliveryFailure): void {
		this.line.logger.warn(`Canceled while a message was on its way. ${message}. ${cure}`);
	}
}
