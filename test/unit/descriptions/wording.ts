import type {
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	NodeParameterValue,
} from 'n8n-workflow';

/** Words that stay small in a title, unless they are its first or last. */
const SMALL = /^(a|an|and|as|at|but|by|for|from|if|in|into|of|on|or|per|the|to|via|vs|with)$/;

/** Names that are written their own way. */
const NAMES = /^(iMessage|respond\.io|v\d+)$/;

/** Labels after which there is nothing left to say. */
const SPEAKS_FOR_ITSELF = new Set([
	'Algorithm',
	'Attachment Type',
	'Channel Type',
	'Latitude',
	'Longitude',
	'Message Kinds',
	'Operation',
	'Order',
	'Resource',
	'Type',
]);

/** A label that ends with one leaves the reader hanging. */
const ENDS_IN_PREPOSITION =
	/(^| )(about|after|as|at|before|by|for|from|in|into|of|on|per|through|to|via|with)$/i;

/** Names of standards say nothing to most people; what to write does. */
const JARGON = /\b(E\.?164|ISO[ -]?\d+|RFC ?\d*|BCP ?\d*|GUIDs?|UUIDs?|MSISDN)\b/i;

/** Values that have a shape to get wrong. */
const HAS_A_SHAPE = /\b(phone|recipients?|email|e-mail|urls?|ids?|country|currency|locale)\b/i;

const isTitle = (label: string): boolean => {
	const words = label.split(/[\s/]+/).map((word) => word.replace(/^\W+|\W+$/g, ''));
	return words.every(
		(word, at) =>
			/^[^a-z]/.test(word) ||
			NAMES.test(word) ||
			word === '' ||
			(SMALL.test(word) && at > 0 && at < words.length - 1),
	);
};

/** Abbreviations and addresses have dots that end no sentence. */
const sentences = (text: string): number =>
	text
		.replace(/\b(e\.g|i\.e|etc|approx)\./g, '')
		.replace(/<[^>]+>|https?:\S+/g, '')
		.split(/[.?!]\s+(?=\S)/).length;

function textComplaints(what: string, text: string | undefined): string[] {
	if (text === undefined) return [];
	const complaints: string[] = [];
	const say = (problem: string) => complaints.push(`${what} ${problem}: ${text}`);
	if (text.trim() !== text || / {2}/.test(text)) say('has spaces too many');
	if (JARGON.test(text)) say('has jargon');
	if (!/^[^a-z]/.test(text) && !NAMES.test(text.split(' ')[0])) say('starts with a small letter');
	const ends = /[.?!]$/.test(text);
	if (sentences(text) === 1 && text.endsWith('.')) say('is one sentence and ends with a period');
	if (sentences(text) > 1 && !ends) say('is several sentences and ends without a period');
	return complaints;
}

/** What could read better in a field, its options and its placeholder. */
export function complaintsAbout(field: INodeProperties): string[] {
	if (field.type === 'notice') return noticeComplaints(field);
	return [
		...labelComplaints(field),
		...textComplaints('the description', field.description),
		...textComplaints('the hint', field.hint),
		...placeholderComplaints(field),
		...optionComplaints(field),
		...defaultComplaints(field),
	];
}

function noticeComplaints({ displayName }: INodeProperties): string[] {
	return [
		...(/[.?!]$/.test(displayName) ? [] : [`the notice ends without a period: ${displayName}`]),
		...(JARGON.test(displayName) ? [`the notice has jargon: ${displayName}`] : []),
	];
}

function labelComplaints({ displayName, description, hint, type, ...field }: INodeProperties) {
	const complaints: string[] = [];
	if (!isTitle(displayName)) complaints.push('the label is not in Title Case');
	if (ENDS_IN_PREPOSITION.test(displayName)) complaints.push('the label ends in a preposition');
	if (JARGON.test(displayName)) complaints.push('the label has jargon');
	if (displayName === description) complaints.push('the description repeats the label');
	if (type === 'boolean' && !description?.startsWith('Whether ')) {
		complaints.push('the description of a switch starts with "Whether"');
	}
	const isExplained =
		description !== undefined || hint !== undefined || SPEAKS_FOR_ITSELF.has(displayName);
	const needsMore = ['number', 'dateTime', 'json', 'multiOptions', 'resourceLocator'].includes(
		type,
	);
	if (needsMore && !isExplained) complaints.push(`a ${type} without a description`);
	if (type === 'options' && !isExplained) {
		const options = (field.options ?? []) as INodePropertyOptions[];
		const unsaid = options.filter((option) => option.description === undefined);
		// One entry may speak for itself among others that are explained.
		if (unsaid.length > options.length / 2) {
			complaints.push('a choice without a description, and so are most of its options');
		}
	}
	return complaints;
}

