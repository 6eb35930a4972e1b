import type { IDataObject } from 'n8n-workflow';

import { DeliveryFailure, KeptBack } from '../http/outcome';
import { type Endings, endingOf } from './ending';
import type { Source } from './sources';

const NAMED = 5;

interface Reason {
	code: string;
	message: string;
	count: number;
	/** The first input items that it happened to. */
	items: number[];
}

/** Counts how the messages of a bulk ended, and why those failed that did. */
export function summarise(sources: Source[], endings: Endings, durationMs: number): IDataObject {
	const counts = { accepted: 0, rejected: 0, notSent: 0, unknown: 0, duplicates: 0 };
	let alreadySent = 0;
	let keptBack = 0;
	const reasons = new Map<string, Reason>();
	for (const [position, own] of endings.entries()) {
		if (own?.kind === 'duplicate') {
			counts.duplicates++;
			continue;
		}
		const ending = endingOf(endings, position);
		if (ending?.kind === 'accepted') counts.accepted++;
		if (ending?.kind === 'accepted' && ending.alreadySent) alreadySent++;
		if (ending?.kind !== 'failed') continue;
		const { failure } = ending;
		if (failure instanceof KeptBack) keptBack++;
		const details = failure instanceof DeliveryFailure ? failure.details : undefined;
		if (details?.outcome === 'unknown') counts.unknown++;
		else if (details?.outcome === 'rejected') counts.rejected++;
		else counts.notSent++;
		const code = details ? (details.code ?? String(details.httpCode ?? 'none')) : 'invalid_input';
		addReason(reasons, code, failure.message, sources[position].itemIndex);
	}
	const tried = endings.length - counts.duplicates - keptBack;
	return {
		total: endings.length,
		...counts,
		/** Of the accepted, those that an earlier run has sent. */
		...(alreadySent === 0 ? {} : { alreadySent }),
		/** Of those that were not sent, those who must not be written to. */
		...(keptBack === 0 ? {} : { keptBack }),
		/** Of the messages that are neither duplicates nor kept back, to two digits. */
		successRatePercent: tried === 0 ? 100 : Math.round((counts.accepted / tried) * 10_000) / 100,
		durationMs,
		errors: [...reasons.values()].sort((a, b) => b.count - a.count) as unknown as IDataObject[],
	};
}

function addReason(
	reasons: Map<string, Reason>,
	code: string,
	message: string,
	itemIndex: number,
): void {
	const key = `${code} ${message}`;
	const known = reasons.get(key);
	if (known === undefined) reasons.set(key, { code, message, count: 1, items: [itemIndex] });
	else {
		known.count++;
		if (known.items.length < NAMED) known.items.push(itemIndex);
	}
}
