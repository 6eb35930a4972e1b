import type { NodeOperation } from '../../delivery/run/nodeOperation';
import type { Operation } from '../../delivery/run/operation';
import { sendOptionsField, simplifyField } from '../../fields/options';
import { outsideWindowFields } from '../../fields/outsideWindow';
import { showFor } from '../../fields/show';
import { waitForDeliveryOptions } from '../../fields/waitForDelivery';
import { birdApi, documentedLimit } from '../api';
import { bodyFields } from '../bodies';
import { channelField, DECLARED_CHANNEL } from '../channel';
import { type Message, messageRequest, peopleOf, readMessage, uploadFiles } from '../message';
import { readBack } from '../readBack';
import { recipientFields } from '../recipients';
import { readSent } from '../results';
import { messageOptions, shortLinksOption } from '../sendOptions';
import { templateInstead } from '../serviceWindow';
import { templateFields } from '../template/fields';
import { isTemplateChosen } from '../template/template';

export const sendMessage: Operation<Message> = {
	api: birdApi,
	kind: 'send',
	input: readMessage,
	request: messageRequest,
	complete: uploadFiles,
	result: readSent,
	readBack,
	people: { of: peopleOf },
};

export const send: NodeOperation = {
	value: 'send',
	name: 'Send Message',
	action: 'Send a message',
	description: 'Send text, media or an interactive message through a channel',
	fields: [
		channelField,
		...recipientFields,
		...bodyFields('urlsAndBinaryFields'),
		...showFor(
			{ recipientBy: ['contact', 'identifier', 'phone'] },
			outsideWindowFields(
				'Bird is asked first, with one or two requests more for each message of a WhatsApp channel. The key must be allowed to view channels and contacts.',
				templateFields,
			),
		),
		simplifyField,
		sendOptionsField(
			[...messageOptions, shortLinksOption, ...waitForDeliveryOptions()],
			documentedLimit,
		),
	],
	declares: { method: 'POST', url: `=${DECLARED_CHANNEL}/messages` },
	operation: (_read, raw) => ({
		...sendMessage,
		fallback: templateInstead(isTemplateChosen(raw)),
	}),
};
