import {
	type DeclarativeRestApiSettings,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IExecuteData,
	type IExecutePaginationFunctions,
	type IExecuteSingleFunctions,
	type IHttpRequestOptions,
	type INodeExecutionData,
	type INodePropertyRouting,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { isPlainObject } from '../message/requireInput';
import { idempotencyKey } from './idempotency';
import { DeliveryFailure } from './outcome';
import { allPages, type Paging } from './paging';
import { readPolicy } from './policy';
import { memory, memoryKey, type RunPlace } from './remember';
import type { RequestKind } from './retryOnlyWhatIsSafe';
import { Run } from './stopMeansStop';
import { Transport } from './transport';
import type { VendorAnswer, VendorApi } from './vendorApi';

/**
 * What a user entered, by the name of the field. Fields put themselves in by their routing. Besides
 * them `workflowTimezone`, which dates without a time zone are meant in.
 */
export type Draft = IDataObject;

/** One operation of a declarative node. */
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

/**
 * The routing of an operation: n8n evaluates the fields as for any declarative node, and hands the
 * request over to delivery where its own engine would send all items at once.
 */
export function deliver(operation: Operation): INodePropertyRouting {
	return {
		send: { paginate: true },
		operations: {
			async pagination(this: IExecutePaginationFunctions, requestData) {
				return await deliverItem(this, requestData, operation);
			},
		},
	};
}

interface Prepared {
	request: IHttpRequestOptions;
	/** Under which its ending is remembered. */
	key: string | undefined;
	/** What it gave when it was accepted before. */
	sent: IDataObject[] | undefined;
	idempotencyKey: string | undefined;
}

async function deliverItem(
	context: IExecutePaginationFunctions,
	requestData: DeclarativeRestApiSettings.ResultOptions,
	operation: Operation,
): Promise<INodeExecutionData[]> {
	const { body, ...engineOptions } = requestData.options;
	const entered = isPlainObject(body) ? body : {};
	const draft: Draft = { ...entered, workflowTimezone: context.getTimezone() };
	const options = isPlainObject(draft.options) ? draft.options : {};
	const { api, kind } = operation;

	const run = runOf(context, operation, options);
	return await run.item<Prepared>(context, {
		prepare: ({ credentials }) => {
			const built = operation.build(draft, credentials);
			operation.check?.(draft, context);
			const headers = { ...engineOptions.headers, ...built.headers };
			const request = { ...engineOptions, ...built, headers } as IHttpRequestOptions;
			const place = { ...run.place, itemIndex: context.getItemIndex() };
			const rule = api.idempotency?.(request);
			const key = kind === 'send' && place.executionId ? memoryKey(place, built) : undefined;
			const ending = key === undefined ? undefined : memory.recall(key);
			if (ending?.kind === 'unknown') throw ending.failure;
			return {
				request,
				key,
				sent: ending?.results,
				idempotencyKey: rule && idempotencyKey(rule, options.idempotencyKey, place),
			};
		},
		transmit: async ({ request, key, sent, idempotencyKey: repeatKey }, transport) => {
			if (sent) return sent;
			const sending = send(request, repeatKey, transport);
			if (key !== undefined) rememberEnding(key, sending);
			return await sending;
		},
	});

	async function send(
		request: IHttpRequestOptions,
		repeatKey: string | undefined,
		transport: Transport,
	): Promise<IDataObject[]> {
		const complete = operation.complete
			? await operation.complete(request, draft, context, transport).catch((error: unknown) => {
					throw kind === 'send' ? neverLeft(error) : error;
				})
			: request;
		return await exchange(complete, repeatKey, transport);
	}

	async function exchange(
		request: IHttpRequestOptions,
		repeatKey: string | undefined,
		transport: Transport,
	): Promise<IDataObject[]> {
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
			? await allPages(api, operation.paging, draft, request, fetch)
			: (await fetch(request)).results;
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

const runs = new WeakMap<IExecuteData, Run>();

/** The run that this item belongs to. n8n passes all items of a run the same execute data. */
function runOf(
	context: IExecutePaginationFunctions,
	operation: Operation,
	options: IDataObject,
): Run {
	const executeData = context.getExecuteData();
	const current = runs.get(executeData);
	if (current && !current.has(context.getItemIndex())) return current;
	const { api, kind } = operation;
	const run = new Run(
		{
			provider: api.provider,
			kind,
			stopsOnFailure: !context.continueOnFail(),
			expected: expectedItems(context, executeData),
		},
		placeOf(context),
		// Async, so that an option which cannot be read fails the item like any other bad input.
		(async () =>
			await Transport.open(context, api, readPolicy(options), !context.continueOnFail()))(),
	);
	runs.set(executeData, run);
	return run;
}

/** How many items n8n starts in one go; unknown where the user set n8n's own batching. */
function expectedItems(
	context: IExecutePaginationFunctions,
	executeData: IExecuteData,
): number | undefined {
	const { batching } = context.getNodeParameter('requestOptions', {}) as IDataObject;
	if (batching !== undefined) return undefined;
	if (context.getNode().executeOnce) return 1;
	const { data } = executeData;
	return (data[NodeConnectionTypes.Main] ?? data[NodeConnectionTypes.AiTool])?.[0]?.length;
}

/** Where in the execution this run is. */
function placeOf(context: IExecutePaginationFunctions): RunPlace {
	const { $runIndex } = context.getWorkflowDataProxy(context.getItemIndex());
	return {
		executionId: context.getExecutionId() ?? '',
		nodeId: context.getNode().id,
		runIndex: Number($runIndex),
	};
}
