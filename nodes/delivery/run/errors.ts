import {
	type IDataObject,
	type INode,
	NodeApiError,
	NodeError,
	NodeOperationError,
} from 'n8n-workflow';

import { InvalidInput } from '../../input/invalidInput';
import { DeliveryFailure } from '../http/outcome';

/**
 * What the flow gets for a failed item when the node continues on failure. Only these keys and no
 * `error` object beside them: so n8n merges the input item into it on the error output.
 */
export function failedItem(provider: string, error: unknown, itemIndex: number): IDataObject {
	if (error instanceof DeliveryFailure) {
		return {
			error: `${error.message} [item ${itemIndex}]. ${error.cure}`,
			details: { ...error.details },
		};
	}
	const cure = cureOf(error);
	return {
		error: `${messageOf(error)} [item ${itemIndex}].${cure === '' ? '' : ` ${cure}`}`,
		details: {
			provider,
			code: error instanceof InvalidInput ? 'invalid_input' : null,
			httpCode: null,
			outcome: 'not_sent',
			vendor: {},
		},
	};
}

/** n8n's own error for an item that stops the node. @param counts what became of the others */
export function stoppingError(
	node: INode,
	error: unknown,
	itemIndex: number,
	counts = '',
): NodeError {
	const message = `${messageOf(error)} [item ${itemIndex}]`;
	const description = [cureOf(error), counts].filter((part) => part !== '').join(' ');
	if (error instanceof DeliveryFailure) {
		const { details, failure } = error;
		const httpCode = details.httpCode === null ? undefined : String(details.httpCode);
		const options = { message, description, httpCode, itemIndex, failure };
		const apiError = new NodeApiError(node, { message }, options);
		// n8n replaces messages that name a network error by advice to send again.
		apiError.message = message;
		apiError.context.data = { ...details };
		return apiError;
	}
	const operationError = new NodeOperationError(node, message, { itemIndex, description });
	operationError.message = message;
	return operationError;
}

/** What to do about it, where the error says so. */
function cureOf(error: unknown): string {
	if (error instanceof DeliveryFailure || error instanceof InvalidInput) return error.cure;
	return error instanceof NodeError && typeof error.description === 'string'
		? error.description
		: '';
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
