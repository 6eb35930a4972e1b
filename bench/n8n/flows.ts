import type { Workflow } from '../../scripts/n8n/client.mjs';
import { type Accounts, CHANNEL, TEMPLATE, WORKSPACE } from './accounts';

/** The name of the node that is measured, in every flow. */
export const MEASURED = 'Measured';

/** What is peculiar to the measured node of a flow. */
export interface MeasuredNode {
	type: string;
	typeVersion?: number;
	parameters?: object;
	credentials?: object;
	onError?: 'continueRegularOutput';
	retryOnFail?: boolean;
	maxTries?: number;
	waitBetweenTries?: number;
}

/** A flow that gives a node so many recipients, all different, each with a name of its own. */
export function flow(node: MeasuredNode, recipients: number): Workflow {
	const jsCode = `return Array.from({ length: ${recipients} }, (_, index) => ({
	json: { phone: '+49151' + (10000000 + index), first_name: 'Name ' + index },
}));`;
	return {
		name: `Bench ${node.type}`,
		nodes: [
			{
				id: 'start',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'recipients',
				name: 'Recipients',
				type: 'n8n-nodes-base.code',
				typeVersion: 2,
				position: [200, 0],
				parameters: { jsCode },
			},
			{
				id: 'measured',
				name: MEASURED,
				typeVersion: 1,
				position: [400, 0],
				parameters: {},
				...node,
			},
		],
		connections: {
			Start: { main: [[{ node: 'Recipients', type: 'main', index: 0 }]] },
			Recipients: { main: [[{ node: MEASURED, type: 'main', index: 0 }]] },
		},
		settings: { executionOrder: 'v1' },
	};
}

/** The flow with a node before its recipients that gives rows of an opt-out table, all of them of others. */
export function withOptOuts(inner: Workflow, rows: number): Workflow {
	const jsCode = `return Array.from({ length: ${rows} }, (_, index) => ({
	json: { id: index + 1, phone: '+49171' + (10000000 + index), createdAt: '2026-11-29T00:00:00.000Z' },
}));`;
	return {
		...inner,
		nodes: [
			...inner.nodes,
			{
				id: 'opt-outs',
				name: 'Opt-Outs',
				type: 'n8n-nodes-base.code',
				typeVersion: 2,
				position: [100, 0],
				parameters: { jsCode },
			},
		],
		connections: {
			...inner.connections,
			Start: { main: [[{ node: 'Opt-Outs', type: 'main', index: 0 }]] },
			'Opt-Outs': { main: [[{ node: 'Recipients', type: 'main', index: 0 }]] },
		},
	};
}

const TEXT = 'Hello {name}, your order is on its way and arrives tomorrow.';
const FILLED_TEXT = `=${TEXT.replace('{name}', '{{ $json.first_name }}')}`;
const birdChannel = { __rl: true, mode: 'id', value: CHANNEL };

/** Send Message of the Bird node, an expression for the number and one for the text. */
export const birdSend = ({ bird }: Accounts, options: object): MeasuredNode => ({
	type: 'n8n-nodes-unified-messaging.bird',
	credentials: bird,
	parameters: {
		resource: 'message',
		operation: 'send',
		channelId: birdChannel,
		recipientBy: 'phone',
		recipient: '={{ $json.phone }}',
		bodyType: 'text',
		text: FILLED_TEXT,
		options,
	},
});

/** Send Message of the Sent node, with the same text. */
export const sentSend = ({ sent }: Accounts, options: object): MeasuredNode => ({
	type: 'n8n-nodes-unified-messaging.sent',
	credentials: sent,
	parameters: {
		resource: 'message',
		operation: 'send',
		recipientBy: 'phone',
		recipients: '={{ $json.phone }}',
		text: FILLED_TEXT,
		options,
	},
});

interface Bulk {
	text?: string;
	options?: object;
}

/** Bulk Send of the Bird node, one merge field. */
export const birdBulk = (
	{ bird }: Accounts,
	{ text = TEXT.replace('{name}', '[[first_name]]'), options = {} }: Bulk = {},
): MeasuredNode => ({
	type: 'n8n-nodes-unified-messaging.bird',
	credentials: bird,
	parameters: {
		resource: 'message',
		operation: 'bulkSend',
		channelId: birdChannel,
		recipientField: 'phone',
		bodyType: 'text',
		text,
		options,
	},
});

/** The same with an expression instead of the merge field. */
export const birdBulkByExpression = (accounts: Accounts): MeasuredNode =>
	birdBulk(accounts, { text: FILLED_TEXT });

/** Bulk Send of the Sent node: a template with one variable. */
export const sentBulk = ({ sent }: Accounts, value: string): MeasuredNode => ({
	type: 'n8n-nodes-unified-messaging.sent',
	credentials: sent,
	parameters: {
		resource: 'message',
		operation: 'bulkSend',
		recipientField: 'phone',
		content: 'template',
		template: { __rl: true, mode: 'id', value: TEMPLATE },
		variablesFrom: 'json',
		variablesJson: JSON.stringify({ name: value }),
		// The mock has no limit; the plans of Sent do, and they are not what is measured.
		options: { requestsPerSecond: 1_000_000 },
	},
});

/** The same message as birdSend's with n8n's HTTP Request node. */
export const httpRequest = (
	{ header }: Accounts,
	vendorUrl: string,
	options: object = {},
): MeasuredNode => ({
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.5,
	credentials: header,
	parameters: {
		method: 'POST',
		url: `${vendorUrl}/workspaces/${WORKSPACE}/channels/${CHANNEL}/messages`,
		authentication: 'genericCredentialType',
		genericAuthType: 'httpHeaderAuth',
		sendBody: true,
		specifyBody: 'json',
		jsonBody: `=${JSON.stringify({
			receiver: {
				contacts: [{ identifierKey: 'phonenumber', identifierValue: '{{ $json.phone }}' }],
			},
			body: { type: 'text', text: { text: TEXT.replace('{name}', '{{ $json.first_name }}') } },
		})}`,
		options,
	},
});

/** Nothing: what n8n itself needs to pass the items on and to store the run. */
export const noOp: MeasuredNode = { type: 'n8n-nodes-base.noOp' };
