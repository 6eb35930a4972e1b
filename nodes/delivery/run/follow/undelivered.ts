import { redactedFailure } from '../../http/failures';
import { DeliveryFailure } from '../../http/outcome';
import { redacted, secretsOf } from '../../http/redact';
import type { VendorApi } from '../../http/vendorApi';
import { inWords } from '../../pace/waitWhenTold';
import { type FollowedMessage, isFinal } from './follow';
import type { Watched } from './look';
import type { Wait } from './wait';

/** A message was accepted, and was not delivered in time, or never will be. */
export function undeliveredFailure(
	api: VendorApi,
	message: FollowedMessage,
	wait: Wait,
	watched: Watched | undefined,
): DeliveryFailure {
	const { messageId, recipient, known } = message;
	const secrets = watched ? secretsOf(watched.transport.credentials) : [];
	const { status, providerStatus, errorCode } = known;
	const reason = known.reason === null ? null : redacted(known.reason, secrets);
	const final = isFinal(known);
	const taken = `${api.displayName} took the message${recipient === null ? '' : ` to ${recipient}`}`;
	const word = providerStatus ?? status;
	const why = reason === null ? word : `${word} (${reason})`;
	const failure = new DeliveryFailure(
		final
			? `${taken}, but did not deliver it: ${why}`
			: `${taken}, but it was not delivered within ${inWords(wait.ms)}: its last status is ${why}`,
		final
			? 'It is not sent again. It reached nobody, so it is safe to write in another way.'
			: `It is not sent again, and may still arrive: look at it before you write in another way.${whyUnseen(watched)}`,
		{
			provider: api.provider,
			code: errorCode,
			httpCode: null,
			outcome: 'undelivered',
			delivery: { messageId, recipient, status, providerStatus, reason, final },
			vendor: { message: reason, details: null, requestId: null },
		},
	);
	return redactedFailure(failure, secrets);
}

function whyUnseen(watched: Watched | undefined): string {
	const { failure } = watched ?? {};
	return failure === undefined ? '' : ` It could not be looked at: ${failure.message}.`;
}
