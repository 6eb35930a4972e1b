import type {
	IAllExecuteFunctions,
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IExecuteSingleFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';

import { requireBaseUrl } from '../../input/baseUrl';
import type { VendorAnswer, VendorApi, VendorRequest } from './vendorApi';

/** Whatever n8n calls a node with, where the node may send requests. */
export type ExchangeContext =
	| IExecuteFunctions
	| IExecuteSingleFunctions
	| IHookFunctions
	| ILoadOptionsFunctions;

/** What n8n waits for an answer where nobody has said how long. */
export const DEFAULT_TIMEOUT_MS = 300_000;

/** How much later n8n's own time-out comes, so that it is always ours that ends an exchange. */
const MARGIN_MS = 1000;

/** The whole exchange took longer than it may, whatever arrived until then. */
export class DeadlinePassed extends Error {
	readonly code = 'ETIMEDOUT';

	constructor(ms: number) {
		super(`The answer was not there after ${Math.ceil(ms / 1000)} s`);
		this.name = 'DeadlinePassed';
	}
}

/** Who asks, and how. */
export interface Wire {
	context: ExchangeContext;
	api: VendorApi;
	/** Resolved for the item that the request belongs to. */
	credentials: ICredentialDataDecryptedObject;
	/** What goes for every request, such as a proxy. */
	settings?: Partial<IHttpRequestOptions>;
	/** Ends the exchange from outside; the execution's being canceled where nothing else is said. */
	signal?: AbortSignal;
}

/** What never changes: n8n's own handling would lose or leak something. */
const AS_IT_IS = {
	// n8n's own error would drop the headers, and with them how long to wait.
	ignoreHttpStatusErrors: true,
	returnFullResponse: true,
	// An API key in a header of its own would follow a redirect to any host, and what follows
	// redirects keeps a copy of the body, however large.
	disableFollowRedirect: true,
} as const;

/**
 * One exchange on the wire with a vendor's API, with its credential. Everything that this package
 * sends goes through here or through `exchangeElsewhere`.
 *
 * @returns the answer, whatever its status
 * @throws whatever n8n's HTTP helper throws where no answer came, DeadlinePassed, or InvalidInput
 *   for a Base URL that is none
 */
export async function exchange(wire: Wire, request: VendorRequest): Promise<VendorAnswer> {
	const { context, api, credentials, settings } = wire;
	return await withDeadline(wire, request.timeout ?? settings?.timeout, async ({ signal, ms }) => {
		const options: IHttpRequestOptions = {
			json: true,
			...settings,
			...request,
			...AS_IT_IS,
			baseURL: requireBaseUrl(credentials.baseUrl),
			timeout: ms + MARGIN_MS,
			abortSignal: signal,
		};
		return await context.helpers.httpRequestWithAuthentication.call(
			bindCredentials(context, credentials, signal),
			api.credential,
			options,
		);
	});
}

/** The same with a full address of somebody else, who never sees the credential. */
export async function exchangeElsewhere(
	wire: Wire,
	request: Omit<VendorRequest, 'body'> & { body?: IHttpRequestOptions['body'] },
): Promise<VendorAnswer> {
	const { context, settings } = wire;
	return await withDeadline(wire, request.timeout ?? settings?.timeout, async ({ signal, ms }) => {
		const timeout = ms + MARGIN_MS;
		const options = { ...settings, ...request, ...AS_IT_IS, timeout, abortSignal: signal };
		return await context.helpers.httpRequest(options);
	});
}

/**
 * n8n's time-out counts from the last byte that moved, so a body that drips would hold its place
 * for ever. This one counts for the whole.
 */
async function withDeadline(
	{ context, signal: outer }: Wire,
	timeout: number | undefined,
	send: (bound: { signal: AbortSignal; ms: number }) => Promise<unknown>,
): Promise<VendorAnswer> {
	const ms = timeout !== undefined && timeout > 0 ? timeout : DEFAULT_TIMEOUT_MS;
	const deadline = AbortSignal.timeout(ms);
	const canceled = outer ?? cancelSignalOf(context);
	const signal = canceled ? AbortSignal.any([canceled, deadline]) : deadline;
	const arrived = await send({ signal, ms }).then(
		(answer) => answer as VendorAnswer,
		(error: unknown) => ({ error }),
	);
	if ('error' in arrived) {
		const isLate = deadline.aborted && canceled?.aborted !== true;
		throw isLate ? new DeadlinePassed(ms) : arrived.error;
	}
	const { statusCode, headers, body } = arrived;
	return { statusCode, headers, body };
}

function cancelSignalOf(context: ExchangeContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}

/**
 * n8n's helper reads the credential from its context once more, for item 0. This context has the one
 * that was resolved for the item, and a signal that also ends at the deadline.
 */
function bindCredentials(
	context: ExchangeContext,
	credentials: ICredentialDataDecryptedObject,
	signal: AbortSignal,
): IAllExecuteFunctions {
	return Object.create(context, {
		getCredentials: { value: async () => await Promise.resolve({ ...credentials }) },
		...('getExecutionCancelSignal' in context
			? { getExecutionCancelSignal: { value: () => signal } }
			: {}),
	}) as IAllExecuteFunctions;
}
