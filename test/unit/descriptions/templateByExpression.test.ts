import { type INode, type INodeParameters, NodeHelpers } from 'n8n-workflow';

import { nodes } from '../nodes';

const field = (id: string) => ({
	id,
	displayName: id,
	required: true,
	defaultMatch: false,
	display: true,
	type: 'string',
});
/** As the editor leaves it when a template was chosen, and nothing was filled in. */
const unfilled = {
	mappingMode: 'defineBelow',
	value: {},
	matchingColumns: [],
	schema: [field('name'), field('order_id')],
};

const VENDORS: Array<[vendor: string, template: string, mapper: string, more: INodeParameters]> = [
	['bird', 'projectId', 'parameterFields', { parametersFrom: 'template' }],
	['sent', 'template', 'variables', { variablesFrom: 'fields' }],
	['conduit', 'contentSid', 'variables', { variablesFrom: 'fields' }],
	['aelyst', 'template', 'variables', { variablesFrom: 'fields' }],
];

/** What n8n has against the variables, by its own rules, before it runs the node. */
function issuesOf(vendor: string, parameters: INodeParameters): string[] {
	const { description } = nodes.find((one) => one.description.name === vendor)!;
	const node = {
		name: 'Node',
		typeVersion: 1,
		parameters: { resource: 'message', operation: 'sendTemplate', ...parameters },
	} as unknown as INode;
	const complete = NodeHelpers.getNodeParameters(
		description.properties,
		node.parameters,
		true,
		false,
		node,
		description,
	);
	const issues = NodeHelpers.getNodeParametersIssues(
		description.properties,
		{ ...node, parameters: complete ?? {} },
		description,
	);
	return Object.keys(issues?.parameters ?? {});
}

it.each(VENDORS)(
	'%s: the variables of the template chosen before do not hold up one by expression',
	(vendor, template, mapper, more) => {
		const of = (value: string) =>
			issuesOf(vendor, {
				...more,
				[template]: { __rl: true, mode: 'id', value },
				[mapper]: unfilled,
			}).filter((name) => name.startsWith(`${mapper}.`));
		expect(of('chosen')).toEqual([`${mapper}.name`, `${mapper}.order_id`]);
		expect(of('={{ $json.template }}')).toEqual([]);
	},
);
