import type { IDataObject } from 'n8n-workflow';

import { missingVariable, unknownVariable } from '../../input/variables';
import { InvalidInput } from '../../input/invalidInput';
import { isBlank } from '../../input/blank';
import { requireJsonObject } from '../../input/json';
import { requireUrl } from '../../input/url';
import { withoutBlanks } from '../../input/blank';
import type { Definition } from './definition';

/** Something that a template leaves open, to be filled in with each message. */
export interface Slot {
	id: string;
	label: string;
	required: boolean;
}

type Values = Record<string, string | undefined>;

/** One component, or one button, of a template: what it leaves open, and what is sent for it. */
interface Part {
	slots: Slot[];
	build(values: Values): IDataObject;
}

/** What a template leaves open, in the order of its text. Parts without fields here are passed over. */
export function slotsOf({ components }: Definition): Slot[] {
	return components.flatMap((component) => partOf(component)?.slots ?? []);
}

/**
 * The components of a template with everything filled in. The texts are the template's own, which
 * Aelyst wants beside the parameters. Source: developers.aelyst.ai, listchannels;
 * respond-io/typescript-sdk, src/types/message.ts.
 *
 * @throws InvalidInput for a variable that is missing or unknown, or a part that has no fields here
 */
export function fillIn({ components }: Definition, values: Values): IDataObject[] {
	const parts = components.map((component) => partOf(component) ?? unsupported(component));
	const slots = parts.flatMap((part) => part.slots);
	for (const { id, required } of slots) {
		if (required && isBlank(values[id])) throw missingVariable(id);
	}
	for (const name of Object.keys(values)) {
		if (!slots.some(({ id }) => id === name)) throw unknownVariable(name);
	}
	return parts.map((part) => part.build(values));
}

function unsupported({ type, format }: IDataObject): never {
	const part = [type, format].filter((word) => typeof word === 'string').join(' ');
	throw new InvalidInput(
		'Template',
		`has a part that has no fields here (${part})`,
		'Choose Using Components under Specify Variables, and write them as Aelyst documents them.',
	);
}

function partOf(component: IDataObject): Part | undefined {
	switch (lower(component.type)) {
		case 'header':
			return headerPart(component);
		case 'body':
			return textPart('body', 'Body', component);
		case 'footer':
			return { slots: [], build: () => withoutBlanks({ type: 'footer', text: component.text }) };
		case 'buttons':
			return buttonsPart(component);
		default:
			return undefined;
	}
}

function textPart(type: string, label: string, component: IDataObject): Part {
	const names = placeholders(component.text);
	const slots = names.map((name) => slot(`${type}_${name}`, `${label} {{${name}}}`));
	return {
		slots,
		build: (values) => ({
			type,
			...(component.format === undefined ? {} : { format: lower(component.format) }),
			text: String(component.text ?? ''),
			parameters: textParameters(slots, values),
		}),
	};
}

/** Source: respond-io/typescript-sdk, src/types/message.ts: TemplateParameter. */
function headerPart(component: IDataObject): Part | undefined {
	const format = component.format === undefined ? 'text' : lower(component.format);
	switch (format) {
		case 'text':
			return textPart('header', 'Header', component);
		case 'image':
		case 'video':
		case 'document':
			return {
				slots: [
					slot('header_link', `Header ${format} URL`),
					slot('header_filename', `Header ${format} file name`, format === 'document'),
					slot('header_caption', `Header ${format} caption`, false),
				],
				build: (values) =>
					header(format, {
						link: requireUrl('Variable header_link', values.header_link),
						...withoutBlanks({
							filename: values.header_filename,
							caption: values.header_caption,
						}),
					}),
			};
		case 'location': {
			const keys = ['name', 'address', 'latitude', 'longitude'];
			return {
				slots: keys.map((key) => slot(`header_${key}`, `Header location ${key}`)),
				build: (values) =>
					header(
						format,
						Object.fromEntries(keys.map((key) => [key, values[`header_${key}`] ?? ''])),
					),
			};
		}
		default:
			return undefined;
	}
}

function header(format: string, content: IDataObject): IDataObject {
	return { type: 'header', format, parameters: [{ type: format, [format]: content }] };
}

function buttonsPart({ buttons }: IDataObject): Part {
	const list = Array.isArray(buttons) ? (buttons as IDataObject[]) : [];
	const parts = list.map(buttonPart);
	return {
		slots: parts.flatMap(({ slots }) => slots),
		build: (values) => ({ type: 'buttons', buttons: parts.map((part) => part.build(values)) }),
	};
}

/** All buttons are sent, also those that leave nothing open. */
function buttonPart(button: IDataObject, index: number): Part {
	const type = lower(button.type);
	const id = `button_${index + 1}`;
	const own = withoutBlanks({
		type,
		text: button.text,
		url: button.url,
		phone_number: button.phone_number,
	});
	if (type === 'catalog' || type === 'mpm') {
		// What belongs into the action is not documented, so it is taken as it is.
		const action = slot(
			`${id}_action`,
			`Button ${buttonName(button, index)} action (JSON)`,
			type === 'mpm',
		);
		return {
			slots: [action],
			build: (values) => ({
				...own,
				...(isBlank(values[action.id])
					? {}
					: {
							parameters: [
								{
									type: 'action',
									action: requireJsonObject(`Variable ${action.id}`, values[action.id]),
								},
							],
						}),
			}),
		};
	}
	const slots = placeholders(button.url).map((name) =>
		slot(`${id}_${name}`, `Button ${buttonName(button, index)} URL {{${name}}}`),
	);
	return {
		slots,
		build: (values) => ({
			...own,
			...(slots.length > 0 ? { parameters: textParameters(slots, values) } : {}),
		}),
	};
}

/** Whether a variable is the action of a button, which is JSON. */
export function isActionId(name: string): boolean {
	return /^button_\d+_action$/.test(name);
}

function buttonName({ text }: IDataObject, index: number): string {
	return typeof text === 'string' && text !== '' ? `"${text}"` : String(index + 1);
}

function textParameters(slots: Slot[], values: Values): IDataObject[] {
	return slots.map(({ id }) => ({ type: 'text', text: values[id] ?? '' }));
}

function slot(id: string, label: string, required = true): Slot {
	return { id, label, required };
}

/** The names in {{…}}, each once: numbers in their order, words in that of the text. */
function placeholders(text: unknown): string[] {
	const found = [...String(text ?? '').matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name);
	const names = [...new Set(found)];
	const areNumbers = names.every((name) => /^\d+$/.test(name));
	return areNumbers ? names.sort((a, b) => Number(a) - Number(b)) : names;
}

function lower(word: unknown): string {
	return String(word ?? '').toLowerCase();
}
