import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { withoutBlanks } from '../input/blank';
import { optionalId, requireId } from '../input/id';
import { isPlainObject } from '../input/json';

/** By the names that Bird gives them. */
export const DETAIL_LABELS: Record<string, string> = {
	identifiers: 'Recipient Identifiers',
	platformAddress: 'Platform Address',
	platformAddressSelector: 'Platform Address Selector',
};

/** Only one recipient has details of its own; an email may have several. */
const ONE_RECIPIENT = { show: { '/recipientBy': ['contact', 'identifier', 'phone'] } };

/**
 * What else can be said of the person that a message goes to.
 * Source: Bird's OpenAPI document of the Channels API: receiver.contacts.
 */
export const recipientDetailOptions: INodeProperties[] = [
	{
		displayName: DETAIL_LABELS.identifiers,
		name: 'recipientIdentifiers',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Identifier',
		default: {},
		description: 'Further identifiers by which Bird finds the contact',
		displayOptions: ONE_RECIPIENT,
		options: [
			{
				displayName: 'Identifier',
				name: 'identifier',
				values: [
					{
						displayName: 'Key',
						name: 'key',
						type: 'string',
						default: '',
						placeholder: 'e.g. emailaddress',
						description: 'The kind of identifier as Bird names it',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						placeholder: 'e.g. ana@example.com',
					},
				],
			},
		],
	},
	{
		displayName: DETAIL_LABELS.platformAddress,
		name: 'platformAddress',
		type: 'string',
		default: '',
		placeholder: 'e.g. +14155550123',
		description: 'The address on the platform that the message goes to',
		displayOptions: ONE_RECIPIENT,
	},
	{
		displayName: DETAIL_LABELS.platformAddressSelector,
		name: 'platformAddressSelector',
		type: 'string',
		default: '',
		placeholder: 'e.g. identifiers.phonenumber',
		description:
			'Which address of the contact the message goes to, as an expression of Bird. Without it, Bird takes the first identifier that fits the platform.',
		displayOptions: ONE_RECIPIENT,
	},
];

/** @throws InvalidInput naming the option that cannot be sent */
export function recipientDetails(options: IDataObject): IDataObject {
	const { recipientIdentifiers, platformAddress, platformAddressSelector } = options;
	return withoutBlanks({
		identifiers: identifiers(recipientIdentifiers),
		platformAddress: optionalId(DETAIL_LABELS.platformAddress, platformAddress),
		platformAddressSelector: optionalId(
			DETAIL_LABELS.platformAddressSelector,
			platformAddressSelector,
		),
	});
}

function identifiers(collection: unknown): IDataObject[] {
	const entries = isPlainObject(collection) ? collection.identifier : undefined;
	if (!Array.isArray(entries)) return [];
	return (entries as IDataObject[]).map(({ key, value }, index) => {
		const at = `Recipient Identifier ${index + 1}: `;
		return {
			identifierKey: requireId(`${at}Key`, key, 'Enter a key such as phonenumber.'),
			identifierValue: requireId(`${at}Value`, value, 'Enter the identifier.'),
		};
	});
}
