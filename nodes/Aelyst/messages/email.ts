import type { IDataObject } from 'n8n-workflow';

import { emailCopyFields } from '../../fields/emailCopies';
import { isBlank, withoutBlanks } from '../../input/blank';
import { requireEmails } from '../../input/email';
import { requireId } from '../../input/id';
import { InvalidInput } from '../../input/invalidInput';
import { isPlainObject } from '../../input/json';
import { shown } from '../../input/shown';
import { optionalText, requireText } from '../../input/text';
import { requireUrl } from '../../input/url';
import { attachmentTypeField, requireAttachmentType } from './attachment';
import type { MessageType } from './messageType';

/** Source: respond-io/typescript-sdk, src/types/message.ts: the text of an email is `text`. */
export const email: MessageType = {
	value: 'email',
	name: 'Email',
	description: 'An email with subject, copies and attachments, through an email channel',
	fields: [
		{
			displayName: 'Subject',
			name: 'subject',
			type: 'string',
			default: '',
			placeholder: 'e.g. Your order 1042',
		},
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 5 },
			default: '',
			required: true,
			placeholder: 'e.g. Your order 1042 has shipped.',
		},
		...emailCopyFields,
		{
			displayName: 'Reply To Message ID',
			name: 'replyToMessageId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1262965213',
			description: 'The ID of the email that this one answers',
		},
		{
			displayName: 'Attachments',
			name: 'attachments',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Attachment',
			default: {},
			options: [
				{
					displayName: 'Attachment',
					name: 'attachment',
					values: [
						{ ...attachmentTypeField, displayName: 'Type', name: 'type', default: 'file' },
						{
							displayName: 'URL',
							name: 'url',
							type: 'string',
							default: '',
							required: true,
							placeholder: 'e.g. https://example.com/invoice.pdf',
							description: 'Anyone must be able to fetch it without signing in',
						},
						{
							displayName: 'File Name',
							name: 'fileName',
							type: 'string',
							default: '',
							required: true,
							placeholder: 'e.g. invoice.pdf',
						},
					],
				},
			],
		},
	],
	build: (draft) => ({
		type: 'email',
		text: requireText('Text', draft.text, 'Enter the text of the email.'),
		...withoutBlanks({
			subject: optionalText('Subject', draft.subject),
			cc: requireEmails('CC', draft.cc),
			bcc: requireEmails('BCC', draft.bcc),
			replyToMessageId: messageId(draft.replyToMessageId),
			attachments: attachments(draft.attachments),
		}),
	}),
};

function messageId(value: unknown): number | undefined {
	if (isBlank(value)) return undefined;
	const field = 'Reply To Message ID';
	const cure = 'Enter the number that Aelyst gave the email, or leave it empty.';
	const text = requireId(field, value, cure);
	const id = Number(text);
	if (/^\d+$/.test(text) && Number.isSafeInteger(id) && id > 0) return id;
	throw new InvalidInput(field, `${shown(text)} is not the ID of a message`, cure);
}

function attachments(collection: unknown): IDataObject[] {
	const entries = isPlainObject(collection) ? collection.attachment : collection;
	if (!Array.isArray(entries)) return [];
	return (entries as unknown[]).filter(isPlainObject).map(({ type, url, fileName }, index) => {
		const field = `Attachment ${index + 1}`;
		return {
			type: requireAttachmentType(`${field} Type`, type),
			url: requireUrl(`${field} URL`, url),
			fileName: requireText(`${field} File Name`, fileName, 'Enter a name such as invoice.pdf.'),
		};
	});
}
