import { type Batch, postBatch } from '../../../scripts/n8n/batchFlow.mjs';
import { until } from '../../../scripts/run/until.mjs';
import {
	type Answer,
	ScriptedVendor,
	type SeenRequest,
} from '../../engine/contract/scriptedVendor';
import { type N8nClient, outputOf } from './n8n';

/** How one vendor is written to, as far as a test of sending once must know it. */
export interface OnceVendor {
	node: string;
	credential: { type: string; data: Record<string, string> };
	/** Of a message to `{{ $json.phone }}`. */
	parameters: object;
	recipientOf(request: SeenRequest): string;
	answerTo(request: SeenRequest): Answer;
}

const locator = (value: string) => ({ __rl: true, mode: 'id', value });
const phone = '={{ $json.phone }}';
const text = 'Your order is on its way.';
const ok = (body: unknown): Answer => ({ status: 200, body });
const inPath = (path: string, before: string) =>
	decodeURIComponent(new RegExp(`${before}([^/]+)/message`).exec(path)?.[1] ?? '');
const contactIn = ({ path }: SeenRequest) => inPath(path, '/contacts/ph');

export const VENDORS: Record<string, OnceVendor> = {
	bird: {
		node: 'bird',
		credential: {
			type: 'birdChannelsApi',
			data: { accessKey: 'key', workspaceId: 'a1b2c3d4-0000-4000-8000-000000000001' },
		},
		parameters: {
			channelId: locator('11111111-0000-4000-8000-000000000001'),
			recipient: phone,
			text,
		},
		recipientOf: ({ body }) =>
			(body as { receiver: { contacts: Array<{ identifierValue: string }> } }).receiver.contacts[0]
				.identifierValue,
		answerTo: ({ body }) => ({
			status: 202,
			body: { id: '1e7b70ab-3dcc-48f4-a6f6-63a493f6134c', status: 'accepted', ...(body as object) },
		}),
	},
	sent: {
		node: 'sent',
		credential: { type: 'sentDmApi', data: { apiKey: 'key' } },
		parameters: { recipients: phone, text },
		recipientOf: ({ body }) => (body as { to: string[] }).to[0],
		answerTo: ({ body }) => ({
			status: 202,
			body: {
				success: true,
				data: {
					status: 'QUEUED',
					recipients: (body as { to: string[] }).to.map((to) => ({
						message_id: `message-to-${to}`,
						to,
						channel: null,
					})),
				},
				error: null,
				meta: {},
			},
		}),
	},
	conduit: {
		node: 'conduit',
		credential: { type: 'conduitAiApi', data: { apiToken: 'key' } },
		parameters: {
			sendTo: 'contact',
			contactId: locator('=ph{{ $json.phone.slice(1) }}'),
			channelBy: 'node',
			channelNodeId: locator('hg77channel'),
			body: text,
		},
		recipientOf: (request) => `+${contactIn(request)}`,
		answerTo: (request) => {
			const contact = `ph${contactIn(request)}`;
			return ok({ data: { id: `message-to-${contact}`, contact_id: contact, status: 'sent' } });
		},
	},
	aelyst: {
		node: 'aelyst',
		credential: { type: 'aelystApi', data: { accessToken: 'key' } },
		parameters: { contactBy: 'phone', phone, text },
		recipientOf: ({ path }) => inPath(path, '/contact/phone:'),
		answerTo: () => ok({ messageId: 1262965213 }),
	},
	votel: {
		node: 'votel',
		credential: { type: 'votelApi', data: { apiKey: 'key' } },
		parameters: { sendAs: 'sms', recipient: phone, text },
		recipientOf: ({ body }) =>
			(body as { message_data: { recipient: string } }).message_data.recipient,
		answerTo: () => ok({ success: true, message_id: 'm1', status: 'SENT', channel_used: 'SMS' }),
	},
};

/** A vendor that counts, and that knows no idempotency keys: n8n's memory must do. */
export function countingVendor({ recipientOf, answerTo }: OnceVendor): ScriptedVendor {
	return new ScriptedVendor({ recipientsOf: (request) => [recipientOf(request)], answerTo });
}

/** The node that sends, with a credential of its own for a vendor at this address. */
export async function onceNode(
	client: N8nClient,
	{ node, credential, parameters }: OnceVendor,
	baseUrl: string,
	options: object = {},
) {
	const { type, data } = credential;
	const [{ id, name }] = await client.importCredentials([
		{ name: `Once ${node}`, type, data: { ...data, baseUrl } },
	]);
	return {
		type: `n8n-nodes-unified-messaging.${node}`,
		onError: 'continueRegularOutput',
		credentials: { [type]: { id, name } },
		parameters: {
			resource: 'message',
			operation: 'send',
			...parameters,
			options: {
				onceKey: '=order-{{ $json.order }}-shipped',
				requestsPerSecond: 1000,
				...options,
			},
		},
	};
}

/** An order of each of these numbers, as a shop gives them. */
export const orders = (from: number, count: number) =>
	Array.from({ length: count }, (_, index) => ({
		order: from + index,
		phone: phoneOf(from + index),
	}));

export const phoneOf = (order: number): string => `+1415${2_000_100 + order}`;

export type OnceEnding = 'sent' | 'alreadySent' | 'rejected' | 'not_sent' | 'unknown';

/** How one item of the node's output ended. */
export function endingOf({ json }: { json: Record<string, unknown> }): OnceEnding {
	if ('error' in json) return (json.details as { outcome: OnceEnding }).outcome;
	return json.alreadySent === true ? 'alreadySent' : 'sent';
}

/** How the items of one execution ended. */
export interface OnceExecution {
	id: string;
	endings: OnceEnding[];
	/** Why what was not sent was not. */
	reasons: string[];
}

/**
 * Posts batches at once to a flow, and gives how the items of each execution ended.
 *
 * @param client also of an n8n in queue mode, whose webhook processors have an address of their own
 */
export async function sendBatches(
	client: N8nClient & { webhookUrl?: string },
	workflowId: string,
	path: string,
	batches: Batch[],
): Promise<OnceExecution[]> {
	const before = new Set((await client.executions({ workflowId })).map(({ id }) => id));
	await Promise.all(
		batches.map(async (batch) => await postBatch(client.webhookUrl ?? client.url, path, batch)),
	);
	const fresh = await until(
		async () => {
			const all = await client.executions({ workflowId });
			const isOver = all.every(({ status }) => status !== 'new' && status !== 'running');
			const started = all.filter(({ id }) => !before.has(id));
			return isOver && started.length >= batches.length ? started : undefined;
		},
		{ what: 'All executions end', timeoutMs: 120_000 },
	);
	return await Promise.all(
		fresh.map(async ({ id }) => {
			const execution = await client.finishedExecution(id);
			const output = outputOf(execution, 'Send');
			const reasons = output
				.filter((item) => endingOf(item) === 'not_sent')
				.map(({ json }) => String(json.error));
			return { id, endings: output.map(endingOf), reasons };
		}),
	);
}

/** How often the order's customer was written to. */
export const timesReached = (vendor: ScriptedVendor, order: number): number =>
	vendor.reached.filter((who) => who === phoneOf(order)).length;
