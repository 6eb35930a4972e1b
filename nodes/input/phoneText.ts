import { nameOf, withoutInvisible } from './shown';

const AS_TEXT = 'Format the column as text before the numbers are entered.';
const ONE_NUMBER = 'Enter one number, such as +14155550123.';
/** Longer than any phone number with all its brackets and blanks. */
const LONGEST = 60;

/** What people put between digits: blanks, dots, dashes, brackets, a slash. */
const SEPARATORS = /[\p{Zs}.\u00b7\p{Pd}\u2212()[\]/]/gu;
/** What spreadsheets and exports put around: an apostrophe, quotation marks, a formula. */
const WRAPPING = /^(?:=?"(.*)"|=(.*)|['’‘`´](.*?)['’‘`´]?)$/s;
const EXTENSION = /(?:;?\s*ext(?:ension|n)?\b|[x#*])[.:=\s]*\d*\s*$/i;
/** 1.4155550123E+10 */
const SCIENTIFIC = /^\+?(\d)[.,]?(\d*)e\+?(\d{1,2})$/i;
const BRACKETED_ZERO = /[([]\s*0\s*[)\]]/;

export type Tidy =
	| {
			/** Digits, with a + before them or without. */
			compact: string;
			/** Written as +44 (0) 7700 900123. */
			hasBracketedZero: boolean;
	  }
	| { problem: string; cure: string };

/**
 * The digits of a phone number as people, spreadsheets and websites write it, as far as that is
 * certain. Digits of other scripts become ours.
 *
 * @returns a problem, as the end of the sentence "<number> …", for what may be something else
 */
export function tidyPhone(value: string | number): Tidy {
	if (typeof value === 'number') return ofNumber(value);
	const entered = withoutInvisible(value).trim();
	if (entered.length > LONGEST) return { problem: 'is too long', cure: ONE_NUMBER };
	const text = unwrap(asciiDigits(entered));
	return ofSpreadsheet(text) ?? whatIsWrong(text) ?? compacted(text);
}

/** Numbers typed as numbers: the + and zeros in front are gone, the rest is certain. */
function ofNumber(value: number): Tidy {
	if (Number.isSafeInteger(value) && value > 0) {
		return { compact: String(value), hasBracketedZero: false };
	}
	return { problem: 'is not a phone number but the result of a calculation', cure: AS_TEXT };
}

function unwrap(text: string): string {
	const [, quoted, formula, apostrophe] = WRAPPING.exec(text) ?? [];
	const inner = quoted ?? formula ?? apostrophe;
	return inner === undefined ? text.replace(/^tel:/i, '') : unwrap(inner.trim());
}

/** What a spreadsheet makes of a long number: read where no digit is lost. */
function ofSpreadsheet(text: string): Tidy | undefined {
	if (/^\+?\d+\.0+$/.test(text)) {
		return { compact: text.replace(/\..*/, ''), hasBracketedZero: false };
	}
	const [, first, others, exponent] = SCIENTIFIC.exec(text) ?? [];
	if (first === undefined) return undefined;
	if (others.length === Number(exponent)) {
		return { compact: first + others, hasBracketedZero: false };
	}
	return { problem: 'is a number that a spreadsheet has cut short', cure: AS_TEXT };
}

function whatIsWrong(text: string): Tidy | undefined {
	if (/[\r\n\u2028\u2029]/.test(text)) return { problem: 'has two lines', cure: ONE_NUMBER };
	if (!/\d/.test(text) || /@/.test(text)) {
		return {
			problem: 'is not a phone number',
			cure: 'Write it as + followed by the country code and the number, such as +14155550123.',
		};
	}
	if (/\d[^+]*\+/.test(text)) return { problem: 'holds more than one number', cure: ONE_NUMBER };
	if (EXTENSION.test(text)) {
		return {
			problem: 'has an extension, which no message reaches',
			cure: 'Take the extension out, or enter a mobile number.',
		};
	}
	if (/[,;|&]/.test(text)) return { problem: 'holds more than one number', cure: ONE_NUMBER };
	if (/\p{L}/u.test(text)) {
		return {
			problem: 'has letters',
			cure: 'Write it with digits only, such as +14155550123.',
		};
	}
	if (/^-\s*\d/.test(text)) {
		return { problem: 'is not a phone number but the result of a calculation', cure: AS_TEXT };
	}
	// +49 30 123456/57 means two numbers, 0171/1234567 one.
	if (/\/[^/]*\//.test(text) || /\/\D*\d?\D*\d?\D*\d?\D*$/.test(text)) {
		return { problem: 'holds a slash, which may mean two numbers', cure: ONE_NUMBER };
	}
	const [strange] = text.replace(SEPARATORS, '').match(/[^\d+]/u) ?? [];
	if (strange === undefined) return undefined;
	return { problem: `has ${nameOf(strange)} in it`, cure: ONE_NUMBER };
}

function compacted(text: string): Tidy {
	return {
		compact: text.replace(SEPARATORS, ''),
		hasBracketedZero: BRACKETED_ZERO.test(text),
	};
}

/** Full-width and all other scripts' digits and the full-width + and brackets as ASCII. */
function asciiDigits(text: string): string {
	return text
		.replace(/[\uff08\uff09\uff0b\uff0d-\uff0f]/g, (wide) =>
			String.fromCharCode(wide.charCodeAt(0) - 0xfee0),
		)
		.replace(/[^\P{Nd}0-9]/gu, digit);
}

/** Unicode has the ten digits of a script in a row, from zero. */
function digit(character: string): string {
	const code = character.codePointAt(0) ?? 0;
	let zero = code;
	while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
	return String((code - zero) % 10);
}
