import type { IDataObject } from 'n8n-workflow';

import { readAnyList } from '../../input/anyList';
import type { Draft } from '../../input/draft';
import { InvalidInput } from '../../input/invalidInput';
import { requireField } from '../../input/field';
import { isPlainObject } from '../../input/json';
import { Drafts } from './drafts';
import type { Host } from './host';
import { Slices } from './slices';

/** Where one message comes from. */
export interface Source {
	/** The input item that the output is paired with. */
	itemIndex: number;
	/** Which of the item's own list it is; 0 where the item is the message. */
	entryIndex: number;
	/** Of the item, or of the entry of its list: for merge fields. */
	json: IDataObject;
	/** In a bulk, who gets it. */
	recipient?: () => unknown;
	/** Set where the item gives no message at all. */
	failure?: Error;
}

/** The parameters of a Bulk Send that say who gets it. */
export const SOURCE_PARAMETERS = ['recipientsFrom', 'recipientField', 'recipientList'];

/** One message for each item. */
export function sourcesOfItems({ items }: Host): Source[] {
	return items.map(({ json }, itemIndex) => ({ itemIndex, entryIndex: 0, json }));
}

/** The messages of a bulk: one for each item, or for each entry of each item's own list. */
export async function sourcesOfBulk(host: Host): Promise<Source[]> {
	const slices = new Slices();
	const sources: Source[] = [];
	for (const ofItem of sourcesByItem(host)) {
		for (const source of ofItem) sources.push(source);
		if (slices.isOver) await slices.giveWay();
	}
	return sources;
}

/** The messages of a bulk, item by item. */
export function* sourcesByItem({ items, parameters }: Host): Generator<Source[]> {
	const others = Object.keys(parameters.parameters).filter(
		(name) => !SOURCE_PARAMETERS.includes(name),
	);
	const fields = new Drafts(parameters, others, false);
	for (const [itemIndex, { json }] of items.entries()) {
		try {
			yield sourcesOf(fields.draft(itemIndex, json), json, itemIndex);
		} catch (error) {
			yield [{ itemIndex, entryIndex: 0, json, failure: error as Error }];
		}
	}
}

function sourcesOf(draft: Draft, json: IDataObject, itemIndex: number): Source[] {
	const { recipientsFrom = 'items', recipientField: field = '', recipientList = [] } = draft;
	if (recipientsFrom === 'items') {
		return [{ itemIndex, entryIndex: 0, json, recipient: () => recipientIn(json, field) }];
	}
	const entries = readList(recipientList);
	return entries.map((entry, entryIndex) => ({
		itemIndex,
		entryIndex,
		json: isPlainObject(entry) ? entry : {},
		recipient: () => (isPlainObject(entry) ? recipientIn(entry, field) : entry),
	}));
}

function recipientIn(json: IDataObject, field: unknown): unknown {
	return requireField('Recipient Field', json, field);
}

/** A list of recipients comes from an expression, or as JSON, or separated by commas and lines. */
function readList(list: unknown): unknown[] {
	const entries = readAnyList('Recipient List', list);
	if (entries.length > 0) return entries;
	throw new InvalidInput(
		'Recipient List',
		'is empty',
		'Enter who gets the message, or check the expression.',
	);
}
