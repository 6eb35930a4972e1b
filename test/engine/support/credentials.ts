import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialsHelper,
	IHttpRequestOptions,
	INode,
	INodeProperties,
	Workflow,
} from 'n8n-workflow';
import { core, n8nWorkflow, stored } from './n8n';
import type { Installation } from './installation';

/** Credential data by credential type, as a user would have typed it in. */
export type CredentialData = Record<string, ICredentialDataDecryptedObject>;

const keptInATest = (what: string) => async (): Promise<never> => {
	throw new Error(`The engine tests keep no credentials: ${what} is not supported`);
};

/** n8n's CredentialsHelper with the given data in place of its database. */
export function credentialsHelper(
	installation: Installation,
	given: CredentialData,
): ICredentialsHelper {
	const properties = (type: string): INodeProperties[] => {
		const merged: INodeProperties[] = [];
		for (const parent of installation.credentialType(type).type.extends ?? []) {
			n8nWorkflow.NodeHelpers.mergeNodeProperties(merged, properties(parent));
		}
		n8nWorkflow.NodeHelpers.mergeNodeProperties(
			merged,
			installation.credentialType(type).type.properties,
		);
		return merged;
	};

	return {
		getParentTypes: (type) => installation.parentTypes(type),
		getCredentialsProperties: properties,
		isCredentialUsableByNode: (type, nodeType) =>
			!installation.credentialType(type).type.restrictToSupportedNodes ||
			installation.supportedNodes(type).includes(nodeType),

		async authenticate(credentials, type, requestOptions, workflow, node) {
			const { authenticate } = installation.credentialType(type).type;
			const options = requestOptions as IHttpRequestOptions;
			if (typeof authenticate === 'function') return await authenticate(credentials, options);
			if (authenticate === undefined) return options;
			if (!workflow || !node) throw new Error('Authentication needs the workflow and the node');
			return applyGeneric(authenticate.properties, credentials, options, workflow, node);
		},
		// Needed by credentials that fetch a token first; none of this package does.
		preAuthentication: async () => undefined,
		runPreAuthentication: async () => undefined,

		async getDecrypted(additionalData, { name }, type, mode, executeData, raw, resolve) {
			const data = given[type];
			if (data === undefined) throw new Error(`No data was given for the credential "${name}"`);
			if (raw) return stored(data);
			const withDefaults = applyDefaults(properties(type), data);
			if (resolve === undefined) return withDefaults;
			return resolve.workflow.expression.getParameterValue(
				withDefaults as never,
				resolve.runExecutionData,
				resolve.runIndex,
				resolve.itemIndex,
				resolve.node.name,
				resolve.connectionInputData,
				mode,
				core.getAdditionalKeys(additionalData, mode, null, { isCredential: true }),
				executeData,
				false,
				withDefaults as never,
			) as unknown as ICredentialDataDecryptedObject;
		},
		getCredentials: keptInATest('reading a stored credential') as () => Promise<ICredentials>,
		updateCredentials: keptInATest('storing a credential'),
		updateCredentialsOauthTokenData: keptInATest('storing a token'),
	};
}

/** A stored credential holds only what was typed in; n8n fills in the rest. */
export function applyDefaults(
	properties: INodeProperties[],
	data: ICredentialDataDecryptedObject,
): ICredentialDataDecryptedObject {
	return n8nWorkflow.NodeHelpers.getNodeParameters(
		properties,
		stored(data) as never,
		true,
		false,
		null,
		null,
	) as unknown as ICredentialDataDecryptedObject;
}

/** `authenticate: { type: 'generic' }`: headers, query, body and basic auth, each value an expression. */
function applyGeneric(
	properties: object,
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
	workflow: Workflow,
	node: INode,
): IHttpRequestOptions {
	const resolve = (value: string): string => {
		if (!n8nWorkflow.isExpression(value)) return value;
		const resolved = workflow.expression.getSimpleParameterValue(
			node,
			value,
			'internal',
			{ $credentials: credentials },
			undefined,
			'',
		);
		return resolved ? resolved.toString() : '';
	};
	const target = options as unknown as Record<string, Record<string, string>>;
	for (const [part, entries] of Object.entries(properties) as Array<
		[string, Record<string, string>]
	>) {
		target[part] ??= {};
		for (const [key, value] of Object.entries(entries)) target[part][resolve(key)] = resolve(value);
	}
	return options;
}
