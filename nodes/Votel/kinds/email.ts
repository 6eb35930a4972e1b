import { requireEmail } from '../../input/email';
import { optionalText, requireText } from '../../input/text';
import { withoutBlanks } from '../../input/blank';
import { type Kind, textField } from './kind';

/** Source: api/send-message-api-messaging-send-post, EmailMessageData. */
export const email: Kind = {
	value: 'email',
	name: 'Email',
	description: 'An email with a subject, as text and HTML',
	// No example of an email has a sender_type, so none is known.
	placeholder: 'placeholder@example.com',
	recipientLabel: 'Recipient Email',
	recipientExample: 'ana@example.com',
	recipientNoun: 'email address',
	itemField: 'email',
	fields: [
		{
			displayName: 'Subject',
			name: 'subject',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Welcome to our service!',
		},
		textField,
		{
			displayName: 'HTML',
			name: 'html',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			placeholder: 'e.g. <h1>Welcome!</h1>',
			description: 'The same email as HTML, sent along with the text',
		},
	],
	more: [
		{
			displayName: 'Sender Name',
			name: 'senderName',
			type: 'string',
			default: '',
			placeholder: 'e.g. Acme Support Team',
			description: 'The name that the recipient sees',
		},
	],
	recipient: (field, value) => requireEmail(field, value),
	content: (draft) =>
		withoutBlanks({
			subject: requireText('Subject', draft.subject, 'Enter the subject of the email.'),
			content: requireText('Text', draft.text, 'Enter the text of the email, also beside HTML.'),
			html_content: optionalText('HTML', draft.html),
			sender_name: optionalText('Sender Name', draft.senderName),
		}),
};
