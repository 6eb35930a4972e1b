import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { isPlainObject } from '../../input/json';
import { parsedUrl } from '../../input/url';

/** Shorter ones stand in any text; nothing could be read any more. */
const SHORTEST = 4;
/** Base64 of a short secret after other bytes is too short to be told from ordinary text. */
const SHORTEST_INSIDE_BASE64 = 8;
/** What is shorter may be a word that somebody writes. No vendor's key is. */
const SHORTEST_IN_ANSWERS = 8;
const STANDS_FOR = '***';

/** What a credential holds besides secrets: addresses, ids, and n8n's own limits to domains. */
const NOT_SECRET = /(url|ids?|domains?)$/i;

/**
 * The texts of a credential that nobody may see. A field counts as secret unless its name says that
 * it holds an address or an id, so that a new kind of credential is safe from the start.
 */
export function secretsOf(credentials: ICredentialDataDecryptedObject): string[] {
	return [...new Set(Object.entries(credentials).flatMap(secretsIn))];
}

function secretsIn([name, value]: [string, unknown]): string[] {
	if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(secretsIn);
	if (typeof value !== 'string' && typeof value !== 'number') return [];
	const text = String(value);
	if (NOT_SECRET.test(name)) return passwordIn(text);
	return [text, text.trim()].filter((one) => one !== '');
}

/** The password that an address may carry, as it is written and as it is meant. */
function passwordIn(address: string): string[] {
	const written = parsedUrl(address)?.password ?? '';
	return written === '' ? [] : [written, converted(written, decodeURIComponent)];
}

/** A text as it is where it cannot be converted, such as half of a pair of surrogates. */
function converted(text: string, convert: (text: string) => string): string {
	try {
		return convert(text);
	} catch {
		return text;
	}
}

/**
 * A text from outside, such as a vendor's error, without any of the secrets: as they are, and as
 * they look in URLs, forms, JSON, HTML and Base64. Must be done before it is shown, stored or logged.
 *
 * @param secrets those under 4 characters are not searched for
 */
export function redacted(text: string, secrets: string[]): string {
	const { forms, any } = lookOf(secrets);
	if (forms.length === 0) return text;
	// What is left on both sides may make up a secret anew. Each round makes the text shorter.
	for (let rest = text; ; ) {
		const freed = rest.replace(any, STANDS_FOR);
		if (freed === rest) return freed;
		rest = freed;
	}
}

/**
 * The same for all texts in something that a vendor has answered. A short secret is not searched for
 * here: it may stand in any message, and a message must stay what it is.
 *
 * @returns the value itself where it holds none of them
 */
export function withoutSecrets<T>(value: T, secrets: string[]): T {
	const { longForms } = lookOf(secrets);
	if (longForms.length === 0) return value;
	const json = JSON.stringify(value) ?? '';
	if (!longForms.some((form) => json.includes(form))) return value;
	const long = secrets.filter(({ length }) => length >= SHORTEST_IN_ANSWERS);
	return freed(value, long) as T;
}

function freed(value: unknown, secrets: string[]): unknown {
	if (typeof value === 'string') return redacted(value, secrets);
	if (Array.isArray(value)) return value.map((entry) => freed(entry, secrets));
	if (!isPlainObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, entry]) => [redacted(name, secrets), freed(entry, secrets)]),
	);
}

/** How secrets may look. */
interface Look {
	forms: string[];
	/** Those of the secrets that are searched for in answers. */
	longForms: string[];
	any: RegExp;
}

/** Found out once for each account of a run, since every message is searched. */
const looks = new WeakMap<string[], Look>();

function lookOf(secrets: string[]): Look {
	const known = looks.get(secrets);
	if (known !== undefined) return known;
	const forms = allFormsOf(secrets, SHORTEST);
	const look = {
		forms,
		longForms: allFormsOf(secrets, SHORTEST_IN_ANSWERS),
		any: new RegExp(forms.map(literally).join('|'), 'g'),
	};
	looks.set(secrets, look);
	return look;
}

function allFormsOf(secrets: string[], shortest: number): string[] {
	const forms = secrets.filter(({ length }) => length >= shortest).flatMap(formsOf);
	return [...new Set(forms)]
		.filter(({ length }) => length >= SHORTEST)
		.sort((a, b) => b.length - a.length);
}

function literally(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

function formsOf(secret: string): string[] {
	const json = jsonForms(secret);
	return [
		secret,
		...urlForms(secret),
		...json,
		...json.flatMap(jsonForms),
		secret.replace(/[&<>"']/g, (one) => HTML[one] ?? one),
		...base64Forms(Buffer.from(secret)),
	];
}

const HTML: Record<string, string | undefined> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

function urlForms(secret: string): string[] {
	const form = new URLSearchParams({ a: secret }).toString().slice('a='.length);
	const encoded = [form, converted(secret, encodeURIComponent)];
	return encoded.flatMap((one) => [one, one.replace(/%../g, (code) => code.toLowerCase())]);
}

function jsonForms(secret: string): string[] {
	const plain = JSON.stringify(secret).slice(1, -1);
	const ascii = plain.replace(
		/[^\0-\x7f]/g,
		(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
	return [plain, ascii].flatMap((one) => [one, one.replaceAll('/', '\\/')]);
}

/**
 * With and without padding, and without the first and last letters, which depend on what stands
 * before and after: that is how a secret looks within `user:secret`.
 */
function base64Forms(bytes: Buffer): string[] {
	const forms = [bytes.toString('base64')];
	if (bytes.length >= SHORTEST_INSIDE_BASE64) {
		for (const before of [0, 1, 2]) {
			const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
			const own = whole.slice(
				Math.ceil((before * 8) / 6),
				Math.floor(((before + bytes.length) * 8) / 6),
			);
			forms.push(own);
		}
	}
	const unpadded = forms.map((form) => form.replace(/=+$/, ''));
	return [...forms, ...unpadded].flatMap((form) => [
		form,
		form.replaceAll('+', '-').replaceAll('/', '_'),
	]);
}
