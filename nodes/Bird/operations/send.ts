import type { IDataObject } from 'n8n-workflow';

import { deliver, type Draft } from '../../delivery/deliver';
import type { RoutedOperation } from '../../fields/operation';
import { optionsField, simplifyField } from '../../fields/options';
import { InvalidInput } from '../../message/invalidInput';
import { isPlainObject } from '../../message/requireInput';
import { birdApi, documentedLimit, toMessageResult } from '../api';
import { bodyFields, buildBody } from '../bodies';
import { channelField, channelPath } from '../channel';
import { buildReceiver, recipientFields } from '../recipients';
import { buildMessageOptions, messageOptions, shortLinksOption } from '../sendOptions';

/** Source: docs.bird.com, api-reference/messaging: POST a message to a channel. */
const LARGEST_BYTES = 200 * 1024;

export const send: RoutedOperation = {
	value: 'send',
	name: 'Send Message',
	action: 'Send a message',
	description: 'Send text, media or an interactive message through a channel',
	fields: [
		channelField,
		...recipientFields,
		...bodyFields,
		simplifyField,
		optionsField([...messageOptions, shortLinksOption], documentedLimit),
	],
	routing: deliver({
		api: birdApi,
		kind: 'send',
		build: (draft, credentials) => ({
			method: 'POST',
			url: `${channelPath(draft, credentials)}/messages`,
			body: requireSmall(buildMessage(draft)),
		}),
		read({ body }, draft) {
			if (!isPlainObject(body) || typeof body.id !== 'string') return undefined;
			return [draft.simplify === false ? body : toMessageResult(body)];
		},
	}),
};

/** The message that a draft describes. @throws InvalidInput naming the field that cannot be sent */
export function buildMessage(draft: Draft): IDataObject {
	return {
		receiver: buildReceiver(draft),
		body: buildBody(draft, (name) => ({ mediaUrl: `binary:${name}`, contentType: '' })),
		...buildMessageOptions(isPlainObject(draft.options) ? draft.options : {}),
	};
}

/** @throws InvalidInput for a message that Bird would refuse for its size */
export function requireSmall(message: IDataObject): IDataObject {
	const bytes = Buffer.byteLength(JSON.stringify(message));
	if (bytes < LARGEST_BYTES) return message;
	throw new InvalidInput(
		'The message',
		`has ${Math.ceil(bytes / 1024)} KB`,
		'Bird takes messages below 200 KB. Upload large files first and send their URLs.',
	);
}
