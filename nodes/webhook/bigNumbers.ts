/** A whole number of so many digits that it may be too large to be exact. Nothing to do in most bodies. */
const LARGE = /(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

/**
 * Reads JSON like JSON.parse, but for whole numbers beyond 2^53, such as ids of Instagram: JavaScript
 * would change their last digits, so they become text with the digits as they were written.
 *
 * @throws SyntaxError for what is no JSON
 */
export function parseWithBigNumbers(json: string): unknown {
	const parsed: unknown = JSON.parse(json);
	const quoted = withBigNumbersQuoted(json);
	return quoted === json ? parsed : JSON.parse(quoted);
}

/** @param json valid JSON, in which an unescaped quote can only begin or end a text */
function withBigNumbersQuoted(json: string): string {
	const parts: string[] = [];
	let copied = 0;
	/** Where the next text begins that has not been looked at, and where the last one was over. */
	let begin = json.indexOf('"');
	let end = 0;
	for (const { 0: number, index } of json.matchAll(LARGE)) {
		while (begin >= 0 && begin < index) {
			end = endOfText(json, begin);
			begin = json.indexOf('"', end + 1);
		}
		const isInText = index < end;
		if (isInText || Number.isSafeInteger(Number(number))) continue;
		parts.push(json.slice(copied, index), '"', number, '"');
		copied = index + number.length;
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
