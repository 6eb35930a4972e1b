import { isBlank } from './blank';
import { DEFAULT_COUNTRY, readCountry, toCountry } from './country';
import { allOrNone, type Fault } from './faults';
import { InvalidInput } from './invalidInput';
import {
	type CountryCode,
	getCountries,
	getCountryCallingCode,
	type PhoneNumber,
	parsePhoneNumberWithError,
} from './libraries/phoneNumbers';
import { tidyPhone } from './phoneText';
import { shown } from './shown';

const EXAMPLE = '+14155550123';
/** Mexican mobile numbers as WhatsApp knows them: a 1 that phone numbers have lost since 2019. */
const MEXICAN_CHAT = /^\+521\d{10}$/;
/** The number of vendors' manuals. Nobody has it, so that trying an example reaches no stranger. */
const OF_MANUALS = '+1234567890';

/** ITU-T E.164: at most 15 digits. */
const LONGEST = /^\+\d{1,15}$/;

type Reading = { value: string } | Fault;

/**
 * Brings a phone number into the form that all vendors take, without guessing: + and digits.
 * Numbers must be possible in their country, which means of a length that it has; whether they are
 * given to anybody is not asked, as new ranges open every week. The digits of a number with its
 * country code stay as they are, except for a national zero that no network takes.
 *
 * @param country two letters of ISO 3166, in any case: where numbers without a country code are
 *   meant; any other text counts as none
 * @returns the number, such as +14155550123, or undefined when it cannot be one
 */
export function toE164(value: unknown, country?: unknown): string | undefined {
	const reading = read(value, toCountry(country));
	return 'value' in reading ? reading.value : undefined;
}

const PLAIN = /^\+[1-9]\d{6,14}$/;
const LONGEST_CODE = 3;
let codes: Set<string> | undefined;

/**
 * Whether a text is a number as toE164 gives it, as far as that shows at a glance: + and digits, the
 * code of a country, and no national zero behind it. Its length is not held against its country's.
 * For lists that are too long to read each number.
 */
export function isPlainE164(text: string): boolean {
	if (!PLAIN.test(text)) return false;
	codes ??= new Set(getCountries().map((country) => getCountryCallingCode(country) as string));
	for (let length = 1; length <= LONGEST_CODE; length++) {
		// No code is the start of another one.
		if (codes.has(text.slice(1, 1 + length))) return text[1 + length] !== '0';
	}
	return false;
}

/**
 * As toE164.
 *
 * @throws InvalidInput naming the field, what is wrong and what to do; or the option Default
 *   Country when that is no country
 */
export function requirePhone(field: string, value: unknown, country?: unknown): string {
	const reading = read(value, readCountry(country));
	if ('value' in reading) return reading.value;
	throw new InvalidInput(field, reading.problem, reading.cure);
}

/**
 * Several phone numbers, separated by commas, semicolons or line ends, or as a list.
 *
 * @throws InvalidInput when there is none, or naming all that are no phone numbers
 */
export function requirePhones(field: string, value: unknown, country?: unknown): string[] {
	const parts: unknown[] = Array.isArray(value)
		? value
		: typeof value === 'string'
			? value.split(/[,;\r\n]/)
			: [value];
	const entered = parts
		.filter((part) => !isBlank(part))
		.map((part) => (typeof part === 'string' ? part.trim() : part));
	if (entered.length <= 1) return [requirePhone(field, entered[0], country)];
	const known = readCountry(country);
	return allOrNone(
		field,
		entered.map((part) => read(part, known)),
	);
}

function read(value: unknown, country: CountryCode | undefined): Reading {
	if (isBlank(value)) {
		return { problem: 'is empty', cure: `Enter a phone number such as ${EXAMPLE}.` };
	}
	if (typeof value !== 'string' && typeof value !== 'number') {
		return {
			problem: `holds ${shown(value)}, which is not a phone number`,
			cure: `Give one phone number such as ${EXAMPLE}.`,
		};
	}
	const tidy = tidyPhone(value);
	if ('problem' in tidy) {
		return { problem: `${shown(value)} ${tidy.problem}`, cure: tidy.cure };
	}
	const { compact, hasBracketedZero } = tidy;
	if (compact.startsWith('+')) return withCode(value, compact, hasBracketedZero);
	if (compact.startsWith('00')) {
		const reading = withCode(value, `+${compact.slice(2)}`, hasBracketedZero);
		if ('value' in reading || country === undefined) return reading;
	}
	return country === undefined ? noCode(value, compact) : local(value, compact, country);
}

