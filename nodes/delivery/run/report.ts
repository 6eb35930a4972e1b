import {
	type IDataObject,
	type INode,
	NodeApiError,
	type NodeError,
	NodeOperationError,
} from 'n8n-workflow';

import { InvalidInput } from '../../input/invalidInput';
import { DeliveryFailure } from '../http/outcome';

/** How a run stands when it stops. */
export interface Tally {
	accepted: number;
	/** The first few ids, so that a person can look them up. */
	acceptedIds: string[];
	failed: number;
	notSent: number;
}

/**
 * What the flow gets for a failed item when the node continues on failure. Only these keys and no
 * `error` object beside them: so n8n merges the input item into it on the error output.
 */
export function failedItem(provider: string, error: unknown, itemIndex: number): IDataObject {
	if (error instanceof DeliveryFailure) {
		return { error: `${error.message} [item ${itemIndex}]`, details: { ...error.details } };
	}
	const cure = error instanceof InvalidInput ? ` ${error.cure}` : '';
	return {
		error: `${messageOf(error)} [item ${itemIndex}].${cure}`,
		details: {
			provider,
			code: error instanceof InvalidInput ? 'invalid_input' : null,
			httpCode: null,
			outcome: 'not_sent',
			vendor: {},
		},
	};
}

/** n8n's own error for an item that stops the node. */
export function stoppingError(
	node: INode,
	error: unknown,
	itemIndex: number,
	tally?: Tally,
): NodeError {
	const counts = tally === undefined ? '' : ` ${inWords(tally)}`;
	if (error instanceof DeliveryFailure) {
		const { details } = error;
		const message = `${error.message} [item ${itemIndex}]`;
		const apiError = new NodeApiError(
			node,
			{ message },
			{
				message,
				description: `${error.cure}${counts}`,
				httpCode: details.httpCode === null ? undefined : String(details.httpCode),
				itemIndex,
				failure: error.failure,
			},
		);
		// n8n replaces messages that name a network error by advice to send again.
		apiError.message = message;
		apiError.context.data = { ...details };
		return apiError;
	}
	return new NodeOperationError(node, `${messageOf(error)} [item ${itemIndex}]`, {
		itemIndex,
		description: `${error instanceof InvalidInput ? error.cure : ''}${counts}`.trim(),
	});
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

function inWords({ accepted, acceptedIds, failed, notSent }: Tally): string {
	const more = accepted > acceptedIds.length ? ', …' : '';
	const ids = acceptedIds.length === 0 ? '' : ` (${acceptedIds.join(', ')}${more})`;
	return `Accepted before the stop: ${accepted}${ids}. Failed: ${failed}. Not sent: ${notSent}.`;
}
