import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../../message/invalidInput';
import { isBlank } from '../../message/recipient';
import { isPlainObject, requireText, requireUrl, withoutBlanks } from '../../message/requireInput';
import { showFor } from '../../fields/show';
import { actionsField, buildActions } from './actions';
import type { BodyType } from './bodyType';
import { buildMetadata, metadataField } from './metadata';

export const html: BodyType = {
	value: 'html',
	name: 'HTML',
	description: 'An email with HTML, plain text and attachments',
	fields: [
		{
			displayName: 'Subject',
			name: 'subject',
			type: 'string',
			default: '',
			placeholder: 'e.g. Your order has shipped',
		},
		{
			displayName: 'HTML',
			name: 'html',
			type: 'string',
			typeOptions: { rows: 5, editor: 'htmlEditor' },
			default: '',
			placeholder: 'e.g. <h1>Hello</h1>',
		},
		{
			displayName: 'Plain Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			description: 'What readers without HTML see. Either this or the HTML is needed.',
		},
		{
			displayName: 'Attachments',
			name: 'attachments',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Attachment',
			default: {},
			options: [
				{
					displayName: 'Attachment',
					name: 'attachment',
					values: [
						{
							displayName: 'File Name',
							name: 'filename',
							type: 'string',
							default: '',
							placeholder: 'e.g. invoice-1042.pdf',
						},
						{
							displayName: 'From',
							name: 'source',
							type: 'options',
							options: [
								{ name: 'Content', value: 'content' },
								{ name: 'URL', value: 'url' },
							],
							default: 'url',
						},
						...showFor({ source: ['url'] }, [
							{
								displayName: 'URL',
								name: 'mediaUrl',
								type: 'string',
								default: '',
								placeholder: 'e.g. https://example.com/invoice-1042.pdf',
								description: 'A public address, or the media URL that Upload Media gave',
							},
							{
								displayName: 'Inline',
								name: 'inline',
								type: 'boolean',
								default: false,
								description: 'Whether the HTML shows the file by its content ID',
							},
						]),
						...showFor({ source: ['url'], inline: [true] }, [
							{
								displayName: 'Content ID',
								name: 'contentId',
								type: 'string',
								default: '',
								placeholder: 'e.g. logo',
								description: 'The name that the HTML uses after cid:',
							},
						]),
						...showFor({ source: ['content'] }, [
							{
								displayName: 'Content (Base64)',
								name: 'content',
								type: 'string',
								default: '',
							},
							{
								displayName: 'Content Type',
								name: 'contentType',
								type: 'string',
								default: '',
								placeholder: 'e.g. application/pdf',
							},
						]),
					],
				},
			],
		},
		actionsField,
		metadataField([
			'clickTracking',
			'openTracking',
			'initialOpenTracking',
			'headers',
			'fromUsername',
			'fromDisplayName',
		]),
	],
	build(draft) {
		if (isBlank(draft.html) && isBlank(draft.text)) {
			throw new InvalidInput(
				'HTML',
				'and Plain Text are both empty',
				'Enter at least one of them.',
			);
		}
		return withoutBlanks({
			html: draft.html,
			text: draft.text,
			attachments: attachments(draft.attachments),
			actions: buildActions(draft.actions),
			metadata: withoutBlanks({ subject: draft.subject, ...buildMetadata(draft.metadata) }),
		});
	},
};

function attachments(collection: unknown): IDataObject[] {
	const entries = isPlainObject(collection) ? collection.attachment : undefined;
	if (!Array.isArray(entries)) return [];
	return (entries as IDataObject[]).map((entry, index) => {
		const field = `Attachments ${index + 1}`;
		const filename = requireText(`${field} File Name`, entry.filename, 'Enter a file name.');
		if (entry.source === 'content') {
			return {
				content: requireText(`${field} Content`, entry.content, 'Enter the file as Base64.'),
				contentType: requireText(
					`${field} Content Type`,
					entry.contentType,
					'Enter a type such as application/pdf.',
				),
				filename,
			};
		}
		return {
			mediaUrl: requireUrl(`${field} URL`, entry.mediaUrl),
			filename,
			...(entry.inline ? { inline: true, ...withoutBlanks({ contentId: entry.contentId }) } : {}),
		};
	});
}
