import type { INodeExecutionData } from 'n8n-workflow';

import { DELIVERY_STATUSES } from '../message/deliveryStatus';
import type { MessageEvent } from '../message/messageEvent';

export const ONE_OUTPUT = 'one';
export const OUTPUT_PER_STATUS = 'perStatus';

const STATUSES_IN_ORDER = JSON.stringify(DELIVERY_STATUSES);

/**
 * The node's outputs, for n8n's editor: one, or one for each chosen status in the order of a
 * message's life and one for everything that is not a status. `distribute` follows it.
 */
export const outputsExpression =
	`={{ $parameter["outputs"] !== "${OUTPUT_PER_STATUS}" ? [{ type: "main" }] : ${STATUSES_IN_ORDER}.filter((status) => ($parameter["statuses"] || []).includes(status)).concat("other events").map((name) => ({ type: "main", displayName: name[0].toUpperCase() + name.slice(1) })) }}` as const;

interface Outgoing {
	event: MessageEvent;
	item: INodeExecutionData;
}

/** Puts every item on its output. */
export function distribute(
	outgoing: Outgoing[],
	outputs: unknown,
	statuses: string[],
): INodeExecutionData[][] {
	if (outputs !== OUTPUT_PER_STATUS) return [outgoing.map(({ item }) => item)];
	const named: string[] = DELIVERY_STATUSES.filter((status) => statuses.includes(status));
	const split: INodeExecutionData[][] = [...named, 'other events'].map(() => []);
	for (const { event, item } of outgoing) {
		const at = event.type === 'message.status' ? named.indexOf(event.status) : -1;
		split[at < 0 ? named.length : at].push(item);
	}
	return split;
}
