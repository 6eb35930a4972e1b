import { InvalidInput } from './invalidInput';
import { withoutInvisible } from './shown';
import { requireText } from './text';
import { parsedUrl } from './url';

const FIELD = 'Base URL of the credential';
const CURE = 'Enter an address such as https://api.example.com, and nothing after its path.';

/**
 * Where a vendor's API is, in one form for each way of writing it: without blanks and invisible
 * characters around, the host in small letters, no usual port, no slash at the end. So one account
 * is one account, however its address was typed.
 *
 * @throws InvalidInput for what is no such address. What was entered is never shown: people paste
 *   keys into the wrong field, and an address may hold a password.
 */
export function requireBaseUrl(value: unknown): string {
	const text = withoutInvisible(requireText(FIELD, value, CURE)).trim();
	const problem = problemOf(text);
	if (problem !== undefined) throw new InvalidInput(FIELD, ...problem);
	const { origin, pathname } = new URL(text);
	return origin + pathname.replace(/\/+$/, '');
}

function problemOf(text: string): [problem: string, cure: string] | undefined {
	// The URL parser would take line breaks and tabs out, and turn backslashes around, without a word.
	if (/[\p{Cc}\p{Cs}\p{Zs}\u2028\u2029\\]/u.test(text)) {
		return ['has a blank, a line break or a backslash in it', CURE];
	}
	if (!/^https?:\/\/[^/]/i.test(text)) {
		return ['does not start with https:// or http://', CURE];
	}
	const url = parsedUrl(text);
	if (url === undefined) return ['is not a full address', CURE];
	const { username, password } = url;
	if (username !== '' || password !== '') {
		return [
			'has a user name or a password in it',
			'Take out all that stands before the @, and the @. Keys have fields of their own.',
		];
	}
	if (text.includes('#')) return ['has a fragment', 'Take out the # and all that follows it.'];
	if (text.includes('?')) return ['has a query', 'Take out the ? and all that follows it.'];
	return undefined;
}
