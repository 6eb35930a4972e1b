import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';

import type { InvalidInput } from '../../input/invalidInput';
import type { Draft } from '../../input/draft';
import type { DeliveryFailure } from '../http/outcome';
import type { Transport } from '../http/transport';
import type { VendorAnswer, VendorApi } from '../http/vendorApi';

/** One message of a bulk: where it came from, who gets it, and what the vendor gets for it. */
export interface BulkEntry {
	itemIndex: number;
	recipient: string;
	message: IDataObject;
	draft: Draft;
}

/** How one message of a bulk ended. */
export type BulkEnding =
	| {
			result: IDataObject;
			/** What else came of it, where one message became several, such as one a channel. */
			more?: IDataObject[];
	  }
	| { failure: DeliveryFailure | InvalidInput }
	| { duplicateOf: number };

/** What is peculiar to a vendor's bulk sending. */
export interface BulkOperation {
	api: VendorApi;
	/** @throws InvalidInput for what cannot be a recipient */
	recipient(value: unknown, draft: Draft): string;
	/** The message of one recipient. @throws InvalidInput naming the field that cannot be sent */
	message(
		draft: Draft,
		recipient: string,
		credentials: ICredentialDataDecryptedObject,
	): IDataObject;
	/** Puts entries into as few requests as the vendor takes. */
	packs(entries: BulkEntry[]): BulkEntry[][];
	request(pack: BulkEntry[], credentials: ICredentialDataDecryptedObject): IHttpRequestOptions;
	/**
	 * Whatever must be found out on the way before the request is complete.
	 *
	 * @throws InvalidInput for what shows only then that it cannot be sent
	 */
	complete?(
		request: IHttpRequestOptions,
		pack: BulkEntry[],
		transport: Transport,
	): Promise<IHttpRequestOptions>;
	/**
	 * Reads an answer of success: an ending for each entry of the pack, in their order.
	 *
	 * @returns undefined where the answer does not say what became of the messages
	 */
	read(answer: VendorAnswer, pack: BulkEntry[]): BulkEnding[] | undefined;
}
