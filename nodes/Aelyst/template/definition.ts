import type { IDataObject } from 'n8n-workflow';

import { InvalidInput } from '../../input/invalidInput';
import { textOrNull } from '../../message/messageResult';
import { isPlainObject } from '../../input/json';
import { shown } from '../../input/shown';

/** A template as its channel lists it. Source: developers.aelyst.ai, listchannels. */
export interface Definition {
	name: string;
	languageCode: string;
	status: string;
	components: IDataObject[];
}

/** @returns undefined for an entry without a name */
export function toDefinition(listed: IDataObject): Definition | undefined {
	const name = textOrNull(listed.name);
	if (name === null) return undefined;
	return {
		name,
		languageCode: textOrNull(listed.languageCode) ?? '',
		status: (textOrNull(listed.status) ?? '').toLowerCase(),
		components: componentsOf(listed.components),
	};
}

/** Components arrive as a list, or as the same in a JSON string. */
function componentsOf(value: unknown): IDataObject[] {
	const list = typeof value === 'string' ? parsed(value) : value;
	return Array.isArray(list) ? (list as unknown[]).filter(isPlainObject) : [];
}

function parsed(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}

/** How a template is called here: its name and its language, which together are unique. */
export function templateKey({ name, languageCode }: Definition): string {
	return `${name}:${languageCode}`;
}

/** What a template says, where its list has the text. */
export function textOf({ components }: Definition): string | null {
	const body = components.find(({ type }) => String(type).toLowerCase() === 'body');
	return textOrNull(body?.text);
}

/** Only approved templates can be sent. */
export function isApproved({ status }: Definition): boolean {
	return status === 'approved';
}

/**
 * The template that a user named, such as order_confirmation:en or, where it has only one language,
 * order_confirmation.
 *
 * @throws InvalidInput when there is none, several, or one that is not approved
 */
export function chooseTemplate(definitions: Definition[], named: string): Definition {
	const exact = definitions.filter((definition) => templateKey(definition) === named);
	const found = exact.length > 0 ? exact : definitions.filter(({ name }) => name === named);
	if (found.length === 0) {
		const names = definitions.filter(isApproved).map(templateKey);
		throw new InvalidInput(
			'Template',
			`${shown(named)} is not a template of this channel`,
			names.length === 0
				? 'The channel has no approved templates.'
				: `It has ${names.slice(0, 20).join(', ')}${names.length > 20 ? ', …' : ''}.`,
		);
	}
	const approved = found.filter(isApproved);
	if (approved.length === 1) return approved[0];
	if (approved.length > 1) {
		throw new InvalidInput(
			'Template',
			`${shown(named)} exists in several languages`,
			`Write it with its language: ${approved.map(templateKey).join(' or ')}.`,
		);
	}
	throw new InvalidInput(
		'Template',
		`${shown(named)} is ${found[0].status === '' ? 'not approved' : found[0].status}`,
		'Only approved templates can be sent. Choose another, or wait for the approval.',
	);
}
