import type { IBinaryData, IDataObject, INodeParameters } from 'n8n-workflow';

import type { VendorRequest } from '../../../nodes/delivery/http/vendorApi';
import type { NodeOperation } from '../../../nodes/delivery/run/nodeOperation';
import type { AnyOperation, ItemScope } from '../../../nodes/delivery/run/operation';
import { pack } from '../../../nodes/delivery/run/pack';

export const WORKSPACE = '5a0d8b0a-0000-4000-8000-000000000001';
export const CHANNEL = '11111111-0000-4000-8000-000000000001';

/** What a user entered for one item, and what there is for it besides. */
export interface Entered {
	draft: IDataObject;
	scope: ItemScope;
}

/** An item that a message to one phone number is made of, unless something else is said. */
export function itemOf({
	draft = {},
	recipient = '+14155550123',
	files = {},
}: {
	draft?: IDataObject;
	recipient?: IDataObject[string];
	files?: Record<string, IBinaryData>;
}): Entered {
	return {
		draft: { channelId: CHANNEL, recipientBy: 'phone', recipient, ...draft },
		scope: {
			credentials: { workspaceId: WORKSPACE, accessKey: 'k' },
			recipient,
			file: (_label, value) => files[String(value)],
		},
	};
}

/** The operation behind an entry of the node's list. @param raw the parameters, unevaluated */
export function operationOf({ operation }: NodeOperation, raw: INodeParameters = {}): AnyOperation {
	return typeof operation === 'function' ? operation((name) => raw[name], raw) : operation;
}

/** The requests that an operation makes of its items, joined where it is a bulk. */
export function requestsOf(
	described: NodeOperation,
	items: Entered[],
	raw?: INodeParameters,
): VendorRequest[] {
	const { input, request, bulk } = operationOf(described, raw);
	const requests = items.map(({ draft, scope }) => request(input(draft, scope))!);
	if (!bulk?.packing) return requests;
	const { limits, groupOf, sizeOf, join } = bulk.packing;
	return pack(requests, limits, groupOf, sizeOf).map(join);
}

/** The bytes of a body as they go over the wire. */
export const bytesOfBody = ({ body }: VendorRequest): number =>
	Buffer.byteLength(JSON.stringify(body));
