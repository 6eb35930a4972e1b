import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { VendorAnswer, VendorRequest } from '../../http/vendorApi';

/** Where a message can be looked at: plain data, so that a later try can look there too. */
export interface MessagePlace {
	/** Gives this message alone. */
	one?: VendorRequest;
	/** Gives it among others, such as those of its channel, the newest first; the same for all of them. */
	list?: VendorRequest;
}

/** How lists of messages are read. */
export interface ListReading {
	/** How many messages one answer gives at most. */
	most: number;
	/** Narrows a list to these messages, where the vendor can. */
	only?(list: VendorRequest, messageIds: string[]): VendorRequest;
	/** The request for the page after this one, undefined when this was the last. */
	next?(answer: VendorAnswer, request: VendorRequest): VendorRequest | undefined;
}

/**
 * How a vendor's messages are read back. It is all that Wait for Delivery has to know: when and how
 * often is the runner's affair.
 */
export interface ReadBack<Input> {
	/**
	 * Where the message is that a send has made.
	 *
	 * @param result of the send, in the words that all vendors share
	 * @returns undefined where it cannot be looked at
	 */
	placeOf(
		result: IDataObject,
		input: Input,
		credentials: ICredentialDataDecryptedObject,
	): MessagePlace | undefined;
	/**
	 * The messages in an answer to either request, as shared results.
	 *
	 * @returns undefined where the answer holds none
	 */
	read(answer: VendorAnswer): IDataObject[] | undefined;
	/** Without it messages are looked at one by one. */
	list?: ListReading;
}
