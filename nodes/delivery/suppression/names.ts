import { emailKey } from '../../input/email';
import { isPlainE164, toE164 } from '../../input/phone';

/** What somebody is called by. IDs of digits alone are a kind of their own: phone numbers without + look the same. */
export type NameKind = 'email' | 'id' | 'number' | 'phone';

const PREFIX = /^\s*(?:phone|tel|email|mailto|id):/i;
const ID_PREFIX = /^\s*id:/i;
const DIGITS = /^\d+$/;
const EMAIL = /[^\s@]@/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Longer than any phone number, with letters and digits. */
const LONG_ID = /^(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{20,}$/i;

/** The kind of a name that is already in the form in which a vendor takes it. */
export function kindOf(name: string): NameKind {
	if (name.startsWith('+')) return 'phone';
	if (EMAIL.test(name)) return 'email';
	return DIGITS.test(name) ? 'number' : 'id';
}

/** What all spellings of a name have in common that is already in the form in which a vendor takes it. */
export function keyOf(kind: NameKind, name: string): string {
	switch (kind) {
		case 'phone':
			return phoneKey(name);
		case 'email':
			return emailKey(name) ?? name;
		default:
			return idKey(name);
	}
}

/**
 * The key of what stands in a list, where it is of the kind that is looked for.
 *
 * @param country where phone numbers without a country code are meant
 * @returns null where it is clearly of another kind, undefined where nobody can tell what it is
 */
export function keyIn(
	entry: string | number,
	kind: NameKind,
	country: string | undefined,
): string | null | undefined {
	if (kind === 'phone' && typeof entry === 'string' && isPlainE164(entry)) return phoneKey(entry);
	const text = String(entry).replace(PREFIX, '').trim();
	const isId = ID_PREFIX.test(String(entry)) || UUID.test(text) || LONG_ID.test(text);
	switch (kind) {
		case 'phone': {
			if (isId || EMAIL.test(text)) return null;
			const phone = toE164(typeof entry === 'number' ? entry : text, country);
			return phone && phoneKey(phone);
		}
		case 'email':
			if (EMAIL.test(text)) return emailKey(text);
			return isId || /\d/.test(text) ? null : undefined;
		case 'number':
			if (DIGITS.test(text)) return text;
			return isId || EMAIL.test(text) || /^[+\d\s().-]+$/.test(text) ? null : undefined;
		case 'id':
			return EMAIL.test(text) || text.startsWith('+') || DIGITS.test(text) ? null : idKey(text);
	}
}

/**
 * The same person may have two numbers where WhatsApp adds a digit: a 1 in Mexico, a 9 in Brazil.
 * Source: developers.facebook.com, WhatsApp Cloud API, phone numbers: "the extra added prefix of the
 * phone number may be modified".
 */
function phoneKey(phone: string): string {
	if (phone.startsWith('+52')) return phone.replace(/^\+521(?=\d{10}$)/, '+52');
	if (phone.startsWith('+55')) return phone.replace(/^(\+55\d\d)9(?=[6-9]\d{7}$)/, '$1');
	return phone;
}

function idKey(id: string): string {
	return UUID.test(id) ? id.toLowerCase() : id;
}
