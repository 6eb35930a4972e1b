import type { INodeParameters, IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import { core } from './n8n';
import type { Installation } from './installation';
import { credentialsHelper, type CredentialData } from './credentials';

const notInATest = (what: string) => () => {
	throw new Error(`The engine tests have no ${what}`);
};

export interface Surroundings {
	credentials?: CredentialData;
	executionId?: string;
	/** Where n8n's webhooks would answer. */
	webhookBaseUrl?: string;
	currentNodeParameters?: INodeParameters;
}

/** What n8n hands to every execution, webhook and picker beside the workflow itself. */
export function additionalData(
	installation: Installation,
	{ credentials = {}, executionId, webhookBaseUrl, currentNodeParameters }: Surroundings,
): IWorkflowExecuteAdditionalData {
	const base = 'http://localhost:5678';
	return {
		credentialsHelper: credentialsHelper(installation, credentials),
		executionId,
		currentNodeExecutionIndex: 0,
		currentNodeParameters,
		restApiUrl: `${base}/rest`,
		instanceBaseUrl: `${base}/`,
		formBaseUrl: `${base}/form`,
		formWaitingBaseUrl: `${base}/form-waiting`,
		formTestBaseUrl: `${base}/form-test`,
		webhookBaseUrl: webhookBaseUrl ?? `${base}/webhook`,
		webhookWaitingBaseUrl: `${base}/webhook-waiting`,
		webhookTestBaseUrl: `${base}/webhook-test`,
		mcpBaseUrl: `${base}/mcp`,
		mcpTestBaseUrl: `${base}/mcp-test`,
		userId: 'engine-tests',
		variables: {},
		externalSecretsProxy: new core.ExternalSecretsProxy(),
		logAiEvent: () => undefined,
		getRuntimeCredential: async () => undefined,
		executeWorkflow: notInATest('sub-workflows'),
		getRunExecutionData: notInATest('stored executions'),
		startRunnerTask: notInATest('task runner'),
	};
}
