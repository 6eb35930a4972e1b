import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

/** Tells n8n's log what happened to a node. Nothing secret may stand in the text. */
export function log(
	context: IHookFunctions | IWebhookFunctions,
	level: 'warn' | 'error',
	text: string,
): void {
	const { name } = context.getNode();
	context.logger[level](`${name} ${text}`, { workflowId: context.getWorkflow().id, node: name });
}
