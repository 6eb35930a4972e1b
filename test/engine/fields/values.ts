import type { INodeParameters, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** Two or more values of a field that the vendor can tell apart. The first is the usual one. */
export type Alternatives = readonly unknown[];

/** What a vendor's fields need that their placeholders do not tell, such as IDs that exist. */
export interface Knowledge {
	/**
	 * By the field's name, or by its path such as `options.sender.from`; a function where it depends
	 * on other fields.
	 */
	values: Record<string, Alternatives | ((state: INodeParameters) => Alternatives)>;
	/** Settings that no vendor could take, such as an email through a chat. */
	impossible?(state: INodeParameters): boolean;
	/** Options that are always set, where an operation has them. */
	options?: Record<string, unknown>;
	/** What has to stand beside an entry of a collection so that it has an effect. */
	companions?: Record<string, object>;
	/** What a field is tried with besides its own values. */
	also?(field: INodeProperties): readonly unknown[];
}

const DAY_MS = 24 * 60 * 60_000;

const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();

/** A value of a picker, entered by hand. */
export const byId = (value: string | number) => ({ __rl: true, mode: 'id', value: String(value) });

/** The same, but different. */
function another(value: string): string {
	if (/^https?:/.test(value)) return `${value}?second=1`;
	if (/^[\w.+-]+@[\w.-]+$/.test(value)) return `second.${value}`;
	if (/\d$/.test(value)) return value.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10));
	if (/^[0-9a-f-]{36}$/i.test(value)) return value.replace(/.$/, '1');
	return /\s/.test(value) ? `${value} again` : `${value}2`;
}

/** The field's own example, from its placeholder: so the placeholder is proven right as well. */
export function usual(
	field: INodeProperties,
	path: string[],
	state: INodeParameters,
	known: Knowledge,
) {
	return alternativesOf(field, path, state, known)[0];
}

export function alternativesOf(
	field: INodeProperties,
	path: string[],
	state: INodeParameters,
	known: Knowledge,
): Alternatives {
	const own = ownAlternatives(field, path, state, known);
	return known.also === undefined ? own : [...own, ...known.also(field)];
}

function ownAlternatives(
	field: INodeProperties,
	path: string[],
	state: INodeParameters,
	{ values }: Knowledge,
): Alternatives {
	for (let from = 0; from < path.length; from++) {
		const known = values[path.slice(from).join('.')];
		const some = typeof known === 'function' ? known(state) : known;
		// Those that a test finds out before it sends are not there yet.
		if (some !== undefined && some.length > 0) return some;
	}
	const example = field.placeholder?.replace(/^e\.g\. /, '') || `Some ${field.displayName}`;
	switch (field.type) {
		case 'boolean':
			return [field.default, !field.default];
		case 'options':
			return optionsOf(field);
		case 'multiOptions':
			return optionsOf(field).map((option) => [option]);
		case 'number':
			return numbers(field);
		case 'dateTime':
			return [inDays(2), inDays(3)];
		case 'json':
			return jsons(field.placeholder ? example : String(field.default));
		case 'resourceLocator':
			return located(field);
		default:
			return [example, another(example)];
	}
}

/** The default first, so that it is the usual value. */
function optionsOf({ options, default: first }: INodeProperties): unknown[] {
	const values = (options as INodePropertyOptions[]).map(({ value }) => value);
	return values.sort((a, b) => Number(b === first) - Number(a === first));
}

function numbers({ default: value, typeOptions = {} }: INodeProperties): number[] {
	const { maxValue = Infinity } = typeOptions;
	const first = Number(value) || (typeOptions.minValue ?? 1);
	return [first, first + 1 > maxValue ? first - 1 : first + 1];
}

function jsons(example: string): string[] {
	const parsed = JSON.parse(example) as unknown;
	const second = Array.isArray(parsed)
		? [...parsed, ...parsed]
		: { ...(parsed as object), second: 'x' };
	return [example, JSON.stringify(second)];
}

function located({ modes = [] }: INodeProperties): unknown[] {
	const byHand = modes.find(({ type }) => type === 'string');
	const example = byHand?.placeholder?.replace(/^e\.g\. /, '') ?? 'x';
	return [example, another(example)].map((value) => ({ __rl: true, mode: byHand?.name, value }));
}
