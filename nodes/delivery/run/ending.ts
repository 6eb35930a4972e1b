import type { IDataObject } from 'n8n-workflow';

import { KeptBack } from '../http/outcome';
import type { Follow } from './follow/follow';

/** How one message, or one item of a reading, ended. */
export type Ending =
	| {
			kind: 'accepted';
			results: IDataObject[];
			/** What was asked for and the answer does not mention, as items that say so. */
			missing: IDataObject[];
			/** Set where an earlier run has sent it, and this one has not. */
			alreadySent?: true;
			/** Set where its delivery is waited for. */
			follow?: Follow;
	  }
	| {
			kind: 'failed';
			failure: Error;
			/** Who was not part of it, as items that say so. */
			missing?: IDataObject[];
	  }
	/** The position of the message that says the same to the same person, or has the same key. */
	| { kind: 'duplicate'; of: number; alreadySent?: true };

export type Endings = Array<Ending | undefined>;

/** How a position ended, a duplicate as the message that it repeats. */
export function endingOf(
	endings: Endings,
	position: number,
): Exclude<Ending, { of: number }> | undefined {
	const ending = endings[position];
	// The original stands before its duplicates, and may be one itself for another reason.
	return ending?.kind === 'duplicate' ? endingOf(endings, ending.of) : ending;
}

/** Whether something went wrong, in other ways than its user has asked for. */
export function isFailure(ending: Ending | undefined): ending is Ending & { kind: 'failed' } {
	return ending?.kind === 'failed' && !(ending.failure instanceof KeptBack);
}
