import { sendAndWaitOperation } from '../../answers/sendAndWait';
import { documentedLimit, SEND_URL } from '../api';
import { channelField } from '../channel';
import { kindFields, KINDS, sendAsField } from '../kinds';
import { personalFields } from '../message';
import { messageOptions, messageTypeFields } from '../sendOptions';
import { recipientField, sendToOne } from './send';

export const sendAndWait = sendAndWaitOperation({
	fields: [
		sendAsField(KINDS),
		...kindFields(KINDS, (kind) => [
			recipientField(kind),
			...kind.fields.filter(({ name }) => name !== 'text' && name !== 'html'),
		]),
	],
	more: [
		channelField,
		...kindFields(KINDS, (kind) => [...kind.more, ...personalFields(kind)]),
		...messageTypeFields,
	],
	options: messageOptions,
	documentedLimit,
	declares: { method: 'POST', url: SEND_URL },
	text: {
		operation: sendToOne,
		put: (draft, text) => ({ ...draft, text, html: '' }),
	},
});
