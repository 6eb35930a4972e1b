import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
} from 'n8n-workflow';

import { isPlainObject } from '../../input/json';
import { type Draft } from '../../input/draft';
import { Drafts } from './drafts';
import { idempotencyKey } from './idempotency';
import { itemContext } from './itemContext';
import { DeliveryFailure } from '../http/outcome';
import { pair } from './pair';
import { allPages, type Paging } from './paging';
import { memory, memoryKey, type Place, type RunPlace } from './remember';
import { failedItem, stoppingError } from './report';
import type { RequestKind } from '../http/verdict';
import { runItems } from './stopMeansStop';
import { Transport } from '../http/transport';
import type { VendorAnswer, VendorApi } from '../http/vendorApi';

/** One operation of a node, item by item. */
export interface Operation {
	api: VendorApi;
	kind: RequestKind;
	/**
	 * Turns what the user entered into the vendor's request.
	 *
	 * @throws InvalidInput naming the field that cannot be sent
	 */
	build(draft: Draft, credentials: ICredentialDataDecryptedObject): IHttpRequestOptions;
	/**
	 * Checks what the draft cannot tell, such as the item's files. Must not send anything.
	 *
	 * @throws InvalidInput naming the field that cannot be sent
	 */
	check?(draft: Draft, context: IExecuteSingleFunctions): void;
	/** Whatever must happen on the way, such as an upload, before the request is complete. */
	complete?(
		request: IHttpRequestOptions,
		draft: Draft,
		context: IExecuteSingleFunctions,
		transport: Transport,
	): Promise<IHttpRequestOptions>;
	/**
	 * Reads an answer of success into what the next node gets.
	 *
	 * @returns undefined where the answer does not say what became of the message
	 */
	read(answer: VendorAnswer, draft: Draft, request: IHttpRequestOptions): IDataObject[] | undefined;
	/** For operations that read more than one answer. */
	paging?: Paging;
	/** Adds to a result what takes requests of its own to find out. */
	enrich?(
		results: IDataObject[],
		draft: Draft,
		transport: Transport,
		context: IExecuteSingleFunctions,
	): Promise<IDataObject[]>;
}

/** What n8n runs for an operation instead of an engine of its own, which would send all at once. */
export type Execute = (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

/**
 * Runs an operation on all items. As a custom operation of the node: n8n's declarative engine
 * evaluates an expression twice for each field of the same name in the whole node, shown or not,
 * which costs more than sending. Here it is evaluated once, or once for all items.
 */
export function deliver(operation: Operation): Execute {
	return async function (this: IExecuteFunctions) {
		const { api, kind } = operation;
		const stops = !this.continueOnFail();
		const opening = Transport.openFor(this, api, stops);
		const opened = await opening.then(
			(transport) => ({ transport }),
			(error: unknown) => ({ error }),
		);
		if ('error' in opened) return [failAll(this, api.provider, opened.error)];
		const { transport } = opened;
		const place = placeOf(this);
		// Made with the first item, whose error it is when a field for all items cannot be read.
		let drafts: Drafts | undefined;
		const items = await runItems<Prepared>(this, kind, transport, {
			prepare: (itemIndex) => {
				drafts ??= new Drafts(this, NOT_DRAFTED, false);
				return prepare(operation, drafts, transport, { ...place, itemIndex }, this);
			},
			transmit: async (prepared) => await transmit(operation, prepared, transport),
		}).finally(() => transport.close());
		return [items];
	};
}

/** @throws NodeError when the node stops on failure */
function failAll(
	context: IExecuteFunctions,
	provider: string,
	error: unknown,
): INodeExecutionData[] {
	if (!context.continueOnFail()) throw stoppingError(context.getNode(), error, 0);
	return context
		.getInputData()
		.flatMap((_item, itemIndex) => pair([failedItem(provider, error, itemIndex)], itemIndex));
}

/** Parameters that are not part of the draft. */
const NOT_DRAFTED = ['resource', 'operation', 'requestOptions'];

interface Prepared {
	context: IExecuteSingleFunctions;
	draft: Draft;
	request: IHttpRequestOptions;
	/** Under which its ending is remembered. */
	key: string | undefined;
	/** What it gave when it was accepted before. */
	sent: IDataObject[] | undefined;
	idempotencyKey: string | undefined;
}

function prepare(
	{ api, kind, build, check }: Operation,
	drafts: Drafts,
	{ credentials }: Transport,
	place: Place,
	all: IExecuteFunctions,
): Prepared {
	const draft = drafts.draft(place.itemIndex, {});
	const context = itemContext(all, place.itemIndex);
	const request = build(draft, credentials);
	check?.(draft, context);
	const rule = api.idempotency?.(request);
	const own = isPlainObject(draft.options) ? draft.options.idempotencyKey : undefined;
	const key = kind === 'send' && place.executionId ? memoryKey(place, request) : undefined;
	const ending = key === undefined ? undefined : memory.recall(key);
	if (ending?.kind === 'unknown') throw ending.failure;
	return {
		context,
		draft,
		request,
		key,
		sent: ending?.results,
		idempotencyKey: rule && idempotencyKey(rule, own, place),
	};
}

async function transmit(
	operation: Operation,
	{ context, draft, request, key, sent, idempotencyKey: repeatKey }: Prepared,
	transport: Transport,
): Promise<IDataObject[]> {
	if (sent) return sent;
	const { kind } = operation;
	const sending = send();
	if (key !== undefined) rememberEnding(key, sending);
	return await sending;

	async function send(): Promise<IDataObject[]> {
		const complete = operation.complete
			? await operation.complete(request, draft, context, transport).catch((error: unknown) => {
					throw kind === 'send' ? neverLeft(error) : error;
				})
			: request;
		return await exchange(complete);
	}

	async function exchange(complete: IHttpRequestOptions): Promise<IDataObject[]> {
		const fetch = async (page: IHttpRequestOptions) => {
			let results: IDataObject[] | undefined;
			const isReadable = (answer: VendorAnswer) => {
				results = operation.read(answer, draft, page);
				return results !== undefined;
			};
			const shipment = { kind, idempotencyKey: repeatKey, isReadable };
			const answer = await transport.send(page, shipment, context);
			return { answer, results: results ?? [] };
		};
		const results = operation.paging
			? await allPages(operation.api, operation.paging, draft, complete, fetch)
			: (await fetch(complete)).results;
		return (await operation.enrich?.(results, draft, transport, context)) ?? results;
	}
}

/** Whatever went wrong on the way to the request, the message itself did not leave. */
function neverLeft(error: unknown): unknown {
	if (!(error instanceof DeliveryFailure)) return error;
	const { message, cure, details, failure } = error;
	return new DeliveryFailure(message, cure, { ...details, outcome: 'not_sent' }, failure);
}

/** Keeps how a send ends, so that n8n running the node again does not send it again. */
function rememberEnding(key: string, sending: Promise<IDataObject[]>): void {
	sending.then(
		(results) => memory.remember(key, { kind: 'accepted', results }),
		(error: unknown) => {
			if (error instanceof DeliveryFailure && error.details.outcome === 'unknown') {
				memory.remember(key, { kind: 'unknown', failure: error });
			}
		},
	);
}

/** Where in the execution this run is. */
function placeOf(context: IExecuteFunctions): RunPlace {
	return {
		executionId: context.getExecutionId() ?? '',
		nodeId: context.getNode().id,
		runIndex: Number(context.getWorkflowDataProxy(0).$runIndex),
	};
}
