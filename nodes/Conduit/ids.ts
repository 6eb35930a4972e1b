import { isEmail } from '../input/email';
import { requireId as requireOneLine } from '../input/id';
import { InvalidInput } from '../input/invalidInput';
import { toE164 } from '../input/phone';
import { shown } from '../input/shown';

/**
 * An ID of Conduit's. Their form is not documented, so only what cannot be one is refused.
 *
 * @throws InvalidInput when it is empty or holds blanks
 */
export function requireId(field: string, value: unknown, cure: string): string {
	const id = requireOneLine(field, value, cure);
	if (/\s/.test(id)) throw new InvalidInput(field, `${shown(id)} is not an ID`, cure);
	return id;
}

/** @throws InvalidInput for anything but a contact's ID, such as a phone number */
export function requireContactId(field: string, value: unknown): string {
	const cure = "Pick a contact, or enter its ID from Conduit's list of contacts.";
	const text = requireOneLine(field, value, cure);
	if (isEmail(text) || toE164(text) !== undefined) {
		throw new InvalidInput(
			field,
			`${shown(text)} is not the ID of a contact`,
			'Conduit sends to contacts, not to phone numbers or email addresses. Pick the contact, or enter its ID.',
		);
	}
	return requireId(field, text, cure);
}
