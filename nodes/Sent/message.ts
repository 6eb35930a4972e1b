import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { VendorRequest } from '../delivery/http/vendorApi';
import { type Draft, optionsOf } from '../input/draft';
import { requireSegments } from '../input/maxSegments';
import { requireText } from '../input/text';
import { SEND_PATH } from './api';
import { AUTOMATIC, buildChannels } from './channels';
import { type Recipients, recipientNumbers } from './recipients';
import { buildMessageOptions } from './sendOptions';
import { buildTemplate } from './template';

export const textField: INodeProperties = {
	displayName: 'Text',
	name: 'text',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	required: true,
	placeholder: 'e.g. Your order has shipped.',
	description:
		'What to say. Sent delivers free text only to people who have written to you or who lately got a template.',
};

/** A message of API v3, read and checked. */
export interface Message {
	recipients: Recipients;
	/** Everything but its recipients. */
	content: IDataObject;
}

/**
 * Everything of a v3 message but its recipients.
 *
 * @throws InvalidInput naming the field that cannot be sent
 */
export function readContent(kind: 'text' | 'template', draft: Draft): IDataObject {
	const channel = buildChannels(draft);
	return {
		channel,
		...(kind === 'template'
			? { template: buildTemplate(draft, channel) }
			: { text: readText(draft, channel) }),
		...buildMessageOptions(optionsOf(draft), draft.workflowTimezone),
	};
}

/** @throws InvalidInput for a text that is empty, or too long for what may become SMS */
function readText(draft: Draft, channels: string[]): string {
	const text = requireText('Text', draft.text, 'Enter what the message says.');
	const mayBeSms = channels.includes('sms') || channels.includes(AUTOMATIC);
	if (mayBeSms) requireSegments('Text', text, optionsOf(draft).maxSegments);
	return text;
}

/** Source: docs.sent.dm, POST /v3/messages. A contact's number is put in before it leaves. */
export function messageRequest({ recipients, content }: Message): VendorRequest {
	return {
		method: 'POST',
		url: SEND_PATH,
		body: { to: recipientNumbers(recipients), ...content },
	};
}
