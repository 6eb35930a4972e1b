import { DeliveryFailure } from '../http/outcome';
import type { VendorApi } from '../http/vendorApi';

/** An earlier run, or one in another process, claimed the key and has not said how it ended. */
export function begunFailure(api: VendorApi, key: string): DeliveryFailure {
	return new DeliveryFailure(
		'A run began to send this message and nobody knows how it ended, so it is unknown whether it was accepted',
		`It was not sent again, because that could reach the recipient twice. If the other run is still at it, wait for its end. ${api.howToCheck} If it was not accepted, turn on Send Once Again under Options for the Send Once Key "${key}" and run it once more.`,
		{
			provider: api.provider,
			code: 'begun_before',
			httpCode: null,
			outcome: 'unknown',
			vendor: {},
		},
	);
}

/** Without its memory nobody can tell what was sent before, so nothing is sent. */
export function memoryFailure(api: VendorApi, error: unknown): DeliveryFailure {
	const why = error instanceof Error ? error.message : String(error);
	return new DeliveryFailure(
		`n8n's memory of sent messages cannot be used, which Send Once Key needs: ${why}`,
		'Nothing was sent, because it may have been sent before. Check that the workflow is saved and that the database of n8n works, and run it again.',
		{
			provider: api.provider,
			code: 'memory_failed',
			httpCode: null,
			outcome: 'not_sent',
			vendor: {},
		},
	);
}

/** The execution that had the key gave it back without having tried. */
export function leftFailure(api: VendorApi): DeliveryFailure {
	return new DeliveryFailure(
		'Another execution was about to send the message with this Send Once Key, and stopped',
		'It was not sent. Run it again.',
		{ provider: api.provider, code: null, httpCode: null, outcome: 'not_sent', vendor: {} },
	);
}
