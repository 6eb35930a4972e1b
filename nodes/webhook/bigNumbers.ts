/** So many digits in a row a number must have to be too large to be exact. */
const MAY_BE_TOO_LARGE = /\d{16}/;

/** At the beginning of a number: all of it, and whether it is a whole one. */
const NUMBER = /-?\d+(\.\d+)?([eE][+-]?\d+)?/y;

/**
 * Reads JSON like JSON.parse, but for whole numbers beyond 2^53, such as ids of Instagram: JavaScript
 * would change their last digits, so they become text with the digits as they were written.
 *
 * @throws SyntaxError for what is no JSON
 */
export function parseWithBigNumbers(json: string): unknown {
	const parsed: unknown = JSON.parse(json);
	if (!MAY_BE_TOO_LARGE.test(json)) return parsed;
	const quoted = withBigNumbersQuoted(json);
	return quoted === json ? parsed : JSON.parse(quoted);
}

/** @param json valid JSON, in which a quote can only begin or end a text */
function withBigNumbersQuoted(json: string): string {
	const parts: string[] = [];
	let copied = 0;
	for (let at = 0; at < json.length; at++) {
		const letter = json[at];
		if (letter === '"') {
			at = endOfText(json, at);
		} else if (letter === '-' || (letter >= '0' && letter <= '9')) {
			NUMBER.lastIndex = at;
			const [number, fraction, exponent] = NUMBER.exec(json) ?? [letter];
			const isWhole = fraction === undefined && exponent === undefined;
			if (isWhole && !Number.isSafeInteger(Number(number))) {
				parts.push(json.slice(copied, at), '"', number, '"');
				copied = at + number.length;
			}
			at += number.length - 1;
		}
	}
	parts.push(json.slice(copied));
	return parts.join('');
}

/** @returns where the quote stands that ends the text which begins here */
function endOfText(json: string, start: number): number {
	let end = start;
	do {
		end = json.indexOf('"', end + 1);
	} while (isEscaped(json, end));
	return end;
}

function isEscaped(json: string, at: number): boolean {
	let backslashes = 0;
	while (json[at - 1 - backslashes] === '\\') backslashes++;
	return backslashes % 2 === 1;
}
