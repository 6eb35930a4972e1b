import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { InvalidInput } from '../../input/invalidInput';
import { requireField } from '../../input/field';
import { isPlainObject } from '../../input/json';
import { optionalText } from '../../input/text';
import type { Host } from './host';

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
export function sourcesOfBulk(host: Host): Source[] {
	return host.items.flatMap((item, itemIndex) => {
		try {
			return sourcesOf(host, item, itemIndex);
		} catch (error) {
			return [{ itemIndex, entryIndex: 0, json: item.json, failure: error as Error }];
		}
	});
}

function sourcesOf(
	{ parameters }: Host,
	{ json }: INodeExecutionData,
	itemIndex: number,
): Source[] {
	const from = parameters.read('recipientsFrom', itemIndex, 'items');
	const field = parameters.read('recipientField', itemIndex, '');
	if (from === 'items') {
		return [{ itemIndex, entryIndex: 0, json, recipient: () => recipientIn(json, field) }];
	}
	const entries = readList(parameters.read('recipientList', itemIndex, []));
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

/** Blanks and what nobody sees, such as the mark at the start of a file. */
const AROUND = /^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu;

/** A list of recipients comes from an expression, or as JSON, or separated by commas and lines. */
function readList(list: unknown): unknown[] {
	const entries = Array.isArray(list)
		? (list as unknown[])
		: fromText((optionalText('Recipient List', list) ?? '').replace(AROUND, ''));
	if (entries.length > 0) return entries;
	throw new InvalidInput(
		'Recipient List',
		'is empty',
		'Enter who gets the message, or check the expression.',
	);
}

function fromText(text: string): unknown[] {
	if (!text.startsWith('[')) {
		return text
			.split(/[,;\n]/)
			.map((part) => part.trim())
			.filter((part) => part !== '');
	}
	const parsed = parsedList(text);
	if (parsed !== undefined) return parsed.filter((entry) => entry !== '');
	throw new InvalidInput(
		'Recipient List',
		'is not a valid JSON list',
		'Correct the JSON, or separate recipients by commas.',
	);
}

function parsedList(text: string): unknown[] | undefined {
	try {
		const list: unknown = JSON.parse(text);
		return Array.isArray(list) ? list : undefined;
	} catch {
		return undefined;
	}
}
