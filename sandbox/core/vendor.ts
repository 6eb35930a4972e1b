import type { IncomingHttpHeaders } from 'node:http';

import type { LimitRule, Quota } from './limits';

/**
 * What a vendor brings to the sandbox. Everything that differs from vendor to vendor stands here;
 * routing, validation, faults, pacing, bookkeeping and delivery of webhooks belong to the framework.
 *
 * A vendor module holds no mutable state: it default-exports `defineVendor<State>({...})` from
 * `sandbox/vendors/<name>.ts` or `sandbox/vendors/<name>/index.ts`, and is found there by its name.
 */
export interface SandboxVendor<State = unknown> {
	/** Also the path prefix, the name in the control API and of `contracts/<name>.openapi.yaml`. */
	name: string;
	/** Shown in the banner: the demo credentials this vendor accepts, by name. */
	credentials: Record<string, string>;
	/** How n8n gets in: the type of its credential, and which of `credentials` are fields of that. */
	access: { credentialType: string; fields: string[] };
	/** A request body above this many bytes is answered with `errors.tooLarge`. */
	maxBodyBytes?(operationId: string): number | undefined;
	/** Extra header names (lower case) whose values are masked in `GET /_sandbox/requests`. */
	secretHeaders?: string[];
	/** Vendor settings and their defaults, changed by `PUT /_sandbox/settings`. */
	settings?: Record<string, Setting>;
	/** The words that a setting takes, where it does not take any. */
	choices?: Record<string, readonly string[]>;

	/** Called at start and on every reset; all that the vendor remembers lives in what it returns. */
	createState(): State;
	/**
	 * Who is calling, or the answer that refuses the caller. Not called for operations that the
	 * contract marks with `security: []`. Runs before rate limits and validation.
	 */
	authenticate(call: Call<State>): Identity | Answer;
	errors: VendorErrors<State>;
	/** The documented limits, on by default. */
	limits: LimitRule[];
	/** Headers that tell the caller about the limit; added to every answer a limit applies to. */
	rateLimitHeaders?(quota: Quota): Record<string, string>;
	/** By operationId of the contract. Called only with a request that fits the contract. */
	operations: Record<string, Operation<State>>;

	/** How the status of a sent message changes; see `room.follow` and `POST /_sandbox/advance`. */
	statuses?: {
		/** Every word that `POST /_sandbox/advance` may name. */
		names: readonly string[];
		/** Moves one message to a status and emits the webhooks that this causes. */
		apply(room: Room<State>, messageId: string, status: string): void;
	};
	webhooks?: VendorWebhooks;
	/** Things that happen to a vendor from outside (a customer writes …): `POST /_sandbox/simulate`. */
	simulate?: Record<string, (room: Room<State>, input: Record<string, unknown>) => unknown>;
}

export type Setting = boolean | number | string;

/** `body`: an object is sent as JSON, a string or Buffer as it is, nothing as an empty body. */
export interface Answer {
	status: number;
	body?: unknown;
	headers?: Record<string, string>;
}

/** `account` keys the rate limits; add whatever else the handlers want to know about the caller. */
export interface Identity {
	account: string;
	[detail: string]: unknown;
}

export interface Call<State = unknown> {
	/** Empty when no operation of the contract matches; only `errors.notFound` sees that. */
	operationId: string;
	method: string;
	/** Without the vendor's prefix, as sent (not decoded). */
	path: string;
	/** Path parameters, decoded. */
	params: Record<string, string>;
	/** Coerced to the types of the contract once validated. */
	query: Record<string, unknown>;
	headers: IncomingHttpHeaders;
	/** Parsed JSON; undefined when there is none or it is not JSON. */
	body: unknown;
	rawBody: Buffer;
	receivedAt: number;
	/** Empty account for operations without security. */
	identity: Identity;
	room: Room<State>;
	state: State;
}

export type Operation<State> = (call: Call<State>) => Answer | Promise<Answer>;

/** One way in which a request does not fit the contract. */
export interface Issue {
	in: 'body' | 'query' | 'path' | 'header';
	/** Where: `['receiver', 'contacts', 0]`. For unknown and missing properties: the object they belong to. */
	path: Array<string | number>;
	/**
	 * The JSON Schema keyword that failed, or `parse` (not JSON) or `contentType`. A body that is not
	 * there is `required`, with `requestBody` as the `missingProperty`.
	 */
	keyword: string;
	message: string;
	/** As ajv gives them: `additionalProperty`, `missingProperty`, `limit`, `allowedValues`, … */
	params: Record<string, unknown>;
}

