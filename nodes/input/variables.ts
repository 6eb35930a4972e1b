import type { IDataObject } from 'n8n-workflow';

import { isBlank, withoutBlanks } from './blank';
import { InvalidInput } from './invalidInput';
import { isPlainObject, requireJsonObject } from './json';
import { shown } from './shown';
import { requireText } from './text';

const EMPTY_CURE = 'Enter a value: the template cannot be sent without it.';
/**
 * Source: what WhatsApp's Cloud API answers, "Param text cannot have new-line/tab characters or
 * more than 4 consecutive spaces".
 */
const NOT_ON_ONE_LINE = /[\r\n\t\u2028\u2029]| {5,}/;

export interface VariableRules {
	/**
	 * Whether the values must be on one line, without tabs and without more than four blanks in a
	 * row, which WhatsApp refuses in the variables of a template.
	 */
	oneLine?: boolean;
	/**
	 * Whether the variables that the editor laid out are those of the template that is sent. Where it
	 * is an expression, they are those of the one that was chosen before.
	 */
	isOwn?: boolean;
}

/**
 * The values that a user entered for a template's variables, by the names of the variables: the
 * same rule for all vendors. Numbers are their digits.
 *
 * @throws InvalidInput for a variable that is empty, no text, not on one line where it must be, or
 *   none of the template's
 */
export function readVariables(
	draft: IDataObject,
	rules: VariableRules = {},
): Record<string, string> {
	const { values, schema } =
		draft.variablesFrom === 'json' ? fromJson(draft) : fromFields(draft, rules.isOwn);
	for (const { id, required } of schema) {
		if (required === true && isBlank(values[String(id)])) throw missingVariable(String(id));
	}
	const known = new Set(schema.map(({ id }) => String(id)));
	const isLaidOut = known.size > 0;
	// What is laid out, not required and empty is left out; in JSON an empty value is a mistake.
	const entered = Object.entries(values).filter(([, value]) => !isLaidOut || !isBlank(value));
	for (const [name] of entered) if (isLaidOut && !known.has(name)) throw unknownVariable(name);
	return Object.fromEntries(
		entered.map(([name, value]) => [name, requireVariable(name, value, rules)]),
	);
}

/**
 * The value of one variable of a template.
 *
 * @throws InvalidInput when it is empty, no text, or not on one line where it must be
 */
export function requireVariable(
	name: string,
	value: unknown,
	{ oneLine = false }: VariableRules = {},
): string {
	if (isBlank(value)) throw missingVariable(name);
	const text = requireText(`Variable ${name}`, value, 'Enter text or a number.');
	if (!oneLine || !NOT_ON_ONE_LINE.test(text)) return text;
	throw new InvalidInput(
		`Variable ${name}`,
		`${shown(text)} has a line break, a tab or more than four blanks in a row`,
		'WhatsApp does not take them in a variable. Put them into the template itself.',
	);
}

export function missingVariable(name: string): InvalidInput {
	return new InvalidInput(`Variable ${name}`, 'is empty', EMPTY_CURE);
}

export function unknownVariable(name: string): InvalidInput {
	return new InvalidInput(
		`Variable ${name}`,
		'is not part of the template',
		'Take it out, or close this node and open it again, which lays out the variables anew.',
	);
}

interface Entered {
	values: IDataObject;
	/** The template's variables as the editor laid them out; empty where it did not. */
	schema: IDataObject[];
}

function fromJson({ variablesJson }: IDataObject): Entered {
	const values = isBlank(variablesJson) ? {} : requireJsonObject('Variables (JSON)', variablesJson);
	return { values, schema: [] };
}

function fromFields({ variables }: IDataObject, isOwn = true): Entered {
	if (!isPlainObject(variables)) return { values: {}, schema: [] };
	// Without the editor's wrapping it is the values themselves, as a program would give them.
	if (!('mappingMode' in variables)) return { values: variables, schema: [] };
	const schema = Array.isArray(variables.schema) ? (variables.schema as IDataObject[]) : [];
	const values = isPlainObject(variables.value) ? variables.value : {};
	if (!isOwn) return { values: withoutBlanks(values), schema: [] };
	return { values, schema: schema.filter(({ removed }) => removed !== true) };
}
