import type { IDataObject } from 'n8n-workflow';

import type { Draft } from '../input/draft';
import { InvalidInput } from '../input/invalidInput';
import { isBare, isPlainObject } from '../input/json';
import { optionalText, requireText } from '../input/text';

/** Under this name a run hands the link to its operation, beside what the user entered. */
const LINK = 'answerLink';

/** What can be put into a message; each is filled in once, so that a text with brackets stays one. */
const PLACE = /\[\[\s*(link|link_path|message)\s*\]\]/g;
const LINK_PLACE = /\[\[\s*link(_path)?\s*\]\]/;

/** The draft of a message that carries the link. */
export function withLink(draft: Draft, link: string): Draft {
	return { ...draft, [LINK]: link };
}

/**
 * The text of a question: the message with the link where [[link]] stands, else below it.
 *
 * @throws InvalidInput for a message that is empty
 */
export function questionText({ message, [LINK]: link }: Draft): string {
	const text = requireText('Message', message, 'Enter what you ask.');
	if (typeof link !== 'string') return text;
	const words = { link, link_path: pathOf(link), message: '' };
	return LINK_PLACE.test(text) ? filled(text, words) : `${text}\n\n${link}`;
}

/**
 * The draft of a template: [[link]], [[link_path]] and [[message]] are filled in wherever they stand
 * in its variables, however deep.
 *
 * @throws InvalidInput where the link stands nowhere, since nobody could answer
 */
export function filledTemplate(draft: Draft): Draft {
	const { message, [LINK]: link, ...entered } = draft;
	if (typeof link !== 'string') return draft;
	const words = { link, link_path: pathOf(link), message: optionalText('Message', message) ?? '' };
	let hasLink = false;
	const fill = (value: unknown, name: string): unknown => {
		if (typeof value === 'string') {
			hasLink ||= LINK_PLACE.test(value);
			return filled(value, words, /json$/i.test(name) ? inJson : undefined);
		}
		if (Array.isArray(value)) return value.map((entry) => fill(entry, name));
		if (!isPlainObject(value) || !isBare(value)) return value;
		return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, fill(entry, key)]));
	};
	const result = Object.fromEntries(
		Object.entries(entered).map(([name, value]) => [name, fill(value, name)]),
	) as IDataObject;
	if (hasLink) return { ...result, message };
	throw new InvalidInput(
		'The template',
		'has no link to answer by',
		'Write [[link]] into the variable that shows it, or [[link_path]] into the variable of a button whose address ends with it.',
	);
}

type Words = Record<'link' | 'link_path' | 'message', string>;

function filled(text: string, words: Words, escape = (word: string) => word): string {
	return text.replace(PLACE, (_whole, name: keyof Words) => escape(words[name]));
}

function inJson(text: string): string {
	return JSON.stringify(text).slice(1, -1);
}

/**
 * What follows the part that is the same for all links of an n8n, with its webhook-waiting/: WhatsApp
 * lets only the end of a button's address vary.
 */
function pathOf(link: string): string {
	const [address, query] = link.split('?');
	const [nodeId = '', executionId = ''] = address.split('/').reverse();
	return `${executionId}/${nodeId}${query === undefined ? '' : `?${query}`}`;
}
