import { DeliveryFailure } from '../../http/outcome';
import type { Ending } from '../ending';
import { type Entry, type Instead, itemTransport } from '../entry';
import { keyInstead } from '../idempotency';
import type { Fallback, Operation } from '../operation';
import { skippedFailure, templateFailure, unclearFailure } from './failures';

/**
 * Sends a message where the vendor takes it, and outside of its window what its user wants instead.
 * The template goes only where it is certain that the message did not: the vendor says that it would
 * be outside, or has refused it for that.
 *
 * @throws what `send` throws; KeptBack for what is skipped
 */
export async function sendInWindow<Input>(
	{ api, fallback }: Operation<Input>,
	entry: Entry<Input>,
	send: (entry: Entry<Input>) => Promise<Ending>,
): Promise<Ending> {
	const { instead } = entry;
	if (fallback === undefined || instead === undefined) return await send(entry);
	const isOutside = await fallback
		.isOutside(entry.input, itemTransport(entry))
		.catch((error: unknown) => {
			throw unclearFailure(error);
		});
	const first = isOutside
		? undefined
		: await send(entry).catch((error: unknown) => {
				if (isForWindow(fallback, error)) return error;
				throw error;
			});
	if (first !== undefined && !(first instanceof DeliveryFailure)) return first;
	if (instead === 'nothing') throw skippedFailure(api, first);
	return asTemplate(
		await send(template(entry, instead)).catch((error: unknown) => {
			throw templateFailure(error, first);
		}),
	);
}

/** Whether the vendor has certainly refused a message, and because of its window. */
export function isForWindow<Input>(
	fallback: Fallback<Input>,
	error: unknown,
): error is DeliveryFailure {
	if (!(error instanceof DeliveryFailure) || error.details.outcome !== 'rejected') return false;
	try {
		return fallback.namesWindow(error);
	} catch {
		return false;
	}
}

function template<Input>(
	entry: Entry<Input>,
	instead: Exclude<Instead<Input>, 'nothing'>,
): Entry<Input> {
	const idempotencyKey = keyInstead(entry.idempotencyKey);
	return { ...entry, ...instead, instead: undefined, idempotencyKey };
}

function asTemplate(ending: Ending): Ending {
	if (ending.kind !== 'accepted') return ending;
	return { ...ending, results: ending.results.map((one) => ({ ...one, sentAs: 'template' })) };
}