/** A number with its country code. */
function withCode(value: unknown, compact: string, hasBracketedZero: boolean): Reading {
	if (MEXICAN_CHAT.test(compact) || compact === OF_MANUALS) return { value: compact };
	const asItIs = parse(compact);
	if (asItIs === undefined) {
		return {
			problem: `${shown(value)} does not start with the code of a country`,
			cure: `Write it as + followed by the country code and the number, such as ${EXAMPLE}.`,
		};
	}
	const code = `+${asItIs.countryCallingCode}`;
	const rest = compact.slice(code.length);
	const readings = [asItIs];
	if (hasBracketedZero && rest.startsWith('0')) {
		const withoutZero = parse(code + rest.slice(1));
		if (withoutZero !== undefined) readings.push(withoutZero);
	}
	const best = mostLikely(readings.filter((one) => keepsDigits(one, code, rest)));
	if (best !== undefined) return { value: best.number };
	return impossible(value, asItIs);
}

/** Whether a reading took no more away than a national zero, and put nothing in. */
function keepsDigits({ number }: PhoneNumber, code: string, rest: string): boolean {
	return number === code + rest || (rest.startsWith('0') && number === code + rest.slice(1));
}

/** A number without a country code, in a country that was chosen. */
function local(value: string | number, compact: string, country: CountryCode): Reading {
	const code = getCountryCallingCode(country);
	const asItIs = parse(compact, country);
	const readings = [asItIs];
	// Stored as a number it has lost its first zero, which in Italy and elsewhere is part of it.
	if (typeof value === 'number' && asItIs?.isValid() !== true) {
		readings.push(parse(`0${compact}`, country));
	}
	// 4917… in Germany: a country code without the +, or a number of the country?
	if (compact.startsWith(code)) readings.push(parse(`+${compact}`));
	const possible = readings.filter((one) => one !== undefined);
	const best = mostLikely(possible);
	if (best !== undefined && isStable(best.number)) return { value: best.number };
	const isAmbiguous = best !== undefined || possible.filter((one) => one.isPossible()).length > 1;
	return {
		problem: isAmbiguous
			? `${shown(value)} can be read as more than one number in ${country}`
			: `${shown(value)} is not a possible phone number in ${country}`,
		cure: `Write it as + followed by the country code and the number, such as ${EXAMPLE}.`,
	};
}

/** Whether a number with its country code is read as itself; where it is not, it may be another's. */
function isStable(number: string): boolean {
	const again = withCode(number, number, false);
	return LONGEST.test(number) && 'value' in again && again.value === number;
}

/** Of several readings of one number, the only one, or the only one of a range that is in use. */
function mostLikely(readings: PhoneNumber[]): PhoneNumber | undefined {
	const possible = readings.filter((one) => one.isPossible());
	const different = possible.filter(
		(one, index) => possible.findIndex(({ number }) => number === one.number) === index,
	);
	if (different.length <= 1) return different[0];
	const valid = different.filter((one) => one.isValid());
	return valid.length === 1 ? valid[0] : undefined;
}

function noCode(value: string | number, compact: string): Reading {
	const guess = parse(`+${compact}`);
	const isGuess = guess?.number === `+${compact}` && guess.isPossible();
	return {
		problem: `${shown(value)} needs + and the country code`,
		cure: isGuess
			? `If the country code is already there, use ${guess.number}. If not, choose the country under ${DEFAULT_COUNTRY} in the options.`
			: `Write it with + and the country code, such as ${EXAMPLE}, or choose the country under ${DEFAULT_COUNTRY} in the options.`,
	};
}

function impossible(value: unknown, number: PhoneNumber): Reading {
	if (number.isPossible()) {
		return {
			problem: `${shown(value)} is not how a number is written with its country code`,
			cure: `If it means ${number.number}, write that.`,
		};
	}
	const where = number.country ?? `the country code +${number.countryCallingCode}`;
	return {
		problem: `${shown(value)} is not possible: it is too short or too long for ${where}`,
		cure: 'Check its digits.',
	};
}

function parse(text: string, country?: CountryCode): PhoneNumber | undefined {
	try {
		return parsePhoneNumberWithError(text, { defaultCountry: country, extract: false });
	} catch {
		return undefined;
	}
}
