import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { MessageEvent } from '../../../nodes/message/messageEvent';
import { webhookVendors } from '../../../nodes/MessageStatusTrigger/vendors';
import type { Delivery, WebhookVendor } from '../../../nodes/webhook/webhookVendor';

export const vendorNamed = (value: string): WebhookVendor =>
	webhookVendors.find((vendor) => vendor.value === value) as WebhookVendor;

export type Given = Partial<Omit<Delivery, 'credentials' | 'parameter'>> & {
	body?: string;
	credentials?: IDataObject;
	parameters?: Record<string, unknown>;
};

/** A request as a vendor's file gets it. */
export function delivery({ body, credentials = {}, parameters = {}, ...given }: Given): Delivery {
	return {
		headers: {},
		query: {},
		rawBody: Buffer.from(body ?? '{}'),
		now: 0,
		remembered: {},
		options: {},
		parameter: (name, fallback) => parameters[name] ?? fallback,
		credentials: async () => credentials as never,
		...given,
	};
}

/** The one event of a payload, and what it is called in the list of events. */
export function eventOf(
	vendor: string,
	payload: object,
	given: Given = {},
): { kind: string; event: MessageEvent } {
	const events = vendorNamed(vendor).toEvents(payload as IDataObject, delivery(given));
	expect(events).toHaveLength(1);
	return events[0];
}

/** One bit of a text or of bytes, anywhere. */
export const bitOf = (whole: string | Buffer) =>
	fc.record({
		at: fc.nat(whole.length - 1),
		bit: fc.nat(7),
	});

export function flip<T extends string | Buffer>(
	whole: T,
	{ at, bit }: { at: number; bit: number },
): T {
	if (typeof whole !== 'string') {
		const bytes = Buffer.from(whole);
		bytes[at] ^= 1 << bit;
		return bytes as T;
	}
	const changed = String.fromCharCode(whole.charCodeAt(at) ^ (1 << bit));
	return (whole.slice(0, at) + changed + whole.slice(at + 1)) as T;
}
