import type { IBinaryData, IExecuteSingleFunctions } from 'n8n-workflow';

import { InvalidInput } from './invalidInput';

/** A media type such as image/png; nothing that could break out of a header. */
const CONTENT_TYPE = /^[\w.+-]+\/[\w.+-]+( *;[\x20-\x7e]*)?$/;

/**
 * The file in a binary field of the item, as far as it is known without reading it.
 *
 * @param label of the field in the editor that holds the name
 * @throws InvalidInput when the item has no such field, or an empty file in it
 */
export function binaryFile(
	context: IExecuteSingleFunctions,
	label: string,
	name: unknown,
): IBinaryData {
	const file = find(context, String(name));
	if (file === undefined) {
		const names = Object.keys(context.getInputData().binary ?? {});
		throw new InvalidInput(
			label,
			`"${String(name)}" is no binary field of this item`,
			names.length === 0
				? 'The item has none. Put a node before this one that gives a file.'
				: `The item has ${names.join(', ')}.`,
		);
	}
	const { bytes, fileSize, id, data } = file;
	if (bytes === 0 || fileSize === '0 B' || (id === undefined && data === '')) {
		throw emptyFile(label, String(name));
	}
	return file;
}

function find(context: IExecuteSingleFunctions, name: string): IBinaryData | undefined {
	try {
		return context.helpers.assertBinaryData(name);
	} catch {
		return undefined;
	}
}

export function emptyFile(label: string, name: string): InvalidInput {
	return new InvalidInput(
		label,
		`"${name}" holds an empty file`,
		'Check the node that gives the file.',
	);
}

/** @throws InvalidInput when it is no media type */
export function requireContentType(label: string, value: unknown): string {
	const type = String(value).trim();
	if (CONTENT_TYPE.test(type)) return type;
	throw new InvalidInput(
		label,
		`"${type}" is not a media type`,
		'Enter a type such as image/png or application/pdf.',
	);
}
