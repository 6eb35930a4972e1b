import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { picker } from '../../fields/picker';
import { showFor } from '../../fields/show';
import { variableFields } from '../../fields/variables';
import { isBlank } from '../../input/blank';
import { requireChoice } from '../../input/choice';
import { isChosen } from '../../input/draft';
import { requireId } from '../../input/id';
import { InvalidInput } from '../../input/invalidInput';
import { isPlainObject } from '../../input/json';
import { inWords, shown } from '../../input/shown';
import { readVariables, requireVariable } from '../../input/variables';
import { channelPicker, requireChannelId } from '../channel';
import { isActionId } from './parts';

/** Facebook templates are known from respond.io's own n8n node only, in the same form. */
const TYPES = { facebook_template: 'Facebook', whatsapp_template: 'WhatsApp' };

/** The field in which the channel of a template stands, and what fills the lists that depend on it. */
interface TemplateChannel {
	displayName: string;
	name: string;
	searchTemplates: string;
	mapVariables: string;
}

const CHANNEL: TemplateChannel = {
	displayName: 'Channel',
	name: 'channelId',
	searchTemplates: 'searchTemplates',
	mapVariables: 'mapTemplateVariables',
};

/** Of a template that goes in place of a message, which has a channel of its own. */
const CHANNEL_INSTEAD: TemplateChannel = {
	displayName: 'Template Channel',
	name: 'templateChannelId',
	searchTemplates: 'searchTemplatesInstead',
	mapVariables: 'mapVariablesInstead',
};

/** A template with its channel and its variables. */
export const templateFields = fieldsFor(CHANNEL);

/** The same beside a message that it may take the place of. */
export const templateInsteadFields = fieldsFor(CHANNEL_INSTEAD);

function fieldsFor(channel: TemplateChannel): INodeProperties[] {
	const [variablesFrom, ...variables] = variableFields({
		mappingMethod: channel.mapVariables,
		chosenIn: 'template',
		dependsOn: [`${channel.name}.value`, 'template.value'],
		example: '{"body_1": "1042", "header_link": "https://example.com/a.jpg"}',
	});
	return [
		{
			displayName: 'Template Type',
			name: 'templateType',
			type: 'options',
			options: Object.entries(TYPES).map(([value, name]) => ({ name, value })),
			default: 'whatsapp_template',
			description: 'Whose template it is',
		},
		...showFor({ templateType: ['whatsapp_template'] }, [
			channelPicker('searchWhatsappChannels', 'The WhatsApp channel to send through', channel),
		]),
		...showFor({ templateType: ['facebook_template'] }, [
			channelPicker('searchFacebookChannels', 'The Facebook channel to send through', channel),
		]),
		picker({
			displayName: 'Template',
			name: 'template',
			description:
				'The template to send, with its language. Only approved ones are listed, and only approved ones are sent.',
			searchMethod: channel.searchTemplates,
			idName: 'By Name',
			idPlaceholder: 'e.g. order_confirmation:en',
		}),
		{
			...variablesFrom,
			description:
				'With fields or JSON, the templates of the channel are read once for each run, to check the variables and to add the texts',
			options: [
				{
					name: 'Using Components',
					value: 'components',
					description: 'The components as Aelyst documents them, sent as they are',
				},
				...(variablesFrom.options ?? []),
			] as INodeProperties['options'],
		},
		...variables,
		...showFor({ variablesFrom: ['components'] }, [
			{
				displayName: 'Components (JSON)',
				name: 'componentsJson',
				type: 'json',
				default: '[]',
				placeholder: 'e.g. [{"type": "body", "text": "Hi"}]',
				description:
					'A list such as <code>[{"type": "body", "text": "Hi {{1}}", "parameters": [{"type": "text", "text": "Ana"}]}]</code>',
			},
		]),
	];
}

/**
 * The channel and the message of a draft. The components follow in `complete`, which knows the
 * template; until then the message holds the user's variables in their place.
 *
 * @throws InvalidInput naming the field that cannot be sent
 */
export function buildTemplate(draft: IDataObject): { channelId: number; message: IDataObject } {
	return templateOf(draft, CHANNEL);
}

/** The same of a template that goes in place of a message. @throws InvalidInput as buildTemplate */
export function buildTemplateInstead(draft: IDataObject): {
	channelId: number;
	message: IDataObject;
} {
	return templateOf(draft, CHANNEL_INSTEAD);
}

function templateOf(
	draft: IDataObject,
	channel: TemplateChannel,
): { channelId: number; message: IDataObject } {
	const type = requireChoice(
		'Template Type',
		draft.templateType ?? 'whatsapp_template',
		Object.keys(TYPES),
	);
	const channelId = requireChannelId(
		draft[channel.name],
		', and a template belongs to one',
		channel.displayName,
	);
	const cure =
		'Pick a template, or enter its name and its language, such as order_confirmation:en.';
	const named = requireId('Template', draft.template, cure);
	const template =
		draft.variablesFrom === 'components'
			? rawTemplate(named, draft.componentsJson)
			: { name: named, variables: variablesOf(draft, type) };
	return { channelId, message: { type, template } };
}

/** What WhatsApp puts into texts is on one line; the JSON of an action need not be. */
function variablesOf(draft: IDataObject, type: string): Record<string, string> {
	const values = readVariables(draft, { isOwn: isChosen(draft, 'template') });
	if (type !== 'whatsapp_template') return values;
	for (const [name, value] of Object.entries(values)) {
		if (!isActionId(name)) requireVariable(name, value, { oneLine: true });
	}
	return values;
}

/** Whether the components of a message are still to come. */
export function isUnfilled(
	message: IDataObject,
): message is IDataObject & { template: { name: string; variables: Record<string, string> } } {
	return isPlainObject(message.template) && isPlainObject(message.template.variables);
}

/** Without a look-up nobody else can tell the language. */
function rawTemplate(named: string, components: unknown): IDataObject {
	const [, name, languageCode] = /^(.+):([^:]+)$/s.exec(named) ?? [];
	if (languageCode === undefined) {
		throw new InvalidInput(
			'Template',
			`${shown(named)} has no language`,
			`Write it with its language, such as ${inWords(named)}:en.`,
		);
	}
	return { name, languageCode, components: requireComponents(components) };
}

function requireComponents(value: unknown): IDataObject[] {
	if (isBlank(value)) return [];
	const list = typeof value === 'string' ? parsed(value) : value;
	if (Array.isArray(list) && (list as unknown[]).every(isPlainObject)) {
		return list as IDataObject[];
	}
	throw new InvalidInput(
		'Components (JSON)',
		'is not a JSON list of objects',
		'Enter a list, which starts with [ and ends with ].',
	);
}

function parsed(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}
