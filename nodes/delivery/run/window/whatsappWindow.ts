import type { DeliveryFailure } from '../../http/outcome';

/**
 * How WhatsApp says that a message came more than 24 hours after its recipient last wrote: the codes
 * of its two APIs and their words, and what providers call it, which vendors pass on. Sources:
 * developers.facebook.com, WhatsApp Cloud API, error codes, 131047: "Re-engagement message"; the
 * On-Premises API, 470; Twilio, 63016: "outside the allowed window".
 */
const WORDS =
	/\b131047\b|\b63016\b|re-?engagement[ _]message|more than 24 hours have passed|24[ -]hours? (?:customer )?(?:care |service |session |messaging )*window|(?:customer care|customer service|service|allowed) window/i;

/** Whether a refusal names WhatsApp's 24-hour window as its reason. */
export function namesWhatsappWindow({ details: { code, vendor } }: DeliveryFailure): boolean {
	return WORDS.test([code, vendor.message, vendor.details].join('\n'));
}
