import type { Entry } from './entry';
import type { Operation } from './operation';
import { pack } from './pack';

/** Messages of one account that may share a request. */
export function packsOf<Input>(
	{ bulk }: Operation<Input>,
	entries: Array<Entry<Input>>,
): Array<Array<Entry<Input>>> {
	const packing = bulk?.packing;
	if (packing === undefined) return entries.map((entry) => [entry]);
	const numbers = new Numbers();
	return pack(
		entries,
		packing.limits,
		({ transport, request, input }) => {
			const group = `${numbers.of(transport)} ${(request && packing.groupOf?.(request)) ?? ''}`;
			// Nobody stands in the same request twice.
			return `${numbers.next(`${group} ${bulk?.recipientOf(input)}`)} ${group}`;
		},
		({ request }) => (request && packing.sizeOf?.(request)) ?? 0,
	);
}

/** Numbers for things, and for how often they have come. */
class Numbers {
	private readonly names = new Map<unknown, number>();

	private readonly times = new Map<string, number>();

	of(thing: unknown): number {
		const known = this.names.get(thing) ?? this.names.size;
		this.names.set(thing, known);
		return known;
	}

	next(name: string): number {
		const times = this.times.get(name) ?? 0;
		this.times.set(name, times + 1);
		return times;
	}
}
