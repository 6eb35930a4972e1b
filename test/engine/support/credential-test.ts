import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunctions,
	ICredentialTestRequest,
	INode,
	INodeType,
} from 'n8n-workflow';
import { core, n8nWorkflow } from './n8n';
import type { Installation } from './installation';
import { additionalData } from './additional-data';
import { applyDefaults, credentialsHelper } from './credentials';

export interface CredentialTestOutcome {
	status: 'OK' | 'Error';
	/** What the user reads in the credential's window. */
	message: string;
}

interface FailedRequest {
	message: string;
	cause?: { code?: string; response?: { status: number; statusText?: string } };
}

/** Tests a credential the way n8n's CredentialsTester does: by its `test` request, or by a node. */
export async function testCredential(
	installation: Installation,
	type: string,
	data: ICredentialDataDecryptedObject,
): Promise<CredentialTestOutcome> {
	const { test } = installation.credentialType(type).type;
	if (test === undefined) return await testByNode(installation, type, data);

	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [type]: { id: type, name: type } },
	};
	const nodeType = requestNode(type, test);
	const workflow = new n8nWorkflow.Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: {
			getByName: () => nodeType,
			getByNameAndVersion: () => nodeType,
			getKnownTypes: () => ({}),
		},
	});
	const credentials = { [type]: data };
	const context = new core.ExecuteContext(
		workflow,
		node,
		additionalData(installation, { credentials, currentNodeParameters: node.parameters }),
		'internal',
		n8nWorkflow.createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	const properties = credentialsHelper(installation, credentials).getCredentialsProperties(type);
	const decrypted = { id: type, name: type, type, data: applyDefaults(properties, data) };

	try {
		const [items] = (await new core.RoutingNode(context, nodeType, decrypted).runNode()) ?? [];
		return ruleFor(test, items?.[0]?.json) ?? { status: 'OK', message: 'Connection successful!' };
	} catch (error) {
		return failure(test, error as FailedRequest);
	}
}

/** `testedBy` of a node's credential: the name of one of its own methods. */
async function testByNode(
	installation: Installation,
	type: string,
	data: ICredentialDataDecryptedObject,
): Promise<CredentialTestOutcome> {
	for (const name of installation.supportedNodes(type)) {
		const { description, methods } = installation.nodeTypes.getByNameAndVersion(name);
		const used = description.credentials?.find((credential) => credential.name === type);
		const { testedBy } = used ?? {};
		if (typeof testedBy !== 'string') continue;
		const method = methods?.credentialTest?.[testedBy];
		if (method === undefined) throw new Error(`${name} has no credential test "${testedBy}"`);
		return await method.call({} as ICredentialTestFunctions, { id: type, name: type, type, data });
	}
	return { status: 'Error', message: 'No testing function found for this credential.' };
}

/** A declarative node with nothing but the test's request. */
function requestNode(credential: string, test: ICredentialTestRequest): INodeType {
	return {
		description: {
			name: 'n8n-nodes-base.noOp',
			displayName: 'Temp',
			group: [],
			version: 1,
			description: '',
			defaults: {},
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: credential, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					default: '',
					routing: { request: test.request },
				},
			],
		},
	};
}

function ruleFor(test: ICredentialTestRequest, body: unknown): CredentialTestOutcome | undefined {
	for (const rule of test.rules ?? []) {
		if (rule.type !== 'responseSuccessBody') continue;
		const { key, value, message } = rule.properties;
		const found = key
			.split('.')
			.reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], body);
		if (found === value) return { status: 'Error', message };
	}
	return undefined;
}

function failure(test: ICredentialTestRequest, error: FailedRequest): CredentialTestOutcome {
	const response = error.cause?.response;
	if (response !== undefined) {
		for (const rule of test.rules ?? []) {
			if (rule.type === 'responseCode' && rule.properties.value === response.status) {
				return { status: 'Error', message: rule.properties.message };
			}
		}
		const message = response.statusText || `Received HTTP status code: ${response.status}`;
		return { status: 'Error', message };
	}
	return { status: 'Error', message: error.cause?.code ?? error.message };
}
