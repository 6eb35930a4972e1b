import type { Figures } from './figures';

/**
 * What results.json holds after a run. The figures of queue mode are measured by a command of their
 * own: each command leaves alone what the other has written.
 */
export function resultsAfter(
	previous: Record<string, unknown>,
	{ queueMode, ...figures }: Partial<Figures>,
	run: object,
): Record<string, unknown> {
	if (queueMode) return { ...previous, queueMode: { ...queueMode, run } };
	return {
		...figures,
		run,
		...(previous.queueMode !== undefined && { queueMode: previous.queueMode }),
	};
}
