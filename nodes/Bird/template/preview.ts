import type { IDataObject } from 'n8n-workflow';

import { isPlainObject } from '../../input/json';
import { textOrNull } from '../../message/messageResult';

/** As much of a text as is read beside a field. */
const LONGEST = 120;

/**
 * What a version of a template says, in its own language where it has several.
 * Source: docs.bird.com, touchpoints-api/supported-projects/whatsapp-approved-message-templates:
 * platformContent holds blocks, and a block of type text and role body holds the text.
 *
 * @returns null where no text is shown, as with emails
 */
export function bodyOf({ platformContent, defaultLocale }: IDataObject): string | null {
	const contents = objectsIn(platformContent);
	const own = contents.find(({ locale }) => locale === defaultLocale) ?? contents[0];
	const bodies = objectsIn(own?.blocks).filter(
		({ type, role }) => type === 'text' && role === 'body',
	);
	const texts = bodies.flatMap(({ text }) =>
		isPlainObject(text) ? (textOrNull(text.text) ?? []) : [],
	);
	return texts.length > 0 ? texts.join(' ').replace(/\s+/g, ' ').trim() : null;
}

/** A text as it is quoted in a sentence, cut where it is longer than anybody reads there. */
export function quoted(text: string): string {
	const characters = [...text];
	const start = characters.slice(0, LONGEST).join('');
	return `“${start}${characters.length > LONGEST ? '…' : ''}”`;
}

const objectsIn = (value: unknown): IDataObject[] =>
	Array.isArray(value) ? (value as unknown[]).filter(isPlainObject) : [];
