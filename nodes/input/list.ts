import { isBlank } from './blank';

/**
 * Splits what a user wrote as a list: an array as it is, text at its commas and line ends.
 *
 * @returns the entries trimmed, without the empty ones
 */
export function toList(value: unknown): string[] {
	const parts = Array.isArray(value) ? value : isBlank(value) ? [] : String(value).split(/[,\n]/);
	return parts.map((part) => String(part).trim()).filter((part) => part !== '');
}
