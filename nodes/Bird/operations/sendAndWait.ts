import { sendAndWaitOperation } from '../../answers/sendAndWait';
import { showFor } from '../../fields/show';
import { documentedLimit } from '../api';
import { metadataField } from '../bodies/metadata';
import { channelField, DECLARED_CHANNEL } from '../channel';
import { recipientFields } from '../recipients';
import { messageOptions, shortLinksOption } from '../sendOptions';
import { templateFields } from '../template/fields';
import { isTemplateChosen } from '../template/template';
import { sendMessage } from './send';
import { sendTemplateMessage } from './sendTemplate';

export const sendAndWait = sendAndWaitOperation({
	fields: [channelField, ...recipientFields],
	more: showFor({ askBy: ['text'] }, [metadataField(['subject', 'previewUrl'])]),
	options: [
		...messageOptions,
		{ ...shortLinksOption, displayOptions: { show: { '/askBy': ['text'] } } },
	],
	documentedLimit,
	declares: { method: 'POST', url: `=${DECLARED_CHANNEL}/messages` },
	text: {
		operation: sendMessage,
		put: (draft, text) => ({ ...draft, bodyType: 'text', text }),
	},
	template: {
		fields: templateFields,
		operation: (_read, raw) => sendTemplateMessage(isTemplateChosen(raw)),
	},
});
