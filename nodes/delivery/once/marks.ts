/**
 * What stands in n8n's row for a key. Only hashes are kept there, and nobody can look a mark up
 * without recording it, so each state is told by marks that a later question cannot forge:
 *
 * - begun: the message may have left.
 * - begun and accepted: the vendor has taken it.
 * - begun, accepted and asked: somebody has asked for `accepted` and thereby recorded it. Whether it
 *   was there before is not known: whoever asked found that it was not, or is still at it, or died.
 *   Who sent the message takes `asked` away when it tells that it was accepted.
 *
 * n8n drops the oldest when the row is full, so what makes a key new comes first, and what takes a
 * doubt away never outlives it: begun, then accepted, then asked. A key of which only `accepted` is
 * left counts as new; should its next message end nobody knows how, then it was still accepted once.
 */
export const begun = (key: string): string => `begun:${key}`;
export const accepted = (key: string): string => `accepted:${key}`;
export const asked = (key: string): string => `asked:${key}`;
