import type { IDataObject } from 'n8n-workflow';

import type { BulkEnding } from './bulkOperation';
import { DeliveryFailure } from '../http/outcome';

/** Counts how the messages of a bulk ended, and why those failed that did. */
export function summarise(endings: Array<BulkEnding | undefined>, durationMs: number): IDataObject {
	const counts = { accepted: 0, rejected: 0, notSent: 0, unknown: 0, duplicates: 0 };
	const errors = new Map<string, { code: string; message: string; count: number }>();
	for (const ending of endings) {
		if (ending === undefined) continue;
		if ('result' in ending) counts.accepted++;
		else if ('duplicateOf' in ending) counts.duplicates++;
		else {
			const { failure } = ending;
			const details = failure instanceof DeliveryFailure ? failure.details : undefined;
			if (details?.outcome === 'unknown') counts.unknown++;
			else if (details?.outcome === 'rejected') counts.rejected++;
			else counts.notSent++;
			const code = details ? (details.code ?? String(details.httpCode ?? 'none')) : 'invalid_input';
			const known = errors.get(code) ?? { code, message: failure.message, count: 0 };
			known.count++;
			errors.set(code, known);
		}
	}
	const tried = endings.length - counts.duplicates;
	return {
		total: endings.length,
		...counts,
		/** In percent of the messages that are not duplicates, to two digits. */
		successRate: tried === 0 ? 100 : Math.round((counts.accepted / tried) * 10_000) / 100,
		durationMs,
		errors: [...errors.values()].sort((a, b) => b.count - a.count),
	};
}