function placeholderComplaints({ displayName, type, placeholder, ...field }: INodeProperties) {
	const complaints: string[] = [];
	if (type === 'collection' || type === 'fixedCollection') {
		if (!placeholder?.startsWith('Add ')) complaints.push('a collection says "Add …"');
	} else if (placeholder !== undefined && !placeholder.startsWith('e.g. ')) {
		complaints.push(`the placeholder starts with "e.g.": ${placeholder}`);
	}
	// What has a default never shows its placeholder.
	const isEmpty = field.default === '';
	if (type === 'string' && isEmpty && HAS_A_SHAPE.test(displayName) && placeholder === undefined) {
		complaints.push('a value with a format and no placeholder');
	}
	if (type === 'json' && placeholder === undefined && String(field.default).length < 10) {
		complaints.push('JSON without an example');
	}
	if (type === 'resourceLocator') {
		for (const mode of field.modes ?? []) {
			if (!isTitle(mode.displayName)) complaints.push(`${mode.displayName} is not in Title Case`);
			if (mode.type === 'string' && !mode.placeholder?.startsWith('e.g. ')) {
				complaints.push(`no placeholder "e.g. …" for ${mode.displayName}`);
			}
		}
	}
	return complaints;
}

/** In the order in which people look for them, not in that of their names. */
const IN_ORDER_OF_USE = ['resource', 'operation'];

function optionComplaints({ name, type, options }: INodeProperties): string[] {
	if (type === 'collection') return unsorted((options as INodeProperties[]).map(labelOf));
	if (type === 'fixedCollection') {
		return (options as INodePropertyCollection[])
			.filter(({ displayName }) => !isTitle(displayName))
			.map(({ displayName }) => `${displayName} is not in Title Case`);
	}
	if (type !== 'options' && type !== 'multiOptions') return [];
	const choices = (options ?? []) as INodePropertyOptions[];
	const values = choices.map(({ value }) => value);
	return [
		...(IN_ORDER_OF_USE.includes(name) ? [] : unsorted(choices.map((choice) => choice.name))),
		...(new Set(values).size < values.length ? ['two options have the same value'] : []),
		...choices.flatMap(({ name: option, description, action }) => [
			...(isTitle(option) ? [] : [`the option ${option} is not in Title Case`]),
			...(option === description ? [`the description of ${option} repeats it`] : []),
			...textComplaints(`the description of ${option}`, description),
			...actionComplaints(action),
		]),
	];
}

const labelOf = ({ displayName }: INodeProperties) => displayName;

function unsorted(names: string[]): string[] {
	const inOrder = [...names].sort((a, b) => a.localeCompare(b));
	const at = names.findIndex((name, index) => name !== inOrder[index]);
	return at < 0 ? [] : [`not sorted: ${inOrder[at]} belongs before ${names[at]}`];
}

function actionComplaints(action: string | undefined): string[] {
	if (action === undefined) return [];
	const [first, ...rest] = action.split(' ');
	const isSentence = /^[A-Z]/.test(first) && rest.every((word) => !/^[A-Z][a-z]+$/.test(word));
	return [
		...(isSentence ? [] : [`the action is not in sentence case: ${action}`]),
		...(action.endsWith('.') ? [`the action ends with a period: ${action}`] : []),
	];
}

function defaultComplaints({ type, typeOptions = {}, ...field }: INodeProperties): string[] {
	const value = field.default as NodeParameterValue;
	const isOne = (wanted: unknown) =>
		((field.options ?? []) as INodePropertyOptions[]).some((option) => option.value === wanted);
	const wrong = `the default ${JSON.stringify(value)} is not a valid value`;
	const { minValue = -Infinity, maxValue = Infinity } = typeOptions;
	switch (type) {
		case 'options':
			return typeOptions.loadOptionsMethod !== undefined || isOne(value) ? [] : [wrong];
		case 'multiOptions':
			if (!Array.isArray(value)) return [wrong];
			return typeOptions.loadOptionsMethod !== undefined || value.every(isOne) ? [] : [wrong];
		case 'boolean':
			return typeof value === 'boolean' ? [] : [wrong];
		case 'number':
			return Number(value) >= minValue && Number(value) <= maxValue ? [] : [wrong];
		case 'json':
			return isJson(value) ? [] : [wrong];
		case 'collection':
		case 'fixedCollection':
			return typeof value === 'object' ? [] : [wrong];
		case 'string':
			return typeof value === 'string' ? [] : [wrong];
		default:
			return [];
	}
}

function isJson(text: unknown): boolean {
	try {
		JSON.parse(String(text));
		return true;
	} catch {
		return false;
	}
}
