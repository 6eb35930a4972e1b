import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
	INodeType,
	ResourceMapperFields,
} from 'n8n-workflow';
import { core, n8nWorkflow } from './n8n';
import type { Installation } from './installation';
import type { CredentialData } from './credentials';
import { additionalData } from './additional-data';
import { nodeOf } from './workflow';

export interface PickerOptions {
	parameters?: object;
	credentials?: CredentialData;
	typeVersion?: number;
	/** Where the field stands; `parameters.x.y` for a field inside a collection. */
	path?: string;
}

export interface SearchOptions extends PickerOptions {
	filter?: string;
	paginationToken?: string;
}

/** `this` of a picker, as the editor's request makes it. */
function contextFor(
	installation: Installation,
	type: string,
	{ parameters = {}, credentials = {}, typeVersion, path = 'parameters' }: PickerOptions,
): { nodeType: INodeType; context: ILoadOptionsFunctions } {
	const name = installation.fullName(type);
	const nodeType = installation.nodeTypes.getByNameAndVersion(name, typeVersion);
	const spec = { type, parameters, name: 'Temp-Node', ...(typeVersion && { typeVersion }) };
	const node = nodeOf(installation, spec, credentials);
	// The constructor fills in the defaults, as the editor has done before it asks for a list.
	const workflow = new n8nWorkflow.Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: installation.nodeTypes,
	});
	const data = additionalData(installation, {
		credentials,
		currentNodeParameters: node.parameters,
	});
	const context = new core.LoadOptionsContext(workflow, node, data, path);
	return { nodeType, context: context as ILoadOptionsFunctions };
}

function named<Method>(methods: Record<string, Method> | undefined, name: string): Method {
	const method = methods?.[name];
	if (method === undefined) {
		const known = Object.keys(methods ?? {}).join(', ') || 'none';
		throw new Error(`The node has no method "${name}" of this kind; it has ${known}`);
	}
	return method;
}

export async function listSearch(
	installation: Installation,
	type: string,
	method: string,
	options: SearchOptions = {},
): Promise<INodeListSearchResult> {
	const { nodeType, context } = contextFor(installation, type, options);
	const search = named(nodeType.methods?.listSearch, method);
	const result = await search.call(context, options.filter, options.paginationToken);
	const token: unknown = result.paginationToken;
	return typeof token === 'number' ? { ...result, paginationToken: String(token) } : result;
}

export async function loadOptions(
	installation: Installation,
	type: string,
	method: string,
	options: PickerOptions = {},
): Promise<INodePropertyOptions[]> {
	const { nodeType, context } = contextFor(installation, type, options);
	return await named(nodeType.methods?.loadOptions, method).call(context);
}

export async function resourceMapping(
	installation: Installation,
	type: string,
	method: string,
	options: PickerOptions = {},
): Promise<ResourceMapperFields> {
	const { nodeType, context } = contextFor(installation, type, options);
	return await named(nodeType.methods?.resourceMapping, method).call(context);
}
