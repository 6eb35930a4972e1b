import type { NodeOperation } from '../../delivery/run/nodeOperation';
import type { Operation } from '../../delivery/run/operation';
import { sendOptionsField, simplifyField } from '../../fields/options';
import { waitForDeliveryOptions } from '../../fields/waitForDelivery';
import { birdApi, documentedLimit } from '../api';
import { channelField, DECLARED_CHANNEL } from '../channel';
import { type Message, messageRequest, peopleOf, readTemplateMessage } from '../message';
import { readBack } from '../readBack';
import { recipientFields } from '../recipients';
import { readSent } from '../results';
import { messageOptions } from '../sendOptions';
import { templateFields } from '../template/fields';
import { isTemplateChosen } from '../template/template';

export const sendTemplateMessage = (isChosen: boolean): Operation<Message> => ({
	api: birdApi,
	kind: 'send',
	input: (draft, item) => readTemplateMessage(draft, item, isChosen),
	request: messageRequest,
	result: readSent,
	readBack,
	people: { of: peopleOf },
});

export const sendTemplate: NodeOperation = {
	value: 'sendTemplate',
	name: 'Send Template',
	action: 'Send a template',
	description: 'Send a template of Bird Studio, such as WhatsApp requires outside of conversations',
	fields: [
		channelField,
		...recipientFields,
		...templateFields,
		simplifyField,
		sendOptionsField([...messageOptions, ...waitForDeliveryOptions()], documentedLimit),
	],
	declares: { method: 'POST', url: `=${DECLARED_CHANNEL}/messages` },
	operation: (_read, raw) => sendTemplateMessage(isTemplateChosen(raw)),
};
