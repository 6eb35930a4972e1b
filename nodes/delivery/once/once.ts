import type { IExecuteFunctions } from 'n8n-workflow';

type Helpers = IExecuteFunctions['helpers'];

/** n8n's memory of processed items, as it is open to a node: a row that it reads, changes and writes back. */
export type ProcessedItems = Pick<Helpers, 'checkProcessedAndRecord' | 'removeProcessed'>;

/** A row that is there as long as somebody changes another one. */
export type LockRow = Pick<Helpers, 'checkProcessedAndRecord' | 'clearAllProcessedItems'>;

/** Where a node remembers what it has sent. */
export interface OncePlace {
	/** The workflow and the node: n8n keeps one row for them, whichever process runs the node. */
	name: string;
	items: ProcessedItems;
	lock: LockRow;
	/** Another node of the workflow with the same ID: n8n keeps one row for both. */
	twin?: string;
}

/** That a message is to be sent at most once, as its user wants it. */
export interface Once {
	/** What is the same for two messages of which only one may be sent. */
	key: string;
	/** Whether the key is forgotten first. */
	again: boolean;
	/** How many keys are remembered at least. */
	history: number;
	place: OncePlace;
}
