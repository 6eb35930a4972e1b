import type { IDataObject } from 'n8n-workflow';

import { readAnyList } from '../../input/anyList';
import { isBlank } from '../../input/blank';
import { InvalidInput } from '../../input/invalidInput';
import { isPlainObject } from '../../input/json';
import { inWords, shown } from '../../input/shown';
import { Slices } from '../run/slices';

export const FIELD = 'Suppression List';

/** What stands in the list: texts and numbers, and of each which entry it is, from 1. */
export interface ListEntries {
	names: Array<string | number>;
	at: number[];
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
export async function readEntries(value: unknown): Promise<ListEntries> {
	const list = isPlainObject(value) ? [value] : readAnyList(FIELD, requireGiven(value));
	const slices = new Slices();
	const kinds = new Kinds();
	const table = new Table();
	const entries: ListEntries = { names: [], at: [] };
	const add = (name: string | number, at: number) => {
		entries.names.push(name);
		entries.at.push(at);
	};
	for (let index = 0; index < list.length; index++) {
		if (index % SLICE === 0 && slices.isOver) await slices.giveWay();
		const entry = list[index];
		const at = index + 1;
		const name = typeof entry === 'string' ? entry : table.nameIn(entry);
		if (name !== undefined && (typeof name === 'number' || !isBlank(name))) {
			add(name, at);
			continue;
		}
		for (const one of namesIn(entry, at, kinds, table)) add(one, at);
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
function namesIn(entry: unknown, at: number, kinds: Kinds, table: Table): Array<string | number> {
	if (isBlank(entry)) return [];
	if (isName(entry)) return [entry];
	if (isPlainObject(entry)) return namesInRow(itemOrRow(entry), at, kinds, table);
	throw new InvalidInput(
		FIELD,
		`entry ${at} is ${shown(entry)}`,
		'Give phone numbers, email addresses and IDs, or rows that hold them.',
	);
}

function namesInRow(
	row: IDataObject,
	at: number,
	kinds: Kinds,
	table: Table,
): Array<string | number> {
	const names = Object.keys(row);
	if (names.length === 0) return [];
	let chosen = names.filter((name) => kinds.of(name) === 'naming');
	// Of several, what is in them decides, which may be another thing in the next row.
	const isAlways = chosen.length <= 1;
	if (chosen.length > 0) chosen = withoutOurs(row, chosen);
	else {
		const own = names.filter((name) => kinds.of(name) === 'other');
		chosen = own.length === 0 ? names.filter((name) => plain(name) === 'id') : own;
		if (chosen.length !== 1) throw unrecognised(row, at);
	}
	if (isAlways) table.learn(names, chosen[0]);
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

/** The rows of a table are alike: the field that names somebody is the same in all of them. */
class Table {
	private fields: string[] = [];

	private naming = '';

	/** @param naming the only one of the fields that can name somebody, whatever is in them */
	learn(fields: string[], naming: string): void {
		this.fields = fields;
		this.naming = naming;
	}

	/** @returns undefined where a row is another one than those before, or has no name in that field */
	nameIn(entry: unknown): string | number | undefined {
		if (!isPlainObject(entry)) return undefined;
		const row = itemOrRow(entry);
		const { fields } = this;
		let count = 0;
		for (const field in row) if (field !== fields[count++]) return undefined;
		if (count === 0 || count !== fields.length) return undefined;
		const name = row[this.naming];
		return isName(name) ? name : undefined;
	}
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
