import type { IBinaryData, IDataObject, IExecuteSingleFunctions } from 'n8n-workflow';

import { InvalidInput } from './invalidInput';
import { isPlainObject } from './json';
import { shown, withoutInvisible } from './shown';
import { requireText } from './text';

/** A media type such as image/png; nothing that could break out of a header. */
const CONTENT_TYPE = /^[\w.+-]+\/[\w.+-]+( *;[\x20-\x7e]*)?$/;

/**
 * A file, as far as it is known without reading it.
 *
 * @param label of the field in the editor that says which file
 * @param value the name of a binary field of the item; or the file itself, which an expression
 *   gives: {{ $binary.data }}, also one of another node. The helpers of n8n that read files take
 *   both.
 * @throws InvalidInput when there is no such file, or an empty one
 */
export function binaryFile(
	context: IExecuteSingleFunctions,
	label: string,
	value: unknown,
): IBinaryData {
	const file = isBinaryData(value)
		? value
		: (withoutContent(context, label, value) ?? named(context, label, value));
	const { bytes, fileSize, id, data } = file;
	if (bytes === 0 || fileSize === '0 B' || (id === undefined && data === '')) {
		throw emptyFile(label, isPlainObject(value) ? (file.fileName ?? 'The file') : String(value));
	}
	return file;
}

/** Whether an expression gave a file itself, as n8n keeps files. */
export function isBinaryData(value: unknown): value is IBinaryData {
	return (
		isPlainObject(value) &&
		typeof value.mimeType === 'string' &&
		(typeof value.data === 'string' || typeof value.id === 'string')
	);
}

/**
 * n8n leaves the content out of what {{ $binary.photo }} gives. Where it keeps files in the items, as
 * n8n 1 does unless told otherwise, there is no ID either; then it is the file of the item of which
 * everything else is the same.
 *
 * @throws InvalidInput when several files are
 */
function withoutContent(
	context: IExecuteSingleFunctions,
	label: string,
	value: unknown,
): IBinaryData | undefined {
	if (!isPlainObject(value) || typeof value.mimeType !== 'string') return undefined;
	const files = Object.entries(context.getInputData().binary ?? {});
	const same = files.filter(([, file]) => isSame({ ...file, data: undefined }, value));
	if (same.length <= 1) return same[0]?.[1];
	throw new InvalidInput(
		label,
		`could be ${same.map(([name]) => name).join(' or ')}, which look the same`,
		'Enter the name of the binary field instead of an expression.',
	);
}

function isSame(file: IDataObject, other: IDataObject): boolean {
	const names = new Set([...Object.keys(file), ...Object.keys(other)]);
	return [...names].every((name) => file[name] === other[name]);
}

function named(context: IExecuteSingleFunctions, label: string, value: unknown): IBinaryData {
	const cure = 'Enter the name of a binary field, such as data, or give {{ $binary.data }}.';
	const name = requireText(label, value, cure);
	const file = find(context, name) ?? find(context, withoutInvisible(name).trim());
	if (file !== undefined) return file;
	const names = Object.keys(context.getInputData().binary ?? {});
	throw new InvalidInput(
		label,
		`${shown(name)} is no binary field of this item`,
		names.length === 0
			? 'The item has none. Put a node before this one that gives a file.'
			: `The item has ${names.join(', ')}.`,
	);
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
	const cure = 'Enter a type such as image/png or application/pdf.';
	const type = withoutInvisible(requireText(label, value, cure)).trim();
	if (CONTENT_TYPE.test(type)) return type;
	throw new InvalidInput(label, `${shown(value)} is not a media type`, cure);
}
