import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { VendorRequest } from '../../../nodes/delivery/http/vendorApi';
import type { NodeOperation } from '../../../nodes/delivery/run/nodeOperation';
import type { AnyOperation, ItemScope } from '../../../nodes/delivery/run/operation';

interface Scope {
	credentials?: ICredentialDataDecryptedObject;
	/** In a bulk, who gets the message. */
	recipient?: unknown;
	file?: ItemScope['file'];
}

/** The operation that the parameters ask for, where one entry of the list stands for several. */
export function operationOf({ operation }: NodeOperation, draft: IDataObject = {}): AnyOperation {
	if (typeof operation !== 'function') return operation;
	return operation((name, fallback) => draft[name] ?? fallback, draft as never);
}

/** What an operation reads of a draft. */
export function inputOf(node: NodeOperation, draft: IDataObject, scope: Scope = {}): unknown {
	return operationOf(node, draft).input(draft, {
		credentials: scope.credentials ?? {},
		recipient: scope.recipient,
		file:
			scope.file ??
			(() => {
				throw new Error('This draft was not to need a file');
			}),
	});
}

/** What the vendor would be asked for a draft. */
export function requestOf(
	node: NodeOperation,
	draft: IDataObject,
	scope: Scope = {},
): VendorRequest | undefined {
	return operationOf(node, draft).request(inputOf(node, draft, scope));
}
