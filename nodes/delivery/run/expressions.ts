import type { IDataObject } from 'n8n-workflow';

import { isPlainObject } from '../../input/json';
import { type Plain, type PlainPath, readPlainPath } from './plainPath';

/** What a field holds in place of a value: text that starts with = and is evaluated for each item. */
function isExpression(raw: unknown): raw is string {
	return typeof raw === 'string' && raw.startsWith('=');
}

/** Whether a path leads into the item; the others lead to the same value for every item. */
export function isOfItem({ variable }: PlainPath): boolean {
	return variable === '$json';
}

/** Whether what a user entered, however deep, has the same value for every item. */
export function isSameForAll(raw: unknown): boolean {
	if (isExpression(raw)) {
		return (
			!raw.includes('{{') ||
			piecesOf(raw)?.every((piece) => typeof piece === 'string' || !isOfItem(piece)) === true
		);
	}
	return typeof raw !== 'object' || raw === null || Object.values(raw).every(isSameForAll);
}

/**
 * What an expression may take from elsewhere than the item: whole outputs of other nodes, what belongs
 * to the run, and what stands in a template literal, which is looked at as well.
 */
const OF_RUN =
	/\$\(\s*(?:"[^"$\\]*"|'[^'$\\]*'|`[^`$\\]*`)\s*\)\s*\.\s*(?:all|first|last)\s*\(|\$input\s*\.\s*(?:all|first|last)\s*\(|\$(?:vars|env|workflow|execution|now|today|if|ifEmpty|max|min)(?![\w$])|\$\{/g;

/** Whether an expression takes nothing from the item, so that evaluating it once will do for a run. */
export function isSameForRun(raw: unknown): boolean {
	return !isExpression(raw) || !raw.slice(1).replace(OF_RUN, '').includes('$');
}

/** Whether merge fields may stand in what a user entered, since not all of it comes from the item. */
export function mayHoldMergeFields(raw: unknown): boolean {
	if (isExpression(raw)) return isSameForAll(raw);
	if (typeof raw === 'string') return raw.includes('[[');
	return typeof raw === 'object' && raw !== null && Object.values(raw).some(mayHoldMergeFields);
}

/**
 * What a user entered, with only those expressions left that take something from the item: merge
 * fields in the others are filled in, as in text without an expression.
 */
export function withoutSameForAll(raw: unknown): unknown {
	if (isExpression(raw)) return isSameForAll(raw) ? '' : raw;
	if (Array.isArray(raw)) return raw.map(withoutSameForAll);
	if (!isPlainObject(raw)) return raw;
	return Object.fromEntries(
		Object.entries(raw).map(([key, entry]) => [key, withoutSameForAll(entry)]),
	);
}

/** Looks up a path, and gives undefined where only n8n can tell. */
export type LookUp = (path: PlainPath) => Plain | undefined;

/** Gives the value of a whole field, or undefined where only n8n can tell. */
export type Reader = (lookUp: LookUp) => IDataObject[string] | undefined;

/**
 * How to read a field whose expressions are all plain paths, alone or within text.
 *
 * @returns undefined when only n8n can read it
 */
export function readerOf(raw: unknown): Reader | undefined {
	if (isExpression(raw)) {
		const pieces = piecesOf(raw);
		return pieces && ((lookUp) => fillIn(pieces, lookUp));
	}
	if (isLiteral(raw)) return () => raw as IDataObject[string];
	const readers: Array<[string, Reader]> = [];
	for (const [key, entry] of Object.entries(raw as IDataObject)) {
		const reader = readerOf(entry);
		if (reader === undefined) return undefined;
		readers.push([key, reader]);
	}
	return (lookUp) => readAll(readers, lookUp, Array.isArray(raw) ? [] : {});
}

/** Whether n8n would give back the very same; an entry called __proto__ is lost when n8n copies. */
function isLiteral(raw: unknown): boolean {
	if (typeof raw !== 'object' || raw === null) return !isExpression(raw);
	return Object.entries(raw).every(([key, entry]) => key !== '__proto__' && isLiteral(entry));
}

function readAll(
	readers: Array<[string, Reader]>,
	lookUp: LookUp,
	values: IDataObject | unknown[],
): IDataObject | undefined {
	const all = values as IDataObject;
	for (const [key, reader] of readers) {
		const value = reader(lookUp);
		if (value === undefined) return undefined;
		all[key] = value;
	}
	return all;
}

/** Alone, a value keeps its type; with anything beside it, the whole is text. */
function fillIn(pieces: Piece[], lookUp: LookUp): Plain | undefined {
	const [first] = pieces;
	if (pieces.length === 1 && typeof first !== 'string') return lookUp(first);
	let text = '';
	for (const piece of pieces) {
		const value = typeof piece === 'string' ? piece : lookUp(piece);
		if (value === undefined) return undefined;
		text += String(value);
	}
	return text;
}

type Piece = string | PlainPath;

/** In text, n8n gives these a meaning of their own, alters them, or refuses them. */
const SPECIAL = /[\\\0\p{Surrogate}\u2028\u2029]|constructor/u;

/**
 * Takes an expression apart, as n8n does. Source: splitExpression of @n8n/tournament.
 *
 * @returns undefined when there is more in it than text and plain paths
 */
function piecesOf(expression: string): Piece[] | undefined {
	let rest = expression.slice(1);
	if (SPECIAL.test(rest) || rest in Object.prototype) return undefined;
	const pieces: Piece[] = [];
	while (rest !== '') {
		const opens = rest.indexOf('{{');
		const text = opens === -1 ? rest : rest.slice(0, opens);
		if (text !== '') pieces.push(text);
		if (opens === -1) break;
		const closes = rest.indexOf('}}', opens + 2);
		const path = closes === -1 ? undefined : readPlainPath(rest.slice(opens + 2, closes));
		if (path === undefined) return undefined;
		pieces.push(path);
		rest = rest.slice(closes + 2);
	}
	return pieces;
}
