import { InvalidInput } from '../../../input/invalidInput';
import { DeliveryFailure, KeptBack } from '../../http/outcome';
import type { VendorApi } from '../../http/vendorApi';

/**
 * A message that its user wants to be skipped outside of the window.
 *
 * @param refusal of the vendor, where it was that which named the window
 */
export function skippedFailure({ provider }: VendorApi, refusal?: DeliveryFailure): KeptBack {
	return new KeptBack(
		'The message is outside of the 24-hour window, so it was skipped',
		'The recipient has not written for 24 hours, and gets nothing. Choose Send a Template under Outside 24-Hour Window to reach them.',
		{
			provider,
			code: 'outside_window',
			httpCode: null,
			outcome: 'not_sent',
			vendor: refusal?.details.vendor ?? {},
		},
	);
}

/**
 * Why the template did not reach anybody either, in an error that names both.
 *
 * @param refusal of the message, where it was the vendor that named the window
 */
export function templateFailure(error: unknown, refusal?: DeliveryFailure): unknown {
	const said = refusal === undefined ? '' : ` (${refusal.message})`;
	const why = `The message is outside of the 24-hour window${said}`;
	if (error instanceof InvalidInput) {
		const { field, problem, cure } = error;
		return new InvalidInput(`${why}, and in the template instead, ${field}`, problem, cure);
	}
	if (!(error instanceof DeliveryFailure) || error instanceof KeptBack) return error;
	const { message, cure, details, failure } = error;
	return new DeliveryFailure(`${why}. The template instead: ${message}`, cure, details, failure);
}

/** Nobody knows whether a message may leave, so it does not. */
export function unclearFailure(error: unknown): unknown {
	if (!(error instanceof DeliveryFailure)) return error;
	const { message, cure, details, failure } = error;
	return new DeliveryFailure(
		`It could not be found out whether the message is within the 24-hour window: ${message}`,
		`It was not sent. ${cure}`,
		{ ...details, outcome: 'not_sent' },
		failure,
	);
}
