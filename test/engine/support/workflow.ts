import type {
	IConnections,
	INode,
	INodeParameters,
	IPinData,
	IWorkflowSettings,
	OnError,
} from 'n8n-workflow';
import { stored } from './n8n';
import type { Installation } from './installation';
import type { CredentialData } from './credentials';
import { SINK, SOURCE } from './stand-ins';

/** The part of a node that a test cares about. */
export interface NodeSpec {
	/** `bird`, or the full name of any node. */
	type: string;
	typeVersion?: number;
	name?: string;
	id?: string;
	parameters?: object;
	onError?: OnError;
	retryOnFail?: boolean;
	maxTries?: number;
	waitBetweenTries?: number;
	executeOnce?: boolean;
	alwaysOutputData?: boolean;
	disabled?: boolean;
	webhookId?: string;
}

/** A workflow as n8n exports it. */
export interface WorkflowJson {
	id?: string;
	name?: string;
	nodes: Array<Partial<INode> & Pick<INode, 'name' | 'type'>>;
	connections: IConnections;
	settings?: IWorkflowSettings;
	pinData?: IPinData;
}

export const UNDER_TEST = 'Node';

export function nodeOf(
	installation: Installation,
	spec: NodeSpec,
	credentials: CredentialData,
): INode {
	const { type, ...rest } = stored(spec);
	const node = {
		id: 'node-under-test',
		name: UNDER_TEST,
		position: [200, 0] as [number, number],
		...rest,
		parameters: (rest.parameters ?? {}) as INodeParameters,
	};
	return complete(installation, { ...node, type: installation.fullName(type) }, credentials);
}

/** Adds what an export may lack: the version, an id, and the credentials of whoever imports it. */
export function complete(
	installation: Installation,
	node: WorkflowJson['nodes'][number],
	credentials: CredentialData,
): INode {
	const { description } = installation.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	const own = (description.credentials ?? []).filter(({ name }) => credentials[name] !== undefined);
	return {
		id: node.name,
		position: [0, 0],
		parameters: {},
		typeVersion: description.defaultVersion ?? [description.version].flat().at(-1) ?? 1,
		...node,
		...(own.length > 0 && {
			credentials: Object.fromEntries(own.map(({ name }) => [name, { id: name, name }])),
		}),
	};
}

/** More than any node of this package has; a sink without items does not run. */
const TRACED_OUTPUTS = 4;
export const sinkOf = (output: number) => `Sink ${output}`;

/** Items → Node, and with `trace` → one sink for each output. */
export function workflowAround(node: INode, trace = false): WorkflowJson {
	const sinks = trace ? Array.from({ length: TRACED_OUTPUTS }, (_, index) => sinkOf(index)) : [];
	const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
	return {
		id: 'workflow-under-test',
		name: 'Workflow under test',
		nodes: [{ name: 'Items', type: SOURCE }, node, ...sinks.map((name) => ({ name, type: SINK }))],
		connections: {
			Items: { main: [to(node.name)] },
			[node.name]: { main: sinks.map(to) },
		},
	};
}

/** The one node that nothing leads to. */
export function startOf(json: WorkflowJson): WorkflowJson['nodes'][number] {
	const reached = new Set(
		Object.values(json.connections).flatMap((byType) =>
			Object.values(byType).flatMap((outputs) =>
				outputs.flatMap((targets) => (targets ?? []).map((target) => target.node)),
			),
		),
	);
	const starts = json.nodes.filter(
		({ name, type }) => !reached.has(name) && json.connections[name] && !/stickyNote$/.test(type),
	);
	if (starts.length !== 1) {
		throw new Error(
			`A workflow needs exactly one start node; these have no input: ${starts.map(({ name }) => name).join(', ') || 'none'}`,
		);
	}
	return starts[0];
}
