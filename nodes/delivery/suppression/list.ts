import { InvalidInput } from '../../input/invalidInput';
import { requirePhone } from '../../input/phone';
import { inside } from '../../input/invalidInput';
import { shown } from '../../input/shown';
import { Slices } from '../run/slices';
import { FIELD, type ListEntries, readEntries } from './entries';
import { keyIn, type NameKind } from './names';

const SLICE = 500;

/** A list of people, read once however many messages are held against it. */
export class SuppressionList {
	private readonly reading = new Map<string, Promise<Set<string>>>();

	private readonly known = new Map<string, Set<string>>();

	private constructor(private readonly entries: ListEntries) {}

	/** @throws InvalidInput for what is no list */
	static async of(value: unknown): Promise<SuppressionList> {
		return new SuppressionList(await readEntries(value));
	}

	get size(): number {
		return this.entries.names.length;
	}

	/**
	 * The keys of all entries of a kind.
	 *
	 * @param country where phone numbers without a country code are meant
	 * @throws InvalidInput for an entry of which nobody can tell what it is
	 */
	async keys(kind: NameKind, country: string | undefined): Promise<Set<string>> {
		const name = nameOf(kind, country);
		const reading = this.reading.get(name) ?? this.read(kind, country);
		this.reading.set(name, reading);
		const keys = await reading;
		this.known.set(name, keys);
		return keys;
	}

	/** The same, once they are read: asking for them takes no time. */
	knownKeys(kind: NameKind, country: string | undefined): Set<string> | undefined {
		return this.known.get(nameOf(kind, country));
	}

	private async read(kind: NameKind, country: string | undefined): Promise<Set<string>> {
		const slices = new Slices();
		const keys = new Set<string>();
		const { names, at } = this.entries;
		for (let index = 0; index < names.length; index++) {
			if (index % SLICE === 0 && slices.isOver) await slices.giveWay();
			const key = keyIn(names[index], kind, country);
			if (key === undefined) refuse(names[index], at[index], kind, country);
			if (key !== null) keys.add(key);
		}
		return keys;
	}
}

function nameOf(kind: NameKind, country: string | undefined): string {
	return kind === 'phone' ? `phone ${country ?? ''}` : kind;
}

/** Whoever is meant might be written to: nothing is sent before somebody has looked at it. */
function refuse(
	name: string | number,
	at: number,
	kind: NameKind,
	country: string | undefined,
): never {
	if (kind === 'phone') inside(FIELD, () => requirePhone(`entry ${at}`, name, country));
	throw new InvalidInput(
		`${FIELD} entry ${at}`,
		`${shown(name)} is neither a phone number nor an email address nor an ID`,
		'Correct it or take it out. Nothing is sent while it is there.',
	);
}
