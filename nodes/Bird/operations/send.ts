import { deliver } from '../../delivery/run/deliver';
import type { NodeOperation } from '../../fields/operation';
import { optionsField, simplifyField } from '../../fields/options';
import { isPlainObject } from '../../input/json';
import { birdApi, documentedLimit, readMessage } from '../api';
import { bodyFields } from '../bodies';
import { channelField, channelPath } from '../channel';
import { bodyWithMedia, mediaOf, notYetUploaded, uploadOf } from '../media/messageMedia';
import { buildMessage, requireSmall } from '../message';
import { buildContacts, recipientFields } from '../recipients';
import { messageOptions, shortLinksOption } from '../sendOptions';

export const send: NodeOperation = {
	value: 'send',
	name: 'Send Message',
	action: 'Send a message',
	description: 'Send text, media or an interactive message through a channel',
	fields: [
		channelField,
		...recipientFields,
		...bodyFields('urlsAndBinaryFields'),
		simplifyField,
		optionsField([...messageOptions, shortLinksOption], documentedLimit),
	],
	execute: deliver({
		api: birdApi,
		kind: 'send',
		build: (draft, credentials) => ({
			method: 'POST',
			url: `${channelPath(draft, credentials)}/messages`,
			body: buildMessage(draft, buildContacts(draft), { body: notYetUploaded }),
		}),
		check(draft, context) {
			for (const field of mediaOf(draft)) uploadOf(context, field);
		},
		async complete(request, draft, context, transport) {
			if (mediaOf(draft).length === 0 || !isPlainObject(request.body)) return request;
			const basePath = channelPath(draft, transport.credentials);
			const body = await bodyWithMedia(draft, basePath, context, transport);
			return { ...request, body: requireSmall({ ...request.body, body }) };
		},
		read: readMessage,
	}),
};
