import type { IDataObject, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';

import { isPlainObject } from '../input/json';
import { toList } from '../input/list';
import type { EventWithRaw } from '../webhook/event';
import type { Delivery, VendorEvent, WebhookVendor } from '../webhook/webhookVendor';
import { readBody, readRawBody } from './body';
import { chosenVendor, parametersOf } from './chosenVendor';
import { logSparingly } from './log';
import { distribute } from './outputs';

/** What n8n's IWebhookResponseData comes to here. */
interface Reception {
	workflowData?: INodeExecutionData[][];
	webhookResponse?: string;
	noWebhookResponse?: true;
}

/** The empty answer that a chosen event gets too: a sender does not learn what is chosen. */
const TAKEN: Reception = { webhookResponse: '' };

/** Why a request is not taken. The sender is told nothing but the status. */
interface Refusal {
	status: 400 | 401;
	reason: string;
}

/**
 * Answers one request: judges whom it comes from before anything in it is read, and starts the
 * workflow with the chosen events. Never throws, whatever is posted or set, because n8n would store a
 * failed execution for it.
 */
export async function receive(context: IWebhookFunctions): Promise<Reception> {
	const received = await answer(context).catch((error: unknown) =>
		refusal(401, `it could not be checked (${nameOf(error)}); look at the settings of the node`),
	);
	return 'reason' in received ? refuse(context, received) : received;
}

async function answer(context: IWebhookFunctions): Promise<Reception | Refusal> {
	const rawBody = await readRawBody(context.getRequestObject());
	if (rawBody === undefined) return refusal(400, 'its body could not be read');
	const vendor = chosenVendor(context);
	const delivery = deliveryOf(context, vendor, rawBody);
	const forged = await judge(vendor, delivery);
	if (forged !== undefined) return refusal(401, forged);

	const body = readBody(rawBody);
	if ('unreadable' in body) return refusal(400, body.unreadable);
	try {
		return take(vendor, [body.json].flat().filter(isPlainObject), delivery);
	} catch (error) {
		// Vendors change their payloads without asking.
		return refusal(400, `its payload cannot be read (${nameOf(error)})`);
	}
}

function deliveryOf(context: IWebhookFunctions, vendor: WebhookVendor, rawBody: Buffer): Delivery {
	const { headers, query } = context.getRequestObject();
	const parameter = parametersOf(context);
	const options = parameter('options', {});
	const stored = context.getWorkflowStaticData('node');
	return {
		headers,
		query: isPlainObject(query) ? query : {},
		rawBody,
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
		return `it could not be checked (${nameOf(error)}); look at the credential and the settings of the node`;
	}
}

/** What a delivery that may be trusted comes to. */
function take(vendor: WebhookVendor, payloads: IDataObject[], delivery: Delivery): Reception {
	for (const payload of payloads) {
		const handshake = vendor.handshake?.(payload, delivery);
		if (handshake !== undefined) return { webhookResponse: handshake };
	}
	const { parameter } = delivery;
	const statuses = vendor.statuses.length > 0 ? toList(parameter('statuses', [])) : [];
	const events = chosen(
		payloads.flatMap((payload) => vendor.toEvents(payload, delivery)),
		vendor,
		toList(parameter('events', [])),
		statuses,
	);
	if (events.length === 0) return TAKEN;
	const outgoing = events.map(({ event }) => ({ event, item: { json: shownOf(event, delivery) } }));
	return { workflowData: distribute(outgoing, parameter('outputs', ''), statuses) };
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

/** Payloads are large and full of people's data, so they go on only where somebody wants them. */
function shownOf(event: EventWithRaw, { parameter, options }: Delivery): IDataObject {
	if (parameter('simplify', true) === false) return event.raw;
	const { raw, ...simplified } = event;
	return options.includeRaw === true ? { ...simplified, raw } : simplified;
}

function refusal(status: Refusal['status'], reason: string): Refusal {
	return { status, reason };
}

/** The same words for every sender; the reason is for the log of n8n only. */
function refuse(context: IWebhookFunctions, { status, reason }: Refusal): Reception {
	logSparingly(context, 'warn', `answered a webhook with ${status}: ${reason}`);
	const words = status === 401 ? 'Unauthorized' : 'Bad Request';
	context.getResponseObject().status(status).send(words).end();
	return { noWebhookResponse: true };
}

/** Not its message, which may quote what was posted. */
function nameOf(error: unknown): string {
	return error instanceof Error ? error.name : typeof error;
}
