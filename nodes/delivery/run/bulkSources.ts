import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { InvalidInput } from '../../input/invalidInput';
import { isPlainObject } from '../../input/json';
import { fieldOf } from '../../input/mergeFields';
import { stoppingError } from './report';

/** Where one message of a bulk comes from. */
export interface Source {
	/** The input item that the output is paired with. */
	itemIndex: number;
	value: unknown;
	json: IDataObject;
}

/** Reads who is to get a bulk: from the input items, or from one list. */
export function readSources(context: IExecuteFunctions): Source[] {
	const items = context.getInputData();
	if (context.getNodeParameter('recipientsFrom', 0, 'items') === 'items') {
		const name = String(context.getNodeParameter('recipientField', 0, ''));
		return items.map(({ json }, itemIndex) => ({ itemIndex, value: fieldOf(json, name), json }));
	}
	const name = String(context.getNodeParameter('recipientField', 0, ''));
	return readList(context).map((entry) => ({
		itemIndex: 0,
		value: isPlainObject(entry) ? fieldOf(entry, name) : entry,
		json: isPlainObject(entry) ? entry : {},
	}));
}

/** A list of recipients comes from an expression, or as JSON, or separated by commas and lines. */
function readList(context: IExecuteFunctions): unknown[] {
	const list: unknown = context.getNodeParameter('recipientList', 0, []);
	if (Array.isArray(list)) return list;
	const text = String(list ?? '').trim();
	const parsed = text.startsWith('[')
		? parseList(text)
		: text.split(/[,\n]/).map((part) => part.trim());
	if (parsed) return parsed.filter((entry) => entry !== '');
	throw stoppingError(
		context.getNode(),
		new InvalidInput(
			'Recipient List',
			'is not a valid JSON list',
			'Correct the JSON, or separate recipients by commas.',
		),
		0,
	);
}

function parseList(text: string): unknown[] | undefined {
	try {
		const list: unknown = JSON.parse(text);
		return Array.isArray(list) ? list : undefined;
	} catch {
		return undefined;
	}
}
