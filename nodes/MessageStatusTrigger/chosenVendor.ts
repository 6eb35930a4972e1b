import { type IHookFunctions, type IWebhookFunctions, NodeOperationError } from 'n8n-workflow';

import { isPlainObject } from '../input/json';
import { webhookVendors } from './vendors';
import type { ReadParameter, WebhookVendor } from '../webhook/webhookVendor';

/** Reads the node's parameters, a resource locator as its ID. */
export function parametersOf(context: IHookFunctions | IWebhookFunctions): ReadParameter {
	return (name, fallback) => {
		const value: unknown = context.getNodeParameter(name, fallback);
		return isPlainObject(value) && value.__rl === true ? value.value : value;
	};
}

/** @throws NodeOperationError for a vendor that this version of the package does not have */
export function chosenVendor(context: IHookFunctions | IWebhookFunctions): WebhookVendor {
	const value = context.getNodeParameter('vendor');
	const vendor = webhookVendors.find((one) => one.value === value);
	if (vendor) return vendor;
	throw new NodeOperationError(context.getNode(), `Vendor "${String(value)}" is not known`, {
		description: 'Choose a vendor from the list.',
	});
}
