import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestMethods,
	IHttpRequestOptions,
} from 'n8n-workflow';

import type { RateLimit } from '../pace/rateLimit';

/** A request to a vendor, below the base URL of the credential. */
export interface VendorRequest {
	method: IHttpRequestMethods;
	/** The path, or a full address where a request goes elsewhere. */
	url: string;
	headers?: IDataObject;
	qs?: IDataObject;
	body?: IDataObject;
	/** How lists stand in the query. */
	arrayFormat?: IHttpRequestOptions['arrayFormat'];
	/** How long the answer may take (ms), where this request needs longer than others. */
	timeout?: number;
}

/** A vendor's answer as it arrived: nothing thrown, nothing lost. Header names are lower case. */
export interface VendorAnswer {
	statusCode: number;
	headers: IDataObject;
	body: unknown;
}

/** What a vendor says is wrong, in the vendor's own words. */
export interface VendorComplaint {
	code: string | null;
	message: string;
	/** Everything else the vendor says, flattened to text. */
	details: string | null;
	requestId: string | null;
	/** What to look at, where the vendor's words do not tell what is wrong. */
	advice?: string;
}

/** A header by which a vendor recognises a request it has already processed. */
export interface IdempotencyRule {
	header: string;
	pattern: RegExp;
	/** The rule in words, for the person whose key breaks it. */
	rule: string;
}

/** Everything delivery needs to know of a vendor's HTTP. Each vendor's room has one, in api.ts. */
export interface VendorApi {
	/** The short name that results and details carry. */
	readonly provider: string;
	/** The name as people write it, for messages. */
	readonly displayName: string;
	readonly credential: string;
	/** What the vendor counts its rate limit by, besides the base URL. May hold secrets: it is hashed. */
	account(credentials: ICredentialDataDecryptedObject): string;
	/**
	 * The documented limit that counts for this request, and a name for what shares it.
	 *
	 * @param plan what the user chose in the option `plan`, where the vendor's limits depend on one
	 */
	rateLimit(request: VendorRequest, plan?: string): { bucket: string; limit: RateLimit };
	/** Whether "too many requests" is about one bucket alone, and not about the whole account. */
	readonly limitsEachBucket?: boolean;
	/** Reads an error body. Must cope with anything, such as a proxy's HTML page. */
	readComplaint(answer: VendorAnswer): VendorComplaint;
	/**
	 * Whether the vendor says, in a way of its own, that it has not processed this request yet. It
	 * says nothing about others.
	 */
	notProcessed?(answer: VendorAnswer): boolean;
	/** How long such an answer asks to wait (ms), where it says so in words instead of Retry-After. */
	waitMs?(answer: VendorAnswer): number | undefined;
	/** Whether an answer with a status of success says that the request was refused all the same. */
	refusedInSuccess?(answer: VendorAnswer): boolean;
	/** The idempotency header the vendor honours for this request, if it does. */
	idempotency?(request: VendorRequest): IdempotencyRule | undefined;
	/** Whether the vendor only checks such a send, and nobody gets anything. */
	isRehearsal?(request: VendorRequest): boolean;
	/** How a person finds out whether a message with an unknown outcome was accepted. */
	readonly howToCheck: string;
}