export interface VendorErrors<State> {
	/** No or wrong credentials. Also the answer of the fault `unauthorized`. */
	unauthorized(): Answer;
	notFound(call: Call<State>): Answer;
	/** The path exists, the method does not. Defaults to `notFound`. */
	methodNotAllowed?(call: Call<State>): Answer;
	invalid(issues: Issue[], call: Call<State>): Answer;
	tooLarge(): Answer;
	/** The framework adds Retry-After, if the rule or the fault says so, and `rateLimitHeaders`. */
	tooManyRequests(): Answer;
	/** Any other error status: 500, 502, 503, 504, or a vendor's own such as 449. */
	failure(status: number): Answer;
}

/** The framework's services for one vendor of one running sandbox. */
export interface Room<State = unknown> {
	vendor: string;
	/** With the vendor's prefix: `http://127.0.0.1:4010/bird`. */
	baseUrl: string;
	state: State;
	settings: Record<string, Setting>;
	/** How a value breaks a schema of the contract's components: for what is checked after acceptance. */
	check(schema: string, value: unknown): Issue[];
	/** Records a message the vendor has taken: `GET /_sandbox/messages`. */
	accept(message: Acceptance, call: Call<State>): void;
	/**
	 * Lets the message walk through the steps by itself, and one by one through
	 * `POST /_sandbox/advance`. A second call for the same message replaces what was left.
	 */
	follow(messageId: string, steps: Step[]): void;
	/** Forgets the steps a message has not taken yet (a schedule that was cancelled). */
	unfollow(messageId: string): void;
	webhooks: {
		add(target: WebhookTarget): void;
		/** False when there was no such target. */
		remove(id: string): boolean;
		list(): WebhookTarget[];
		/** Sends the event to every target that `VendorWebhooks.wants` it. Returns at once. */
		emit(event: WebhookEvent): void;
	};
}

export interface Acceptance {
	messageId: string;
	recipient: string;
	/** What the recipient would see; the same recipient and content twice is a duplicate. */
	content: unknown;
	idempotencyKey?: string;
	batchId?: string;
}

export interface Step {
	status: string;
	/** Since the step before; the default is the setting `stepMs`. */
	afterMs?: number;
}

export interface WebhookTarget {
	id: string;
	url: string;
	secret: string;
	/** What the vendor filters on: event names, channel, … */
	details: Record<string, unknown>;
}

export interface WebhookEvent {
	type: string;
	/** Becomes the request body by `VendorWebhooks.body`. */
	payload: unknown;
	/** What the vendor filters on. */
	details?: Record<string, unknown>;
}

export interface VendorWebhooks {
	/** Names of `details` that `POST /_sandbox/webhooks` takes for this vendor, besides url and secret. */
	manualDetails?: readonly string[];
	wants(target: WebhookTarget, event: WebhookEvent): boolean;
	/** An object is sent as JSON. */
	body(event: WebhookEvent, target: WebhookTarget): unknown;
	/** The signature and its companions. Called for each attempt. */
	headers(attempt: WebhookAttempt): Record<string, string>;
	/** Fixed, or decided after each attempt that was not taken: the wait in ms, undefined for no more. */
	retry: { attempts: number; delayMs: number } | ((attempt: WebhookAttempt) => number | undefined);
	/** What became of an attempt, for vendors that keep a log or switch off what fails. */
	attempted?(attempt: WebhookAttempt, outcome: WebhookOutcome): void;
}

export interface WebhookOutcome {
	/** What the target answered; 0 when it could not be reached. */
	status: number;
	/** Why nothing was sent, or what went wrong. */
	error?: string;
}

export interface WebhookAttempt {
	target: WebhookTarget;
	event: WebhookEvent;
	/** The bytes that go out. */
	body: Buffer;
	/** The same for all attempts of one delivery. */
	deliveryId: string;
	/** From 1. */
	attempt: number;
	/** When the first attempt was made and when this one is made, in ms. */
	firstAt: number;
	at: number;
}

/** Keeps the state type inside the vendor: the framework only passes it around. */
export const defineVendor = <State>(vendor: SandboxVendor<State>): SandboxVendor =>
	vendor as unknown as SandboxVendor;

export const isAnswer = (value: Identity | Answer): value is Answer => 'status' in value;
