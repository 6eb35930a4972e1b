import type { IDataObject } from 'n8n-workflow';

import { readAnyList } from '../../input/anyList';
import { isBlank } from '../../input/blank';
import { InvalidInput } from '../../input/invalidInput';
import { isPlainObject } from '../../input/json';
import { inWords, shown } from '../../input/shown';
import { Slices } from '../run/slices';

export const FIELD = 'Suppression List';

/** Something that stands in the list: a text or a number, and which entry it is, from 1. */
export interface ListEntry {
	name: string | number;
	at: number;
}

/** Fields in which tables and vendors keep who somebody is, without capitals and what separates words. */
const NAMING = new Set([
	'cellphone',
	'contactid',
	'email',
	'emailaddress',
	'identifier',
	'identifiervalue',
	'leadid',
	'mail',
	'mobile',
	'mobilenumber',
	'mobilephone',
	'msisdn',
	'phone',
	'phonenumber',
	'recipient',
	'sender',
	'tel',
	'telephone',
]);
/** What n8n's data tables and databases keep of each row besides. */
const OF_EVERY_ROW = new Set(['id', 'createdat', 'updatedat']);
const SLICE = 1000;
const FIELDS_NAMED = 10;

/**
 * Reads what the option holds: a list from an expression, or text. Its entries are texts, numbers, or
 * objects such as the rows of a table, also as n8n's items.
 *
 * @throws InvalidInput for what is no list, and for an object of which nobody can tell whom it names
 */
export async function readEntries(value: unknown): Promise<ListEntry[]> {
	const list = isPlainObject(value) ? [value] : readAnyList(FIELD, requireGiven(value));
	const slices = new Slices();
	const kinds = new Kinds();
	const entries: ListEntry[] = [];
	for (const [index, entry] of list.entries()) {
		if (index % SLICE === 0 && slices.isOver) await slices.giveWay();
		if (typeof entry === 'string' && !isBlank(entry)) entries.push({ name: entry, at: index + 1 });
		else for (const name of namesIn(entry, index + 1, kinds)) entries.push({ name, at: index + 1 });
	}
	return entries;
}

/** An expression that finds nothing would let everybody through. */
function requireGiven(value: unknown): unknown {
	if (typeof value === 'boolean' || value === undefined || value === null) {
		throw new InvalidInput(
			FIELD,
			`is ${String(value)}, which is no list`,
			'Check the expression. Where nobody is on the list, it has to give an empty one.',
		);
	}
	return value;
}

/** @returns none of an empty cell */
function namesIn(entry: unknown, at: number, kinds: Kinds): Array<string | number> {
	if (isBlank(entry)) return [];
	if (isName(entry)) return [entry];
	if (isPlainObject(entry)) return namesInRow(itemOrRow(entry), at, kinds);
	throw new InvalidInput(
		FIELD,
		`entry ${at} is ${shown(entry)}`,
		'Give phone numbers, email addresses and IDs, or rows that hold them.',
	);
}

function namesInRow(row: IDataObject, at: number, kinds: Kinds): Array<string | number> {
	const names = Object.keys(row);
	if (names.length === 0) return [];
	let chosen = names.filter((name) => kinds.of(name) === 'naming');
	if (chosen.length > 0) chosen = withoutOurs(row, chosen);
	else {
		const own = names.filter((name) => kinds.of(name) === 'other');
		chosen = own.length === 0 ? names.filter((name) => plain(name) === 'id') : own;
		if (chosen.length !== 1) throw unrecognised(row, at);
	}
	return chosen.flatMap((name) => {
		const value: unknown = row[name];
		if (isBlank(value)) return [];
		if (isName(value)) return [value];
		throw new InvalidInput(
			FIELD,
			`entry ${at} has ${shown(value)} in ${inWords(name)}`,
			'Give a text or a number there.',
		);
	});
}

/** What fields are for by their names, which are the same in all rows of a table. */
class Kinds {
	private readonly known = new Map<string, 'naming' | 'ofEveryRow' | 'other'>();

	of(name: string): 'naming' | 'ofEveryRow' | 'other' {
		const known = this.known.get(name);
		if (known !== undefined) return known;
		const word = plain(name);
		const kind = NAMING.has(word) ? 'naming' : OF_EVERY_ROW.has(word) ? 'ofEveryRow' : 'other';
		this.known.set(name, kind);
		return kind;
	}
}

/** Of an event, who wrote it counts, and not the number of ours that they wrote to. */
function withoutOurs(row: IDataObject, names: string[]): string[] {
	if (names.length === 1) return names;
	const isFrom = names.some((name) => plain(name) === 'sender' && !isBlank(row[name]));
	return isFrom ? names.filter((name) => plain(name) !== 'recipient') : names;
}

/** The row within an item of n8n's, as $('Get rows').all() gives it. */
function itemOrRow(entry: IDataObject): IDataObject {
	return isPlainObject(entry.json) ? entry.json : entry;
}

const isName = (value: unknown): value is string | number =>
	typeof value === 'string' || typeof value === 'number';

const plain = (name: string) => name.toLowerCase().replace(/[\s_.-]+/g, '');

function unrecognised(row: IDataObject, at: number): InvalidInput {
	const names = Object.keys(row).slice(0, FIELDS_NAMED).map(inWords).join(', ');
	return new InvalidInput(
		FIELD,
		`entry ${at} has no field that names somebody, such as phone or email`,
		`It has ${names}. Give the values of one field, such as with .map(row => row.json.phone).`,
	);
}
