import type { IDataObject, IExecuteFunctions, INodeParameterResourceLocator } from 'n8n-workflow';

import type { Draft } from '../../input/draft';
import { merge } from '../../input/mergeFields';
import {
	isOfItem,
	isSameForAll,
	mayHoldMergeFields,
	type Reader,
	readerOf,
	withoutSameForAll,
} from './expressions';
import { isPicker, parametersOfItems, type ParameterSource } from './parameterSource';
import { isPlain, type Plain, type PlainPath, valueAt } from './plainPath';
import { readable } from './readable';

/** A field whose value may be different for another item. */
interface ItemField {
	name: string;
	/** Reads it without n8n's evaluator. */
	reader: Reader | undefined;
	/** Only what the user wrote is searched for merge fields: brackets in somebody's data are just that. */
	mayHoldMergeFields: boolean;
	/** The field as entered, but for expressions that are the same for all items. */
	entered: unknown;
}

/** The fields that are the same for all items. */
interface SharedValues {
	final: Draft;
	withMergeFields: Draft;
}

/**
 * Reads the drafts of all items of a run. An expression costs n8n's evaluator a millisecond or two,
 * so what is the same for all items is evaluated once, and plain paths such as
 * `{{ $json.first_name }}` are read straight from the item, as merge fields are. Everything else is
 * evaluated anew for each item, and nobody can tell the difference.
 */
export class Drafts {
	private readonly source: ParameterSource;

	private readonly shared: string[] = [];

	private readonly ofItem: ItemField[] = [];

	private sharedValues: SharedValues | undefined;

	/** Values of `$vars.shop` and the like beside those of items, by the expression. */
	private readonly sharedPaths = new Map<string, Plain | undefined>();

	/** Evaluates nothing yet: what an expression throws is the error of the item that is read. */
	constructor(
		context: IExecuteFunctions | ParameterSource,
		/** Parameters that are not part of the draft. */
		leaveOut: string[] = [],
		private readonly hasMergeFields = true,
		/** The parameters, at any depth, that hold HTML. */
		private readonly html: readonly string[] = [],
	) {
		this.source = 'getNodeParameter' in context ? parametersOfItems(context) : context;
		for (const [name, raw] of Object.entries(this.source.parameters)) {
			if (leaveOut.includes(name)) continue;
			if (isSameForAll(raw)) this.shared.push(name);
			else this.ofItem.push(itemField(name, raw));
		}
	}

	/**
	 * The draft of an item. Not to be changed, since drafts share what is the same for all items.
	 *
	 * @param json the fields for the merge fields
	 * @throws what an expression throws
	 * @throws InvalidInput for a merge field that the item does not have
	 */
	draft(itemIndex: number, json: IDataObject): Draft {
		this.sharedValues ??= this.readShared(itemIndex);
		const { final, withMergeFields } = this.sharedValues;
		const draft: Draft = { ...final };
		const { html } = this;
		for (const [name, value] of Object.entries(withMergeFields)) {
			draft[name] = filledIn(name, () => merge(value, json, undefined, { name, html }));
		}
		for (const field of this.ofItem) {
			const { name, entered } = field;
			const value = this.read(field, itemIndex);
			const isMerged = this.hasMergeFields && field.mayHoldMergeFields;
			draft[name] = isMerged
				? filledIn(name, () => merge(value, json, entered, { name, html }))
				: value;
		}
		return draft;
	}

	private readShared(itemIndex: number): SharedValues {
		const final: Draft = {
			workflowTimezone: this.source.timezone,
			...pickedByExpression(this.source.parameters),
		};
		const withMergeFields: Draft = {};
		for (const name of this.shared) {
			const value = this.source.read(name, itemIndex);
			const isMerged = this.hasMergeFields && filledIn(name, () => holdsBrackets(value));
			(isMerged ? withMergeFields : final)[name] = value;
		}
		return { final, withMergeFields };
	}

	private read({ name, reader }: ItemField, itemIndex: number): IDataObject[string] {
		const json = reader && this.source.json(itemIndex);
		const value =
			json &&
			reader((path) =>
				isOfItem(path) ? valueAt(json, path.names) : this.sharedPath(path, itemIndex),
			);
		return value === undefined ? this.source.read(name, itemIndex) : value;
	}

	private sharedPath({ code }: PlainPath, itemIndex: number): Plain | undefined {
		if (!this.sharedPaths.has(code)) this.sharedPaths.set(code, this.evaluate(code, itemIndex));
		return this.sharedPaths.get(code);
	}

	/** What cannot be evaluated is left to n8n, whose error names the field. */
	private evaluate(code: string, itemIndex: number): Plain | undefined {
		try {
			const value = this.source.evaluate(`{{ ${code} }}`, itemIndex);
			return isPlain(value) ? value : undefined;
		} catch {
			return undefined;
		}
	}
}

/** Whatever is in a field that merge fields are filled in of. */
function filledIn<T>(name: string, fill: () => T): T {
	return readable(`The field "${name}"`, fill);
}

/** Whether text with double brackets is anywhere in a value. */
function holdsBrackets(value: unknown): boolean {
	if (typeof value === 'string') return value.includes('[[');
	if (typeof value !== 'object' || value === null) return false;
	return Object.values(value).some(holdsBrackets);
}

function itemField(name: string, raw: unknown): ItemField {
	const entered = isPicker(raw) ? (raw as INodeParameterResourceLocator).value : raw;
	return {
		name,
		// What a picker makes of its value, such as an ID out of an address, only n8n knows.
		reader: isPicker(raw) ? undefined : readerOf(raw),
		mayHoldMergeFields: mayHoldMergeFields(entered),
		entered: withoutSameForAll(entered),
	};
}

/** The pickers in which an expression stands, where there are any. */
function pickedByExpression(parameters: ParameterSource['parameters']): Draft {
	const byExpression = Object.entries(parameters)
		.filter(
			([, raw]) => isPicker(raw) && isExpression((raw as INodeParameterResourceLocator).value),
		)
		.map(([name]) => name);
	return byExpression.length > 0 ? { byExpression } : {};
}

function isExpression(value: unknown): boolean {
	return typeof value === 'string' && value.startsWith('=');
}
