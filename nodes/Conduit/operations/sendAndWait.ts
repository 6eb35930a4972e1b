import { sendAndWaitOperation } from '../../answers/sendAndWait';
import { showFor } from '../../fields/show';
import { documentedLimit } from '../api';
import { contactField, senderField, whatsappFields } from '../channel';
import { templateFields } from '../content';
import { workspaceField } from '../workspace';
import { sendText, threadFields, threadSenderFields } from './send';
import { sendWhatsappTemplate } from './sendTemplate';

export const sendAndWait = sendAndWaitOperation({
	fields: [
		workspaceField,
		...showFor({ askBy: ['text'] }, threadFields),
		...showFor({ askBy: ['template'] }, [contactField, ...whatsappFields]),
	],
	more: [
		...showFor({ askBy: ['text'] }, threadSenderFields),
		...showFor({ askBy: ['template'] }, [senderField('searchWhatsappSenders')]),
	],
	options: [],
	documentedLimit,
	declares: { method: 'POST', url: '/v1/contacts/{contactId}/messages' },
	text: { operation: sendText, put: (draft, text) => ({ ...draft, body: text }) },
	template: {
		fields: templateFields,
		operation: sendWhatsappTemplate,
	},
});
