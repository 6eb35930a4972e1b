import { sendAndWaitOperation } from '../../answers/sendAndWait';
import { showFor } from '../../fields/show';
import { documentedLimit } from '../api';
import { channelFields } from '../channel';
import { checkChannelOption } from '../checkChannel';
import { contactFields } from '../contact';
import { messageTagField } from '../messages/text';
import { templateFields } from '../template/fields';
import { sendMessage } from './send';
import { sendOneTemplate } from './sendTemplate';

export const sendAndWait = sendAndWaitOperation({
	fields: contactFields,
	more: showFor({ askBy: ['text'] }, [...channelFields, messageTagField]),
	options: [checkChannelOption],
	documentedLimit,
	declares: { method: 'POST', url: '/contact/{identifier}/message' },
	text: {
		operation: sendMessage,
		put: (draft, text) => ({ ...draft, messageType: 'text', text }),
	},
	template: { fields: templateFields, operation: sendOneTemplate },
});
