import { DeliveryFailure } from '../http/outcome';
import type { VendorApi } from '../http/vendorApi';

/**
 * Something broke that nobody foresaw, before anything was sent: what happens after a request has
 * left is the transport's to judge.
 */
export function unheardFailure(api: VendorApi, error?: unknown): DeliveryFailure {
	const why = error instanceof Error ? error.message : String(error ?? 'nothing came back');
	return new DeliveryFailure(
		`${api.displayName} was not asked, because something broke: ${why}`,
		'This is a defect of the node, or of an expression. Please report it with the workflow.',
		{ provider: api.provider, code: null, httpCode: null, outcome: 'not_sent', vendor: {} },
	);
}
