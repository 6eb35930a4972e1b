import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { sorted } from '../../fields/options';
import { showFor } from '../../fields/show';
import { InvalidInput } from '../../input/invalidInput';
import { isBlank, withoutBlanks } from '../../input/blank';
import { optionalId, requireId } from '../../input/id';
import { isPlainObject } from '../../input/json';
import { requireText } from '../../input/text';
import { attachmentsField, buildAttachments } from '../bodies/attachments';
import { requireDomain } from '../sendOptions';

/** Source of all limits here: docs.bird.com, api-reference/messaging: template. */
const MOST_UTM_PARAMETERS = 8;
const UTM_KEY_LENGTH = 20;
const UTM_VALUE_LENGTH = 100;

/** What a template can say about itself besides its parameters. */
export const settingsField: INodeProperties = {
	displayName: 'Template Settings',
	name: 'templateSettings',
	type: 'collection',
	placeholder: 'Add setting',
	default: {},
	options: sorted<INodeProperties>([
		attachmentsField(['url'], { isTemplate: true }),
		{
			displayName: 'Disallow MM Lite',
			name: 'disallowMmLite',
			type: 'boolean',
			default: true,
			description: "Whether WhatsApp's Marketing Messages Lite must not be used",
		},
		{
			displayName: 'Platform Name',
			name: 'platformName',
			type: 'string',
			default: '',
			description: 'The name of the template on the platform, such as on WhatsApp',
		},
		{
			displayName: 'Short Links',
			name: 'shortLinks',
			type: 'boolean',
			default: true,
			description: 'Whether links are shortened',
		},
		{
			displayName: 'Short Links Domain',
			name: 'shortLinksDomain',
			type: 'string',
			default: 'default',
			placeholder: 'e.g. default',
			description:
				'Shortens links with this domain, or with the domain of the workspace for "default"',
		},
		{
			displayName: 'UTM Parameters',
			name: 'utmParameters',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add UTM Parameter',
			default: {},
			description: `At most ${MOST_UTM_PARAMETERS}, added to the links of the template`,
			options: [
				{
					displayName: 'UTM Parameter',
					name: 'utmParameter',
					values: [
						{
							displayName: 'Key',
							name: 'key',
							type: 'string',
							default: '',
							placeholder: 'e.g. utm_campaign',
						},
						{
							displayName: 'Value Type',
							name: 'from',
							type: 'options',
							options: [
								{ name: 'Channel Name', value: 'channel_name' },
								{ name: 'Platform Name', value: 'platform_name' },
								{ name: 'Text', value: 'text' },
							],
							default: 'text',
							description: 'What stands behind the key',
						},
						...showFor({ from: ['text'] }, [
							{
								displayName: 'Value',
								name: 'value',
								type: 'string',
								default: '',
								placeholder: 'e.g. spring-sale',
							},
						]),
					],
				},
			],
		},
		{
			displayName: 'Variables',
			name: 'variables',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Variable',
			default: {},
			description: 'Texts by name, which Bird keeps beside the typed parameters',
			options: [
				{
					displayName: 'Variable',
					name: 'variable',
					values: [
						{ displayName: 'Name', name: 'name', type: 'string', default: '' },
						{ displayName: 'Value', name: 'value', type: 'string', default: '' },
					],
				},
			],
		},
	]),
};

/** @throws InvalidInput naming the setting that cannot be sent */
export function buildSettings(collection: unknown): IDataObject {
	const set = isPlainObject(collection) ? collection : {};
	return withoutBlanks({
		name: optionalId('Platform Name', set.platformName),
		variables: variables(set.variables),
		attachments: buildAttachments(set.attachments, onlyUrls),
		shortLinks: shortLinks(set),
		utmParameters: utmParameters(set.utmParameters),
		settings: withoutBlanks({ disallowMmLite: set.disallowMmLite }),
	});
}

const onlyUrls = (): never => {
	throw new InvalidInput('Attachments', 'cannot be binary fields', 'Enter a URL instead.');
};

function shortLinks({ shortLinks: enabled, shortLinksDomain: domain }: IDataObject): IDataObject {
	if (enabled === undefined && isBlank(domain)) return {};
	return {
		enabled: enabled !== false,
		...(isBlank(domain) ? {} : { domain: requireDomain('Short Links Domain', domain) }),
	};
}

function variables(collection: unknown): IDataObject {
	return Object.fromEntries(
		entries(collection, 'variable').map(({ name, value }, index) => [
			requireId(`Variable ${index + 1}: Name`, name, 'Enter the name of the variable.'),
			requireText(`Variable ${index + 1}: Value`, value),
		]),
	);
}

function utmParameters(collection: unknown): IDataObject[] {
	const list = entries(collection, 'utmParameter');
	if (list.length > MOST_UTM_PARAMETERS) {
		throw new InvalidInput(
			'UTM Parameters',
			`holds ${list.length} parameters`,
			`Bird takes at most ${MOST_UTM_PARAMETERS}.`,
		);
	}
	return list.map((entry, index) => {
		const at = `UTM Parameter ${index + 1}: `;
		const key = short(`${at}Key`, requireId(`${at}Key`, entry.key), UTM_KEY_LENGTH);
		return entry.from === 'channel_name' || entry.from === 'platform_name'
			? { key, reference: entry.from }
			: { key, value: short(`${at}Value`, entry.value, UTM_VALUE_LENGTH) };
	});
}

function short(field: string, value: unknown, length: number): string {
	const text = requireText(field, value);
	if (text.length <= length) return text;
	throw new InvalidInput(
		field,
		`has ${text.length} characters`,
		`Shorten it to ${length} characters.`,
	);
}

function entries(collection: unknown, name: string): IDataObject[] {
	const list = isPlainObject(collection) ? collection[name] : undefined;
	return Array.isArray(list) ? (list as IDataObject[]) : [];
}
