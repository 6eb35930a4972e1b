import type { INodeProperties } from 'n8n-workflow';
import { commonDeclarativeNodeOptionParameters } from 'n8n-core/dist/nodes-loader/constants';

import { nodes } from '../nodes';

/** What a workflow's stored value depends on, at any depth. */
function shapeOf(field: INodeProperties): object {
	const { name, type, default: fallback, isNodeSetting, noDataExpression, typeOptions } = field;
	const within = (field.options ?? []).map((option) => {
		if ('values' in option) return { name: option.name, values: option.values.map(shapeOf) };
		return 'type' in option ? shapeOf(option) : option;
	});
	return { name, type, fallback, isNodeSetting, noDataExpression, typeOptions, within };
}

const named = (name: string) =>
	nodes.flatMap(({ description }) =>
		description.properties
			.filter((field) => field.name === name)
			.map((field) => [description.name, field] as const),
	);

// n8n adds them to no node that has a webhook, and one that waits for an answer has one.
it('Request Options are those that n8n adds to other nodes, so that workflows that have set them go on', () => {
	const ours = named('requestOptions');
	expect(ours.map(([node]) => node).sort()).toEqual(['aelyst', 'bird', 'conduit', 'sent', 'votel']);
	const theirs = shapeOf(commonDeclarativeNodeOptionParameters as INodeProperties);
	for (const [, field] of ours) expect(shapeOf(field)).toEqual(theirs);
});
