import type {
	IBinaryData,
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteSingleFunctions,
	INodeParameters,
} from 'n8n-workflow';

import type { Draft } from '../../input/draft';
import type { DeliveryFailure } from '../http/outcome';
import type { Shipment } from '../http/transport';
import type { VendorAnswer, VendorApi, VendorRequest } from '../http/vendorApi';
import type { RequestKind } from '../http/verdict';
import type { ReadBack } from './follow/readBack';
import type { PackLimits } from './pack';

/** What there is for one item besides what the user entered. */
export interface ItemScope {
	/** Resolved for this item: a credential may hold expressions. */
	credentials: ICredentialDataDecryptedObject;
	/** In a bulk, who gets this message, as it came in. */
	recipient?: unknown;
	/**
	 * The file that a field names, as far as it is known without reading it.
	 *
	 * @throws InvalidInput when the item has no such file, or an empty one
	 */
	file(label: string, value: unknown): IBinaryData;
}

/** The way to the vendor for what one item needs besides its request. */
export interface ItemTransport {
	readonly credentials: ICredentialDataDecryptedObject;
	/** The same for all messages of a run through one account: what they may share is kept by it. */
	readonly account: object;
	/** For files; requests go through `send`. */
	readonly context: IExecuteSingleFunctions;
	/** @throws DeliveryFailure, or Stopped when it was not sent because the run stopped */
	send(request: VendorRequest, shipment: Shipment): Promise<VendorAnswer>;
}

/** What an answer of success says became of a message, or what it holds. */
export interface Reading {
	/** In the words that all vendors share. */
	results: IDataObject[];
	/** The vendor's own, for Simplify off; the whole answer where it is left out. */
	raw?: IDataObject[];
	/** What was asked for and the answer does not mention. */
	missing?: Missing[];
}

/** A message that may have been accepted, and who was to get it. */
export interface Missing {
	recipient: string;
	failure: DeliveryFailure;
}

/** How lists are read page by page. */
export interface Paging<Input> {
	/** How many results the user wants; undefined for all. */
	wanted(input: Input): number | undefined;
	/** The request for the page after this one, undefined when this was the last. */
	next(answer: VendorAnswer, request: VendorRequest, input: Input): VendorRequest | undefined;
	/** What is the same when a page shows a row again, because the list grew meanwhile. */
	idOf?(raw: IDataObject): string | null;
}

/** How many messages share one request. */
export interface Packing<Input> {
	limits: PackLimits;
	/** Requests of different groups are never joined; all are by default. */
	groupOf?(request: VendorRequest): string;
	/** What a request adds to the size of the joined one, in bytes. */
	sizeOf?(request: VendorRequest): number;
	join(requests: VendorRequest[]): VendorRequest;
	/**
	 * Reads an answer of success: a reading for each message, in their order.
	 *
	 * @returns undefined where the answer does not say what became of the messages
	 */
	results(answer: VendorAnswer, inputs: Input[], joined: VendorRequest): Reading[] | undefined;
	/** Adds to the readings what takes requests of its own to find out. */
	finish?(readings: Reading[], inputs: Input[], transport: ItemTransport): Promise<Reading[]>;
}

/** What makes a Bulk Send of an operation. */
export interface Bulk<Input> {
	/** Who gets the message, in the one form that duplicates are recognised by. */
	recipientOf(input: Input): string;
	/** Without it each message has a request of its own. */
	packing?: Packing<Input>;
}

/** Who gets a message, so that it can be kept from those who must not be written to. */
export interface People<Input> {
	/**
	 * Each person by all the names that the message has for them, in the form in which the vendor takes
	 * them: +14155550123, ana@example.com, anything else being an ID. Asked again once `complete` has
	 * looked up what the message lacks.
	 *
	 * @throws InvalidInput where it cannot be known
	 */
	of(input: Input, request: VendorRequest | undefined): string[][];
	/**
	 * The same message without some of them, where each gets one of their own. Where it is left out, a
	 * message to several is kept back as a whole.
	 *
	 * @param names the first of each of them
	 */
	without?(input: Input, names: ReadonlySet<string>): Input;
}

/** What can go to somebody in place of a message that comes outside of the vendor's window. */
export interface Fallback<Input> {
	/**
	 * The template, as the user has entered it beside the message and to the same people. Read before
	 * anything is sent, and only where its user wants one.
	 *
	 * @throws InvalidInput naming the field as the editor labels it
	 */
	template(draft: Draft, item: ItemScope): Input;
	/**
	 * Asks the vendor whether the message would come outside of the window, where the vendor documents
	 * how that is looked up.
	 *
	 * @throws DeliveryFailure, or InvalidInput, where it cannot be found out; then nothing is sent
	 */
	isOutside(input: Input, transport: ItemTransport): Promise<boolean>;
	/** Whether the vendor's refusal of the message names the window as the reason. */
	namesWindow(refusal: DeliveryFailure): boolean;
}

/**
 * One operation of a vendor: data with pure steps. What is the same for all operations — simplify,
 * paging, pairing, on-error modes, ledger, tally, packs — is the runner's.
 */
export interface Operation<Input> {
	api: VendorApi;
	/** `send`: doing it twice reaches somebody twice. */
	kind: RequestKind;
	/** The parameters, at any depth, that hold HTML: values that are merged into them are escaped. */
	html?: readonly string[];
	/**
	 * Reads what the user entered, once for each item. Nothing else sees it.
	 *
	 * @throws InvalidInput naming the field as the editor labels it
	 */
	input(draft: Draft, item: ItemScope): Input;
	/**
	 * The vendor's request. Pure.
	 *
	 * @returns undefined where `result` needs no answer
	 */
	request(input: Input): VendorRequest | undefined;
	/**
	 * Whatever takes a request of its own before the message can leave, such as an upload.
	 *
	 * @throws InvalidInput for what shows only then that it cannot be sent
	 */
	complete?(input: Input, request: VendorRequest, transport: ItemTransport): Promise<VendorRequest>;
	/**
	 * Reads an answer of success. The runner copes with whatever it throws.
	 *
	 * @returns undefined where the answer does not say what became of the message
	 */
	result(answer: VendorAnswer, input: Input, request: VendorRequest): Reading | undefined;
	/** Adds to a reading what takes requests of its own to find out. */
	finish?(reading: Reading, input: Input, transport: ItemTransport): Promise<Reading>;
	/** The one recipient of a bulk unless it says otherwise. */
	people?: People<Input>;
	paging?: Paging<Input>;
	bulk?: Bulk<Input>;
	/** How its messages are read back, for Wait for Delivery. */
	readBack?: ReadBack<Input>;
	/** What its user can have outside of the vendor's window. Only where each message has a request of its own. */
	fallback?: Fallback<Input>;
}

/** An operation whose input only its own steps know. */
export type AnyOperation = Operation<unknown>;

/** Gives the operation that the parameters ask for, where one entry of the list stands for several. */
export type ChooseOperation = (
	/** Evaluated for the first item. */
	read: (name: string, fallback?: unknown) => unknown,
	/** As they stand in the node, unevaluated. */
	raw: INodeParameters,
) => AnyOperation;

/** A reading of results alone, whose raw form is the whole answer. */
export const reading = (results: IDataObject[], raw?: IDataObject[]): Reading =>
	raw === undefined ? { results } : { results, raw };
