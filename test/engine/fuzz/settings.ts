import fc from 'fast-check';

/**
 * How many cases a property is tried with. `npm run fuzz` says for each test file by the environment;
 * a few seconds' worth otherwise.
 */
export function cases(few: number, share: number): number {
	const all = Number(process.env.FUZZ_CASES ?? 0);
	return all > 0 ? Math.ceil(all * share) : few;
}

/** Where chance begins; the same seed gives the same cases. Printed, so that any run can be repeated. */
export const seed = Number(process.env.FUZZ_SEED ?? (Math.random() * 2 ** 31) | 0);

/**
 * Tries a property, and says how often and from which seed on.
 *
 * @param name as it is printed
 */
export async function tried<T>(
	name: string,
	property: fc.IAsyncProperty<T>,
	{ numRuns, ...more }: fc.Parameters<T>,
): Promise<void> {
	const start = Date.now();
	await fc.assert(property, { seed, numRuns, endOnFailure: numRuns! > 1000, ...more });
	if (process.env.FUZZ_CASES === undefined) return;
	const seconds = ((Date.now() - start) / 1000).toFixed(0);
	process.stdout.write(`fuzz: ${name}: ${numRuns} cases from seed ${seed} in ${seconds} s\n`);
}
