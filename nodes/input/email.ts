import { isBlank } from './blank';
import { allOrNone } from './faults';
import { InvalidInput } from './invalidInput';
import { parse } from './libraries/emailAddresses';
import { shown, withoutInvisible } from './shown';
import { parsedUrl } from './url';

const CURE = 'Enter an address such as ana@example.com.';
/** Sources: RFC 5321, 4.5.3.1; RFC 1035, 2.3.4; RFC 3696, erratum 1690. */
const LONGEST_LOCAL = 64;
const LONGEST_LABEL = 63;
const LONGEST = 254;
/** An address with its display name. */
const LONGEST_FIELD = 1_000;

/** Words of letters, digits and RFC 5322's other characters, with single dots between. */
const LOCAL =
	/^(?:[\w!#$%&'*+/=?^`{|}~-]|[^\p{ASCII}\p{Z}\p{C}])+(?:\.(?:[\w!#$%&'*+/=?^`{|}~-]|[^\p{ASCII}\p{Z}\p{C}])+)*$/u;
const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u;

/** An address without anything around it, which is most of them. */
const ALONE = /^[^\s"<>()[\]\\,;:@]+@[^\s"<>()[\]\\,;:@]+$/;

type Reading = { value: string } | { problem: string; cure?: string };

/** Whether it is an address and nothing else: no display name, no blanks around. */
export function isEmail(value: unknown): value is string {
	const reading = read(value);
	return 'value' in reading && reading.value === value;
}

/**
 * One email address. Of Ana <ana@example.com> it is the address alone. Letters of all scripts stay
 * as they were typed, and so does punycode.
 *
 * @throws InvalidInput naming the field: no address, several, or one that cannot exist
 */
export function requireEmail(field: string, value: unknown): string {
	const reading = read(value);
	if ('value' in reading) return reading.value;
	throw new InvalidInput(field, reading.problem, reading.cure ?? CURE);
}

const PLAIN = /^[a-z0-9._%+'-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i;

/**
 * What two spellings of one address have in common: its case does not matter, nor whether its domain
 * is written in letters of other scripts or in punycode.
 *
 * @returns undefined when it is no address
 */
export function emailKey(value: unknown): string | undefined {
	// Most are plain, and lists of them are long. What begins with xn-- is in punycode already.
	if (typeof value === 'string' && value.length <= LONGEST_LOCAL && PLAIN.test(value)) {
		return value.toLowerCase();
	}
	const reading = read(value);
	if (!('value' in reading)) return undefined;
	const { local, domain } = inParts(reading.value);
	return `${local.normalize('NFC').toLowerCase()}@${asciiDomain(domain) ?? domain}`;
}

/**
 * Several addresses, separated by commas, semicolons or line ends, or as a list.
 *
 * @returns none when nothing was entered
 * @throws InvalidInput naming all that are no addresses
 */
export function requireEmails(field: string, value: unknown): string[] {
	const parts: unknown[] = Array.isArray(value)
		? value
		: typeof value === 'string'
			? split(value)
			: [value];
	const readings = parts
		.filter((part) => !isBlank(part))
		.map((part) => read(typeof part === 'string' ? part.trim() : part))
		.map((one) => ('problem' in one ? { cure: CURE, ...one } : one));
	return allOrNone(field, readings);
}

/** Splits at what stands outside quotation marks and angle brackets: "Doe, Ana" <ana@…>. */
function split(text: string): string[] {
	return text.match(/(?:"[^"\n]*"|<[^>\n]*>|[^,;\n])+/g) ?? [];
}

function read(value: unknown): Reading {
	if (isBlank(value)) return { problem: 'is empty' };
	if (typeof value !== 'string') return { problem: `${shown(value)} is not an email address` };
	const text = withoutInvisible(value)
		.trim()
		.replace(/^mailto:/i, '');
	if (text.length > LONGEST_FIELD) return { problem: `${shown(value)} is too long for an address` };
	if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text)) {
		return { problem: `${shown(text)} has a line break or another control character` };
	}
	const found = ALONE.test(text) ? inParts(text) : parsed(text);
	if (found === 'several') {
		return { problem: `${shown(text)} holds more than one address`, cure: 'Enter one address.' };
	}
	const none = `${shown(value)} is not an email address`;
	if (found === undefined || !LOCAL.test(found.local)) return { problem: none };
	const reason = fault(found);
	return reason === undefined
		? { value: `${found.local}@${found.domain}` }
		: { problem: `${none}: ${reason}` };
}

interface Parts {
	local: string;
	domain: string;
}

function inParts(address: string): Parts {
	const at = address.lastIndexOf('@');
	return { local: address.slice(0, at), domain: address.slice(at + 1) };
}

/** The address within a display name, angle brackets or comments. */
function parsed(text: string): Parts | 'several' | undefined {
	const addresses = parse({ input: text, rfc6532: true, atInDisplayName: true })?.addresses ?? [];
	if (addresses.length > 1 || isSeveral(text)) return 'several';
	const [mailbox] = addresses;
	if (mailbox?.type !== 'mailbox') return undefined;
	// What the parser put together, such as from words with comments between, nobody means.
	const written = text.includes('<') ? `<${mailbox.address}>` : mailbox.address;
	return text.replace(/(?<=<)\s+|\s+(?=>)/g, '').includes(written) ? mailbox : undefined;
}

/** Two addresses in a way that RFC 5322 does not know, such as with a semicolon or a blank. */
function isSeveral(text: string): boolean {
	return !text.includes('<') && (text.match(/[^\s@]@[^\s@]+\.[^\s@]/g)?.length ?? 0) > 1;
}

function fault({ local, domain }: Parts): string | undefined {
	if (Buffer.byteLength(local) > LONGEST_LOCAL) {
		return `more than ${LONGEST_LOCAL} characters before the @`;
	}
	const labels = domain.split('.');
	if (labels.length < 2) return 'its domain has no dot';
	if (!labels.every((label) => LABEL.test(label))) return 'its domain cannot exist';
	const last = labels[labels.length - 1];
	if (last.length < 2 || /^\d+$/.test(last)) return 'its domain cannot exist';
	const ascii = asciiDomain(domain);
	if (ascii === undefined || ascii.split('.').some((label) => label.length > LONGEST_LABEL)) {
		return 'its domain cannot exist';
	}
	return local.length + 1 + ascii.length > LONGEST ? `more than ${LONGEST} characters` : undefined;
}

/** The domain as it is on the wire: letters of other scripts in punycode. */
function asciiDomain(domain: string): string | undefined {
	return parsedUrl(`http://${domain}`)?.hostname;
}
