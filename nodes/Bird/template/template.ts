import { type IDataObject, type INodeParameters, isResourceLocatorValue } from 'n8n-workflow';

import { InvalidInput } from '../../input/invalidInput';
import { requireId, requireUuid } from '../../input/id';
import { shown } from '../../input/shown';
import { withoutBlanks } from '../../input/blank';
import { buildParameters } from './parameters';
import { buildSettings } from './settings';

/** A tag as BCP 47 has it, also with an underscore as some platforms write it. */
const LOCALE = /^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$/;

/**
 * The template of a message. Source: docs.bird.com, api-reference/messaging and message-types/template.
 *
 * @param isChosen see isTemplateChosen
 * @throws InvalidInput naming the field that cannot be sent
 */
export function buildTemplate(draft: IDataObject, isChosen: boolean): IDataObject {
	return withoutBlanks({
		projectId: requireUuid(
			'Template',
			draft.projectId,
			'Pick a template from the list, or enter the ID of its project in Bird Studio.',
		),
		version: version(draft.templateVersion),
		locale: locale(draft.templateLocale),
		parameters: buildParameters(draft, isChosen),
		...buildSettings(draft.templateSettings),
	});
}

/**
 * Whether the template is chosen in the editor, which then has laid out its parameters; where it or
 * its version is an expression, nobody knows them before the item is at hand.
 *
 * @param raw the node's parameters, unevaluated
 */
export function isTemplateChosen({ projectId, templateVersion }: INodeParameters): boolean {
	const project = isResourceLocatorValue(projectId) ? projectId.value : projectId;
	const isExpression = (value: unknown) => typeof value === 'string' && value.startsWith('=');
	return !isExpression(project) && !isExpression(templateVersion);
}

function version(value: unknown): string {
	const cure = 'Enter "latest", or the ID of a version.';
	const text = requireId('Version', value, cure);
	return text === 'latest' ? text : requireUuid('Version', text, cure);
}

function locale(value: unknown): string {
	const cure = 'Enter a language tag such as en or pt-BR.';
	const text = requireId('Locale', value, cure);
	if (LOCALE.test(text)) return text;
	throw new InvalidInput('Locale', `${shown(text)} is not a language tag`, cure);
}
