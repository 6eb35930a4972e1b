import { sendAndWaitOperation } from '../../answers/sendAndWait';
import { maxSegmentsOption } from '../../fields/maxSegments';
import { documentedLimit, SEND_PATH } from '../api';
import { channelsField } from '../channels';
import { recipientFields } from '../recipients';
import { messageOptions } from '../sendOptions';
import { templateFields } from '../template';
import { sendText } from './send';
import { sendTemplateV3 } from './sendTemplate';

/** With either of these nobody might get the link, and the execution would wait for ever. */
const NOT_FOR_QUESTIONS = ['idempotencyKey', 'sandbox'];

export const sendAndWait = sendAndWaitOperation({
	fields: recipientFields,
	more: [channelsField],
	options: [
		...messageOptions.filter(({ name }) => !NOT_FOR_QUESTIONS.includes(name)),
		{ ...maxSegmentsOption, displayOptions: { show: { '/askBy': ['text'] } } },
	],
	documentedLimit,
	declares: { method: 'POST', url: SEND_PATH },
	text: { operation: sendText, put: (draft, text) => ({ ...draft, text }) },
	template: { fields: templateFields, operation: sendTemplateV3 },
});
