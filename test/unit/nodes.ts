import { join } from 'node:path';
import type { INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow';
import packageJson from '../../package.json';

const root = join(__dirname, '../..');

/** Every node of the package, made from its source, in the order of package.json. */
export const nodes: INodeType[] = packageJson.n8n.nodes.map((built) => {
	const source = built.replace(/^dist\//, '').replace(/\.js$/, '');
	const exported = jest.requireActual<Record<string, new () => INodeType>>(join(root, source));
	return new (Object.values(exported)[0])();
});

/** The nodes that send, with the names of their operations. */
export const sendingNodes = nodes
	.filter(({ description }) => description.requestDefaults !== undefined)
	.map((node) => ({
		node,
		displayName: node.description.displayName,
		operations: node.description.properties
			.filter(({ name }) => name === 'operation')
			.flatMap(({ options }: INodeProperties) => options as INodePropertyOptions[])
			.map(({ name }) => name),
	}));
