import type { IDataObject, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';

import { isPlainObject } from '../input/json';
import { toList } from '../input/list';
import { readBody, readRawBody } from './body';
import { chosenVendor, parametersOf } from './chosenVendor';
import { log } from './log';
import { distribute } from './outputs';
import type { Delivery, VendorEvent, WebhookVendor } from '../webhook/webhookVendor';

/** What n8n's IWebhookResponseData comes to here. */
interface Reception {
	workflowData?: INodeExecutionData[][];
	webhookResponse?: string;
	noWebhookResponse?: true;
}

/** The empty answer that a chosen event gets too: a sender does not learn what is chosen. */
const TAKEN: Reception = { webhookResponse: '' };

/**
 * Answers one request: judges whom it comes from before anything in it is read, and starts the
 * workflow with the chosen events. Never throws, because n8n would store a failed execution for
 * whatever anybody posts.
 */
export async function receive(context: IWebhookFunctions): Promise<Reception> {
	const vendor = chosenVendor(context);
	const delivery = await deliveryOf(context, vendor);
	const refusal = await judge(vendor, delivery);
	if (refusal !== undefined) return refuse(context, 401, 'Unauthorized', refusal);

	const body = readBody(delivery.rawBody);
	if ('unreadable' in body) return refuse(context, 400, 'Bad Request', body.unreadable);
	const payloads = [body.json].flat().filter(isPlainObject);
	for (const payload of payloads) {
		const answer = vendor.handshake?.(payload, delivery);
		if (answer !== undefined) return { webhookResponse: answer };
	}

	const statuses = vendor.statuses.length > 0 ? toList(delivery.parameter('statuses', [])) : [];
	const all = read(vendor, payloads, delivery);
	if (all === undefined) return refuse(context, 400, 'Bad Request', 'its payload cannot be read');
	const events = chosen(all, vendor, toList(delivery.parameter('events', [])), statuses);
	if (events.length === 0) return TAKEN;
	const simplify = delivery.parameter('simplify', true) !== false;
	const outgoing = events.map(({ event }) => ({
		event,
		item: { json: simplify ? ({ ...event } as IDataObject) : event.raw },
	}));
	return { workflowData: distribute(outgoing, delivery.parameter('outputs', ''), statuses) };
}

async function deliveryOf(context: IWebhookFunctions, vendor: WebhookVendor): Promise<Delivery> {
	const request = context.getRequestObject();
	const parameter = parametersOf(context);
	const options = parameter('options', {});
	const stored = context.getWorkflowStaticData('node');
	return {
		headers: request.headers,
		query: isPlainObject(request.query) ? request.query : {},
		rawBody: await readRawBody(request),
		now: Date.now(),
		remembered: stored.vendor === vendor.value ? stored : {},
		options: isPlainObject(options) ? options : {},
		parameter,
		credentials: async () => await context.getCredentials(vendor.credential),
	};
}

/** A check that cannot be made, for instance without a credential, has failed. */
async function judge(vendor: WebhookVendor, delivery: Delivery): Promise<string | undefined> {
	try {
		return await vendor.verify(delivery);
	} catch (error) {
		const name = error instanceof Error ? error.name : typeof error;
		return `it could not be checked (${name}); look at the credential and the settings of the node`;
	}
}

/** Vendors change their payloads without asking. */
function read(
	vendor: WebhookVendor,
	payloads: IDataObject[],
	delivery: Delivery,
): VendorEvent[] | undefined {
	try {
		return payloads.flatMap((payload) => vendor.toEvents(payload, delivery));
	} catch {
		return undefined;
	}
}

/** The same words for every sender; the reason is for the log of n8n only. */
function refuse(
	context: IWebhookFunctions,
	status: number,
	answer: string,
	reason: string,
): Reception {
	log(context, 'warn', `answered a webhook with ${status}: ${reason}`);
	context.getResponseObject().status(status).send(answer).end();
	return { noWebhookResponse: true };
}

function chosen(
	events: VendorEvent[],
	vendor: WebhookVendor,
	kinds: string[],
	statuses: string[],
): VendorEvent[] {
	return events.filter(
		({ kind, event }) =>
			kinds.includes(kind) &&
			(event.type !== 'message.status' ||
				vendor.statuses.length === 0 ||
				statuses.includes(event.status)),
	);
}
