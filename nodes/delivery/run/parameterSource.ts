import {
	type IDataObject,
	type IExecuteFunctions,
	type IExecuteSingleFunctions,
	type INodeExecutionData,
	type INodeParameters,
	isResourceLocatorValue,
} from 'n8n-workflow';

import { isPlainObject } from '../../input/json';
import { isSameForAll } from './expressions';
import { readable } from './readable';

/** Where the fields of a node are read from, whichever way n8n runs it. */
export interface ParameterSource {
	/** What the user entered, by the names of the fields; expressions are still expressions. */
	parameters: INodeParameters;
	/** Which dates without a time zone are meant in. */
	timezone: string;
	/**
	 * The value of a field for an item, from n8n's own evaluator. Of a picker, only the value counts.
	 *
	 * @param name also with the way into it: options.timeout
	 * @param fallback for a field that the node does not have
	 * @throws what an expression throws; InvalidInput for what cannot be read, such as a circle
	 */
	read(name: string, itemIndex: number, fallback?: unknown): IDataObject[string];
	/**
	 * The value of an expression such as `{{ $vars.shop }}`.
	 *
	 * @throws what the expression throws
	 */
	evaluate(expression: string, itemIndex: number): unknown;
	/**
	 * What `$('name').all()` gives for an item, not by way of n8n's evaluator, which copies it whole.
	 *
	 * @returns undefined where only the evaluator knows
	 */
	itemsOf?(node: string, itemIndex: number): unknown;
	/** What `$json` is to an item's expressions; undefined where only n8n's evaluator knows. */
	json(itemIndex: number): IDataObject | undefined;
}

/** The fields for all items of a run. */
export function parametersOfItems(context: IExecuteFunctions): ParameterSource {
	const parameters = asEntered(context, (name) =>
		context.getNodeParameter(name, 0, undefined, { rawExpressions: true }),
	);
	let items: INodeExecutionData[] | undefined;
	return {
		parameters,
		timezone: context.getTimezone(),
		read: (name, itemIndex, fallback) =>
			valueOf(name, () =>
				context.getNodeParameter(name, itemIndex, fallback, {
					extractValue: isPicker(parameters[name]),
				}),
			),
		evaluate: (expression, itemIndex) => context.evaluateExpression(expression, itemIndex),
		itemsOf: (node, itemIndex) => itemsOf(context, node, itemIndex),
		json(itemIndex) {
			items ??= itemsOfExpressions(context);
			return items[itemIndex]?.json;
		},
	};
}

/** The fields for the one item of a tool call, which n8n's routing engine runs. */
export function parametersOfOneItem(context: IExecuteSingleFunctions): ParameterSource {
	const parameters = asEntered(context, (name) =>
		context.getNodeParameter(name, undefined, { rawExpressions: true }),
	);
	return {
		parameters,
		timezone: context.getTimezone(),
		read: (name, _itemIndex, fallback) =>
			valueOf(name, () =>
				context.getNodeParameter(name, fallback as string, {
					extractValue: isPicker(parameters[name]),
				}),
			),
		evaluate: (expression) => context.evaluateExpression(expression, context.getItemIndex()),
		// In a tool's expressions, $json is the agent's item, not the tool's input.
		json: () => undefined,
	};
}

/**
 * The same fields without one of the options, which is then not evaluated with the others. Options
 * without an expression are read once.
 */
export function withoutOption(source: ParameterSource, option: string): ParameterSource {
	const { options } = source.parameters;
	if (!isPlainObject(options) || !Object.hasOwn(options, option)) return source;
	const others = Object.fromEntries(
		Object.entries(options).filter(([name]) => name !== option),
	) as INodeParameters;
	const fixed = new Map<string, IDataObject[string]>();
	const readOption = (name: string, itemIndex: number) => {
		if (!isSameForAll(others[name])) return source.read(`options.${name}`, itemIndex);
		if (!fixed.has(name)) fixed.set(name, source.read(`options.${name}`, itemIndex));
		return fixed.get(name);
	};
	return {
		...source,
		parameters: { ...source.parameters, options: others },
		read: (name, itemIndex, fallback) =>
			name === 'options'
				? Object.fromEntries(Object.keys(others).map((one) => [one, readOption(one, itemIndex)]))
				: source.read(name, itemIndex, fallback),
	};
}

/** A copy of the fields; the one that n8n makes of a node loses entries such as "constructor". */
function asEntered(
	context: Pick<IExecuteFunctions, 'getNode'>,
	raw: (name: string) => unknown,
): INodeParameters {
	const names = Object.keys(context.getNode().parameters);
	return Object.fromEntries(
		names.map((name) => [name, structuredClone(raw(name))]),
	) as INodeParameters;
}

/** Here only the name of a field is known, not its label in the editor. */
function valueOf(name: string, read: () => unknown): IDataObject[string] {
	return readable(`The field "${name}"`, () => withoutLocators(read() as IDataObject[string]));
}

/** n8n takes the value out of a picker only where it is a field of its own, not within a collection. */
function withoutLocators(value: IDataObject[string]): IDataObject[string] {
	if (Array.isArray(value)) return value.map(withoutLocators) as IDataObject[];
	if (isResourceLocatorValue(value as IDataObject)) return (value as IDataObject).value as string;
	if (typeof value !== 'object' || value === null || value instanceof Date) return value;
	if (Object.getPrototypeOf(value) !== Object.prototype) return value;
	return Object.fromEntries(
		Object.entries(value as IDataObject).map(([name, entry]) => [name, withoutLocators(entry)]),
	);
}

/** Whether a field is a picker, by what the editor stores for it. */
export function isPicker(raw: unknown): boolean {
	return isResourceLocatorValue(raw);
}

/** What throws here, throws in the evaluator too, whose error n8n shows. */
function itemsOf(context: IExecuteFunctions, node: string, itemIndex: number): unknown {
	try {
		const proxy = context.getWorkflowDataProxy(itemIndex) as unknown as {
			$(name: string): { all(): unknown };
		};
		return proxy.$(node).all();
	} catch {
		return undefined;
	}
}

/** The input items, if they are what expressions see as $json; a tool's input is not. */
function itemsOfExpressions(context: IExecuteFunctions): INodeExecutionData[] {
	const items = context.getInputData();
	try {
		return context.getWorkflowDataProxy(0).$json === items[0].json ? items : [];
	} catch {
		return [];
	}
}
