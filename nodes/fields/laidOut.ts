import type { DisplayCondition, INodeProperties } from 'n8n-workflow';

import { hideFor, showFor } from './show';

const IS_EXPRESSION: DisplayCondition = { _cnd: { startsWith: '=' } };

/**
 * Fields that n8n lays out for what is chosen in another field. Where an expression stands there, the
 * editor keeps the fields of what was chosen before: then none of them is required, or the node would
 * not run without values that nobody needs.
 *
 * @param field the name of the field in which it is chosen
 * @param mapper whose mode `add` means that n8n checks what is required, and `map` that it does not
 */
export function laidOutFor(field: string, mapper: INodeProperties): INodeProperties[] {
	const { resourceMapper } = mapper.typeOptions ?? {};
	if (resourceMapper === undefined) return [mapper];
	const lenient: INodeProperties = {
		...mapper,
		typeOptions: { ...mapper.typeOptions, resourceMapper: { ...resourceMapper, mode: 'map' } },
	};
	return [
		...hideFor({ [field]: [IS_EXPRESSION] }, [mapper]),
		...showFor({ [field]: [IS_EXPRESSION] }, [lenient]),
	];
}
