import type { IDataObject } from 'n8n-workflow';

import { inWords } from './shown';

/** The default alphabet and its extension. Source: 3GPP TS 23.038, 6.2.1. */
const BASIC = '@£$¥èéùìòÇ\\nØø\\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,\\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà';
const EXTENSION = '\\f\\^{}\\\\\\[~\\]|€';
const ONLY_GSM = new RegExp(`^[${BASIC}${EXTENSION}]*$`);
const NOT_GSM = new RegExp(`[^${BASIC}${EXTENSION}]`, 'u');
const EXTENDED = new RegExp(`[${EXTENSION}]`);
const ALL_EXTENDED = new RegExp(`[${EXTENSION}]`, 'g');

/** What one SMS takes alone, and what each part of a long one takes. Source: 3GPP TS 23.040. */
const ROOM = {
	'GSM-7': { alone: 160, part: 153 },
	'UCS-2': { alone: 70, part: 67 },
} as const;

/** Letters and signs that take one unit each and never belong to their neighbours. */
const SIMPLE =
	/^[\u0020-\u02ff\u0370-\u0482\u048a-\u052f\n\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*$/;

export interface SmsLength {
	/** GSM-7 takes 160 characters alone or 153 a part, UCS-2 70 or 67. */
	encoding: 'GSM-7' | 'UCS-2';
	/** How many SMS are charged for. */
	segments: number;
	/** In units of the encoding: a € is 2 in GSM-7, an emoji 2 or more in UCS-2. */
	characters: number;
	/** The first character that is not in GSM-7: because of it the message may cost twice as much. */
	firstCostly?: string;
}

/**
 * How long an SMS is for the networks, in a moment also for 100 KB.
 *
 * A character that takes several units, such as an emoji, is never cut in two.
 */
export function smsLength(text: string): SmsLength {
	if (ONLY_GSM.test(text)) {
		const characters = text.length + (text.match(ALL_EXTENDED)?.length ?? 0);
		const sizes = EXTENDED.test(text)
			? () => [...text].map((character) => (EXTENDED.test(character) ? 2 : 1))
			: undefined;
		return { encoding: 'GSM-7', characters, segments: segments('GSM-7', characters, sizes) };
	}
	const sizes = SIMPLE.test(text) ? undefined : () => graphemes(text, ROOM['UCS-2'].part);
	return {
		encoding: 'UCS-2',
		characters: text.length,
		segments: segments('UCS-2', text.length, sizes),
		firstCostly: characterAt(text, text.search(NOT_GSM)),
	};
}

/**
 * What a text costs as SMS, for results: its encoding, how many are charged for, and the character, if
 * there is one, because of which one SMS holds 70 characters instead of 160.
 */
export function smsFacts(text: string): IDataObject {
	const { encoding, segments, firstCostly } = smsLength(text);
	return {
		encoding,
		segments,
		...(firstCostly === undefined ? {} : { costlyCharacter: inWords(firstCostly) }),
	};
}

/** @param sizes of what must not be cut, where that is more than one unit */
function segments(
	encoding: SmsLength['encoding'],
	units: number,
	sizes: (() => number[]) | undefined,
): number {
	const { alone, part } = ROOM[encoding];
	if (units <= alone) return Math.min(units, 1);
	if (sizes === undefined) return Math.ceil(units / part);
	let count = 1;
	let used = 0;
	for (const size of sizes()) {
		if (used + size > part) {
			count += 1;
			used = 0;
		}
		used += size;
	}
	return count;
}

/** The character that people see at a place, with the accents that belong to it. */
function characterAt(text: string, at: number): string | undefined {
	const start = Math.max(0, at - 8);
	const around = new Intl.Segmenter('en').segment(text.slice(start, at + 32));
	return around.containing(at - start)?.segment;
}

/**
 * How many units each character takes that people see as one; what no part has room for is cut
 * anywhere.
 *
 * Piece by piece, since every step of the segmenter copies the text that it was given.
 */
function graphemes(text: string, most: number): number[] {
	const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
	const sizes: number[] = [];
	let start = 0;
	while (start < text.length) {
		const piece = text.slice(start, start + 4 * most);
		const found = [...segmenter.segment(piece)].map(({ segment }) => segment);
		// The last one may go on in the next piece.
		if (found.length > 1 && start + piece.length < text.length) found.pop();
		for (const segment of found) {
			start += segment.length;
			if (segment === '\r\n' || segment.length > most)
				sizes.push(...Array.from({ length: segment.length }, () => 1));
			else sizes.push(segment.length);
		}
	}
	return sizes;
}
