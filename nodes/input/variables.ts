import type { IDataObject } from 'n8n-workflow';

import { isBlank } from './blank';
import { InvalidInput } from './invalidInput';
import { isPlainObject, requireJsonObject } from './json';

/**
 * The values that a user entered for a template's variables, by the names of the variables.
 *
 * @throws InvalidInput for a variable that is empty, or is none of the template's
 */
export function readVariables(draft: IDataObject): Record<string, string> {
	const { values, schema } = draft.variablesFrom === 'json' ? fromJson(draft) : fromFields(draft);
	for (const { id, required } of schema) {
		if (required === true && isBlank(values[String(id)])) throw missingVariable(String(id));
	}
	const known = new Set(schema.map(({ id }) => String(id)));
	const isLaidOut = known.size > 0;
	// What is laid out, not required and empty is left out; in JSON an empty value is a mistake.
	const entered = Object.entries(values).filter(([, value]) => !isLaidOut || !isBlank(value));
	for (const [name] of entered) if (isLaidOut && !known.has(name)) throw unknownVariable(name);
	return Object.fromEntries(entered.map(([name, value]) => [name, variableText(name, value)]));
}

export function missingVariable(name: string): InvalidInput {
	return new InvalidInput(
		`Variable ${name}`,
		'is empty',
		'Enter a value: the template cannot be sent without it.',
	);
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

function fromFields({ variables }: IDataObject): Entered {
	if (!isPlainObject(variables)) return { values: {}, schema: [] };
	// Without the editor's wrapping it is the values themselves, as a program would give them.
	if (!('mappingMode' in variables)) return { values: variables, schema: [] };
	const schema = Array.isArray(variables.schema) ? (variables.schema as IDataObject[]) : [];
	return {
		values: isPlainObject(variables.value) ? variables.value : {},
		schema: schema.filter(({ removed }) => removed !== true),
	};
}

function variableText(name: string, value: unknown): string {
	if (isBlank(value)) throw missingVariable(name);
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	throw new InvalidInput(`Variable ${name}`, 'is not text', 'Enter text or a number.');
}
