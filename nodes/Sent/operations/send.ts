import type { NodeOperation } from '../../delivery/run/nodeOperation';
import type { Operation } from '../../delivery/run/operation';
import { maxSegmentsOption } from '../../fields/maxSegments';
import { sendOptionsField, simplifyField } from '../../fields/options';
import { waitForDeliveryOptions } from '../../fields/waitForDelivery';
import { documentedLimit, SEND_PATH, sentApi } from '../api';
import { channelsField } from '../channels';
import { type Message, messageRequest, readContent, textField } from '../message';
import { readBack } from '../readBack';
import { readRecipients, recipientFields, resolveContact, sentPeople } from '../recipients';
import { readSent } from '../results';
import { messageOptions } from '../sendOptions';

export const sendText: Operation<Message> = {
	api: sentApi,
	kind: 'send',
	input: (draft) => ({ recipients: readRecipients(draft), content: readContent('text', draft) }),
	request: messageRequest,
	complete: resolveContact,
	result: readSent,
	readBack,
	people: sentPeople,
};

export const send: NodeOperation = {
	value: 'send',
	name: 'Send Message',
	action: 'Send a message',
	description: 'Send free text, with media if you like, to one or more people',
	fields: [
		...recipientFields,
		textField,
		channelsField,
		simplifyField,
		sendOptionsField(
			[...messageOptions, maxSegmentsOption, ...waitForDeliveryOptions()],
			documentedLimit,
		),
	],
	declares: { method: 'POST', url: SEND_PATH },
	operation: sendText,
};
