import type { IDataObject } from 'n8n-workflow';

import type { Draft } from '../input/draft';
import { InvalidInput } from '../input/invalidInput';
import { isPlainObject } from '../input/json';
import { withoutBlanks } from '../input/blank';
import { buildBody } from './bodies';
import type { MediaLookup } from './bodies/bodyType';
import { buildMessageOptions, buildShortLinks } from './sendOptions';
import { buildTemplate } from './template/template';

/** Source: docs.bird.com, api-reference/messaging: answered with 413. A thousand bytes are a KB. */
export const LARGEST_BYTES = 200_000;

/**
 * The message that a draft describes: with a body, or with a template.
 *
 * @throws InvalidInput naming the field that cannot be sent
 */
export function buildMessage(
	draft: Draft,
	contacts: IDataObject[],
	content: { body: MediaLookup } | 'template',
): IDataObject {
	const options = isPlainObject(draft.options) ? draft.options : {};
	return requireSmall({
		receiver: { contacts },
		...(content === 'template'
			? { template: buildTemplate(draft) }
			: withoutBlanks({
					body: buildBody(draft, content.body),
					shortLinks: buildShortLinks(options),
				})),
		...buildMessageOptions(options, draft.workflowTimezone),
	});
}

/** Of messages that were measured; bulks pack by it, and measuring a large message takes a while. */
const sizes = new WeakMap<IDataObject, number>();

/** The bytes of a message as JSON. */
export function sizeOf(message: IDataObject): number {
	const bytes = sizes.get(message) ?? Buffer.byteLength(JSON.stringify(message));
	sizes.set(message, bytes);
	return bytes;
}

/** @throws InvalidInput for a message that Bird would refuse for its size */
export function requireSmall(message: IDataObject): IDataObject {
	const bytes = sizeOf(message);
	if (bytes < LARGEST_BYTES) return message;
	throw new InvalidInput(
		'The message',
		`has ${Math.ceil(bytes / 1000)} KB`,
		'Bird takes messages below 200 KB. Upload large files first and send their URLs.',
	);
}
