import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Draft } from '../../input/draft';

/** One kind of message that Votel sends: how the editor asks for it, and what Votel gets. */
export interface Kind {
	/** How flows name it. */
	value: string;
	name: string;
	description: string;
	/** Votel's word in `sender_type`, where one is documented. */
	senderType?: string;
	/** Whom a message to leads is addressed to in their place; kinds without one cannot be. */
	placeholder?: string;
	/** What a recipient is called in the editor, such as "Recipient Email". */
	recipientLabel: string;
	recipientExample: string;
	/** What a recipient is called in a sentence, such as "email address". */
	recipientNoun: string;
	/** The field of an input item that holds it, unless the user names another. */
	itemField: string;
	/** What is said under the field of the recipient, where a format matters. */
	recipientHint?: string;
	/** What the message says. */
	fields: INodeProperties[];
	/** What else it has, behind that. */
	more: INodeProperties[];
	/**
	 * @param country that phone numbers without a country code belong to
	 * @throws InvalidInput for what cannot be a recipient of this kind
	 */
	recipient(field: string, value: unknown, country?: string): string;
	/** The content of `message_data`. @throws InvalidInput naming the field that cannot be sent */
	content(draft: Draft): IDataObject;
}

export const textField: INodeProperties = {
	displayName: 'Text',
	name: 'text',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	required: true,
	placeholder: 'e.g. Your appointment is confirmed for tomorrow at 3 PM.',
};
