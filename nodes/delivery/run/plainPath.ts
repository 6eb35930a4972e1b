import { isSafeObjectProperty } from 'n8n-workflow';

/** A way to a value, such as `$json.address["First Line"]`: a variable, and the names that follow. */
export interface PlainPath {
	/** As the user wrote it. */
	code: string;
	variable: string;
	names: string[];
}

/** What goes into a text as it is. */
export type Plain = string | number | boolean;

const VARIABLE = /\$(?:json|vars|env|workflow|execution)/y;

/** One step: .name, ["name"], ['name'] or [0]. Rarer spellings are left to n8n. */
const STEP =
	/\.(?<name>[\p{ID_Start}$_][\p{ID_Continue}$]*)|\["(?<double>[^"\\{}\n\r\u2028\u2029]*)"\]|\['(?<single>[^'\\{}\n\r\u2028\u2029]*)'\]|\[(?<index>0|[1-9]\d{0,8})\]/uy;

/** The null character and half an emoji, which one of n8n's engines for expressions alters. */
const ALTERED = /[\0\p{Surrogate}]/u;

/** Scripts from here on have letters that n8n's parser does not know yet. */
const LATER_SCRIPTS = /[\u0870-\u{10ffff}]/u;

/**
 * Reads what stands between {{ and }}.
 *
 * @returns undefined for what is more than a path, or is treated by n8n in a way of its own
 */
export function readPlainPath(code: string): PlainPath | undefined {
	const path = code.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
	VARIABLE.lastIndex = 0;
	const [variable] = VARIABLE.exec(path) ?? [''];
	const names: string[] = [];
	for (let at = variable.length; at < path.length; at = STEP.lastIndex) {
		STEP.lastIndex = at;
		const step = STEP.exec(path)?.groups;
		if (variable === '' || step === undefined) return undefined;
		const { name, double, single, index } = step;
		if (name !== undefined && !isOrdinary(name)) return undefined;
		names.push(name ?? double ?? single ?? index);
	}
	return names.length > 0 && names.every(isSafe) ? { code: path, variable, names } : undefined;
}

/** Whether n8n reads a name after a dot as nothing but a name. */
function isOrdinary(name: string): boolean {
	return !LATER_SCRIPTS.test(name) && name !== 'globalThis' && name !== '$';
}

function isSafe(name: string): boolean {
	return isSafeObjectProperty(name) && !(name in Object.prototype);
}

/**
 * The value that the names lead to.
 *
 * @returns undefined unless it is there, and is text, a number or a boolean
 */
export function valueAt(json: unknown, names: string[]): Plain | undefined {
	let value = json;
	for (const name of names) {
		if (!holds(value, name)) return undefined;
		value = value[name];
	}
	return isPlain(value) ? value : undefined;
}

/** Not so: NaN, and text that not every engine of n8n leaves as it is. */
export function isPlain(value: unknown): value is Plain {
	if (typeof value === 'string') return !ALTERED.test(value);
	return typeof value === 'boolean' || Number.isFinite(value);
}

/** Only in lists and objects as JSON has them: a Date or a class instance has ways of its own. */
function holds(value: unknown, name: string): value is Record<string, unknown> {
	if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return false;
	if (Array.isArray(value)) return /^\d+$/.test(name);
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === null || Object.getPrototypeOf(prototype) === null;
}
