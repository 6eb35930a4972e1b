import type { INodeProperties } from 'n8n-workflow';

/** The fields of a description, at any depth. */
export function fieldsIn(properties: INodeProperties[]): INodeProperties[] {
	return properties.flatMap((field) => {
		const within = (field.options ?? []).flatMap((option) => {
			if ('values' in option) return option.values;
			return 'type' in option ? [option] : [];
		});
		return [field, ...fieldsIn(within)];
	});
}
