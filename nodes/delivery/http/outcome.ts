import type { Failure, IDataObject } from 'n8n-workflow';

/**
 * What is known of a message that failed. `rejected`: the vendor refused it. `not_sent`: it never
 * left. `unknown`: it may have been accepted. `undelivered`: it was accepted, and was not delivered
 * in the time for which its user wanted to wait.
 */
export type Outcome = 'rejected' | 'not_sent' | 'unknown' | 'undelivered';

/** What a failed item tells the flow about itself, besides its message. */
export interface FailureDetails {
	provider: string;
	/** The vendor's own code, or the network's. */
	code: string | null;
	httpCode: number | null;
	outcome: Outcome;
	retryAfterMs?: number;
	/** Of a message that was accepted: its ID and what became of it. */
	delivery?: IDataObject;
	/** What the vendor said: its message, its details, its request id. */
	vendor: IDataObject;
}

/** A request that did not succeed. Holds nothing secret: it may be shown, stored and logged. */
export class DeliveryFailure extends Error {
	constructor(
		message: string,
		/** What to do about it. */
		readonly cure: string,
		readonly details: FailureDetails,
		/** n8n's own word for the cause, where it has one. */
		readonly failure?: Failure,
	) {
		super(message);
		this.name = 'DeliveryFailure';
	}
}

/** A message that was not sent because its user asked for that in such a case. It stops no run. */
export class KeptBack extends DeliveryFailure {}

/** A request that was still waiting when its run stopped. It was not sent. */
export class Stopped extends Error {
	constructor() {
		super('The run stopped before this request was sent');
		this.name = 'Stopped';
	}
}
