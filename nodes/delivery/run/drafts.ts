import {
	type IDataObject,
	type INodeParameterResourceLocator,
	isResourceLocatorValue,
} from 'n8n-workflow';
import type { ParameterSource } from './parameterSource';
import type { Draft } from '../../input/draft';
import { dependsOnItem, merge } from '../../input/mergeFields';

/**
 * Reads the drafts of all items of a custom operation. An expression costs about a millisecond, so
 * what does not depend on the item is evaluated once, and merge fields such as [[first_name]] are
 * filled in straight from the item.
 */
export class Drafts {
	private readonly fixed: Draft = {};

	private readonly mergeable: Draft = {};

	private readonly perItem: string[] = [];

	constructor(
		private readonly context: ParameterSource,
		/** Parameters that are not part of the draft. */
		leaveOut: string[] = [],
		private readonly hasMergeFields = true,
	) {
		const { parameters } = context;
		this.fixed.workflowTimezone = context.timezone;
		for (const [name, raw] of Object.entries(parameters)) {
			if (leaveOut.includes(name)) continue;
			if (dependsOnItem(raw)) {
				this.perItem.push(name);
				continue;
			}
			const value = this.read(name, 0);
			if (hasMergeFields && JSON.stringify(value ?? null).includes('[['))
				this.mergeable[name] = value;
			else this.fixed[name] = value;
		}
	}

	/**
	 * @param json the item's fields, for the merge fields
	 * @throws InvalidInput for a merge field that the item does not have
	 */
	draft(itemIndex: number, json: IDataObject): Draft {
		const draft: Draft = { ...this.fixed };
		for (const [name, value] of Object.entries(this.mergeable)) draft[name] = merge(value, json);
		for (const name of this.perItem) {
			const value = this.read(name, itemIndex);
			draft[name] = this.hasMergeFields ? merge(value, json, this.raw(name)) : value;
		}
		return draft;
	}

	/** A parameter as the user entered it. Of a picker, only the value counts. */
	private raw(name: string): unknown {
		const raw = this.context.parameters[name];
		return isResourceLocatorValue(raw as INodeParameterResourceLocator)
			? (raw as INodeParameterResourceLocator).value
			: raw;
	}

	private read(name: string, itemIndex: number): IDataObject[string] {
		return this.context.read(name, itemIndex) as IDataObject[string];
	}
}
