import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { picker } from '../fields/picker';
import { variableFields } from '../fields/variables';
import { isBlank } from '../input/blank';
import { isChosen } from '../input/draft';
import { requireId } from '../input/id';
import { InvalidInput } from '../input/invalidInput';
import { shown } from '../input/shown';
import { requireText } from '../input/text';
import { readVariables } from '../input/variables';

/** Source: the owner's page of contacts/send-message shows one: HX and 32 characters. */
const CONTENT_SID = /^HX[0-9a-fA-F]{32}$/;
const EXAMPLE_SID = 'HXaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';

export const bodyField: INodeProperties = {
	displayName: 'Body',
	name: 'body',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	required: true,
	placeholder: 'e.g. Your room is ready.',
	description: 'The message as plain text',
};

export const subjectField: INodeProperties = {
	displayName: 'Subject',
	name: 'subject',
	type: 'string',
	default: '',
	placeholder: 'e.g. Your stay with us',
	description: 'For email channels only',
};

export const templateFields: INodeProperties[] = [
	picker({
		displayName: 'Template',
		name: 'contentSid',
		description:
			'The WhatsApp template to send. Only approved ones are listed, and only approved ones are sent.',
		searchMethod: 'searchTemplates',
		idPlaceholder: `e.g. ${EXAMPLE_SID}`,
		idShape: {
			regex: '^\\s*HX[0-9a-fA-F]{32}\\s*$',
			errorMessage: `Not a content SID. It looks like ${EXAMPLE_SID}.`,
		},
	}),
	...variableFields({
		mappingMethod: 'mapTemplateVariables',
		chosenIn: 'contentSid',
		dependsOn: ['contentSid.value', 'workspaceId.value'],
		example: '{"1": "Alex", "2": "May 15 at 3 PM"}',
	}),
];

/** @throws InvalidInput for a body that is empty, or a subject that the channel cannot have */
export function buildText({ body, subject, channelBy, channelType }: IDataObject): IDataObject {
	// Source: the owner's page of contacts/send-message: at least one character, whichever.
	const text = requireText('Body', body, 'Enter the text of the message.', { allowBlank: true });
	if (isBlank(subject)) return { body: text };
	if (channelBy === 'type' && channelType !== 'email') {
		throw new InvalidInput(
			'Subject',
			'is for email channels only',
			'Take the subject out, or choose Email as the Channel Type.',
		);
	}
	return { body: text, subject: requireText('Subject', subject) };
}

/** @throws InvalidInput for something that is no template, or variables that cannot be sent */
export function buildTemplate(draft: IDataObject): IDataObject {
	const cure = `Pick a template, or enter its content SID, which looks like ${EXAMPLE_SID}.`;
	const contentSid = requireId('Template', draft.contentSid, cure);
	if (!CONTENT_SID.test(contentSid)) {
		throw new InvalidInput('Template', `${shown(contentSid)} is not a content SID`, cure);
	}
	if (!isBlank(draft.body)) {
		throw new InvalidInput(
			'Body',
			'cannot be sent together with a template',
			'Conduit takes either a body or a template: take one of them out.',
		);
	}
	const variables = readVariables(draft, {
		oneLine: true,
		isOwn: isChosen(draft, 'contentSid'),
	});
	return {
		whatsapp_template: {
			content_sid: contentSid,
			...(Object.keys(variables).length > 0 ? { variables } : {}),
		},
	};
}
