import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeProperties,
	INodeType,
} from 'n8n-workflow';

import type { VendorAnswer, VendorApi, VendorRequest } from '../delivery/http/vendorApi';
import type { DeliveryStatus } from '../message/deliveryStatus';
import type { AddressRule } from './address';
import type { EventWithRaw } from './event';

export type Headers = Record<string, string | string[] | undefined>;

/** Reads a parameter of the node. */
export type ReadParameter = (name: string, fallback?: unknown) => unknown;

/** One request to the webhook, with all that a vendor needs to judge and to read it. */
export interface Delivery {
	readonly headers: Headers;
	readonly query: Record<string, unknown>;
	/** The bytes that arrived: what signatures are made over. */
	readonly rawBody: Buffer;
	/** ms since the epoch. */
	readonly now: number;
	/** What `register` has given to remember; empty where nothing is registered. */
	readonly remembered: IDataObject;
	/** The node's Options. */
	readonly options: IDataObject;
	readonly parameter: ReadParameter;
	/** Loaded from n8n's database only when asked for. */
	credentials(): Promise<ICredentialDataDecryptedObject>;
}

/** The node's settings and credential at the moment a workflow is switched on or off. */
export interface Activation {
	/** Where the vendor shall deliver: the test URL while n8n listens for a test event. */
	readonly url: string;
	readonly workflowName: string;
	readonly credentials: ICredentialDataDecryptedObject;
	/**
	 * What this URL has registered. Never what another has: a copy of a workflow brings along what the
	 * first one remembers.
	 */
	readonly remembered: IDataObject;
	readonly parameter: ReadParameter;
}

/** What is special about a request to a vendor's API. */
export interface AskingMore {
	/** HTTP statuses that are an answer too, such as 404 to a deletion. */
	readonly alsoFine?: number[];
	/** What of the request may be in no error, besides the credential. */
	readonly secrets?: string[];
}

export interface Registrar extends Activation {
	/**
	 * Asks the vendor's API.
	 *
	 * @throws NodeApiError in the vendor's words, or InvalidInput for a Base URL that is none
	 */
	ask(request: VendorRequest, more?: AskingMore): Promise<VendorAnswer>;
}

/** How a webhook gets to the vendor, where the vendor has an API for it. */
export interface VendorRegistration {
	readonly api: VendorApi;
	readonly address: AddressRule;
	/** Whether all that is wanted is registered, and nothing else is left at this URL. */
	exists(registrar: Registrar): Promise<boolean>;
	/** Makes it so, with whatever is there already, and gives what has to be remembered. */
	register(registrar: Registrar): Promise<IDataObject>;
	/** Removes all that stands at this URL, and nothing else. */
	unregister(registrar: Registrar): Promise<void>;
}

/** An event, and what it is called in the vendor's list of events. */
export interface VendorEvent {
	kind: string;
	event: EventWithRaw;
}

/** Everything of a trigger that differs from vendor to vendor. Each vendor's room webhook/ has one. */
export interface WebhookVendor {
	/** The value of the parameter Vendor, and the provider that events carry unless they say more. */
	readonly value: string;
	readonly displayName: string;
	readonly description: string;
	readonly credential: string;
	/** Shown for this vendor only. One is called `events`: the kinds that start the workflow. */
	readonly fields: INodeProperties[];
	/** Entries of Options, shown for this vendor only. */
	readonly options: INodeProperties[];
	/** What the vendor reports of a message; none where it reports no statuses to choose from. */
	readonly statuses: readonly DeliveryStatus[];
	readonly methods?: Pick<NonNullable<INodeType['methods']>, 'loadOptions' | 'listSearch'>;
	readonly registration?: VendorRegistration;
	/** Says before anything happens what cannot work. @throws InvalidInput */
	check(activation: Activation): void;
	/**
	 * Whether the request comes from the vendor.
	 *
	 * @returns why not, for the log: without anything secret, never for the sender
	 */
	verify(delivery: Delivery): string | undefined | Promise<string | undefined>;
	/** What the vendor wants to read back to know that the address is ours, if this asks for it. */
	handshake?(payload: IDataObject, delivery: Delivery): string | undefined;
	toEvents(payload: IDataObject, delivery: Delivery): VendorEvent[];
}
