import type {
	ICredentialDataDecryptedObject,
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

/** Tests a credential by its `test` request the way n8n's CredentialsTester does. */
export async function testCredential(
	installation: Installation,
	type: string,
	data: ICredentialDataDecryptedObject,
): Promise<CredentialTestOutcome> {
	const { test } = installation.credentialType(type).type;
	if (test === undefined) {
		return { status: 'Error', message: 'No testing function found for this credential.' };
	}

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
