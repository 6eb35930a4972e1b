import type { IDataObject } from 'n8n-workflow';

/** How one message, or one item of a reading, ended. */
export type Ending =
	| {
			kind: 'accepted';
			results: IDataObject[];
			/** What was asked for and the answer does not mention, as items that say so. */
			missing: IDataObject[];
	  }
	| { kind: 'failed'; failure: Error }
	/** The position of the message that says the same to the same person. */
	| { kind: 'duplicate'; of: number };

export type Endings = Array<Ending | undefined>;

/** How a position ended, a duplicate as the message that it repeats. */
export function endingOf(
	endings: Endings,
	position: number,
): Exclude<Ending, { of: number }> | undefined {
	const ending = endings[position];
	if (ending?.kind !== 'duplicate') return ending;
	const original = endings[ending.of];
	return original?.kind === 'duplicate' ? undefined : original;
}
