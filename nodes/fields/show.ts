import type {
	DisplayCondition,
	IDisplayOptions,
	INodeProperties,
	NodeParameterValue,
} from 'n8n-workflow';

type Shown = Record<string, Array<NodeParameterValue | DisplayCondition>>;

/** Shows fields only where other fields have certain values, besides their own conditions. */
export function showFor(when: Shown, fields: INodeProperties[]): INodeProperties[] {
	return fields.map((field) => ({
		...field,
		displayOptions: merge(field.displayOptions, when),
	}));
}

/** Hides fields where other fields have certain values, also where those are not shown. */
export function hideFor(when: Shown, fields: INodeProperties[]): INodeProperties[] {
	return fields.map((field) => ({
		...field,
		displayOptions: { ...field.displayOptions, hide: { ...when, ...field.displayOptions?.hide } },
	}));
}

function merge(own: IDisplayOptions | undefined, when: Shown): IDisplayOptions {
	return { ...own, show: { ...when, ...own?.show } };
}
