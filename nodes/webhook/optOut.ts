/**
 * What people write to get no more messages: the words that law, carriers or their messaging
 * services have to be obeyed for, each as the whole message. Words that no such source asks for are
 * not in it.
 */
const KEYWORDS = new Set([
	// United States, 47 CFR 64.1200(a)(10): these count as such, whatever the channel.
	'stop',
	'quit',
	'end',
	'revoke',
	'opt out',
	'cancel',
	'unsubscribe',
	// What Twilio and Telnyx block for by default.
	'stopall',
	'stop all',
	// docs.aws.amazon.com, "Required opt-out keywords" of the US and Canada.
	'optout',
	'remove',
	// Canada, CWTA's guidelines for short codes: ARRET beside STOP, and END to UNSUB as STOP.
	'unsub',
	'arret',
	// Twilio, opt-out keywords: spellings of it.
	'arrete',
	'arrett',
	// Twilio, requirements for Spanish-language short codes by US carriers.
	'alto',
]);

/** Longer than any of them with some punctuation. */
const LONGEST = 50;

/**
 * Whether a message says nothing but that its sender wants no more of them. Case, accents,
 * punctuation and emoji do not matter. "stop by tomorrow" is none.
 */
export function isOptOut(text: string | null | undefined): boolean {
	if (!text || text.length > LONGEST) return false;
	const words = text
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
	return KEYWORDS.has(words);
}
