/**
 * What stands in n8n's row for a key. Only hashes are kept there, and nobody can look a mark up
 * without recording it, so each state is told by marks that a later question cannot forge:
 *
 * - begun: the message may have left.
 * - begun and accepted: the vendor has taken it.
 * - begun and asked: somebody asked for `accepted` and thereby recorded it, and died before taking
 *   it back. Whether it was there before is not known any more.
 *
 * `begun` is older than `accepted`, so it is the first that n8n drops when the row is full. A key of
 * which only `accepted` is left counts as new; should its next message end nobody knows how, then it
 * was still accepted once.
 */
export const begun = (key: string): string => `begun:${key}`;
export const accepted = (key: string): string => `accepted:${key}`;
export const asked = (key: string): string => `asked:${key}`;

/** Shows that what was written with it has not been overwritten by another process. */
export const witness = (random: string): string => `witness:${random}`;
