import { InvalidInput } from './invalidInput';
import { shown, withoutInvisible } from './shown';
import { requireText } from './text';

/** What an address may hold as it stands. Everything else is encoded as browsers do. */
const PLAIN = /^[\x21-\x7e]*$/;

/**
 * A full URL, without blanks and invisible characters around, blanks inside encoded. What is
 * already a plain URL stays as it is, to the letter: it may be signed.
 *
 * @param protocols such as ['https:']
 * @throws InvalidInput when the field is not an absolute URL of one of the protocols
 */
export function requireUrl(field: string, value: unknown, protocols = ['https:', 'http:']): string {
	const cure = `Enter a full URL that starts with ${protocols.map((name) => `${name}//`).join(' or ')}.`;
	const text = requireText(field, value, 'Enter a full URL such as https://example.com/a.jpg.');
	const url = withoutInvisible(text).trim();
	// The URL parser would take line breaks and tabs out without a word.
	if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(url)) {
		throw new InvalidInput(
			field,
			`${shown(url)} is not a valid URL: it has a line break or another control character`,
			'Take it out, or separate several URLs where the field takes several.',
		);
	}
	return encoded(url, protocols) ?? refuse(field, text, cure);
}

/**
 * The parts of an address, undefined for what is none. Not `URL.canParse`: that of Node.js 20 refuses
 * letters such as ü once it has been called some thousand times.
 */
export function parsedUrl(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}

function encoded(text: string, protocols: string[]): string | undefined {
	const url = parsedUrl(text);
	if (url === undefined || !protocols.includes(url.protocol)) return undefined;
	if (!text.toLowerCase().startsWith(`${url.protocol}//`)) return undefined;
	return PLAIN.test(text) ? text : url.href;
}

function refuse(field: string, text: string, cure: string): never {
	throw new InvalidInput(field, `${shown(text)} is not a valid URL`, cure);
}
