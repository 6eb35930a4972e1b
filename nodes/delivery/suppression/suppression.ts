import { isBlank } from '../../input/blank';
import { optionsOf } from '../../input/draft';
import { InvalidInput } from '../../input/invalidInput';
import { shown } from '../../input/shown';
import type { VendorRequest } from '../http/vendorApi';
import { isSameForRun } from '../run/expressions';
import type { Host } from '../run/host';
import type { Operation } from '../run/operation';
import { FIELD } from './entries';
import { suppressedFailure } from './failures';
import { SuppressionList } from './list';
import { keyOf, kindOf } from './names';

/** The option that holds the list. It is no part of a message, so no draft has it. */
export const SUPPRESSION_OPTION = 'suppressionList';

/** The usual list: all items of an earlier node. */
const ALL_OF_NODE = /^=\{\{\s*\$\((["'`])((?:(?!\1)[^\\$])+)\1\)\.all\(\)\s*\}\}$/;

/** A message as it was read, and as it would leave. */
export interface ReadMessage<Input> {
	input: Input;
	request: VendorRequest | undefined;
}

/** The list that counts for an item, and where phone numbers without a country code are meant. */
export interface ListOfItem {
	list: SuppressionList;
	country: string | undefined;
}

/**
 * Keeps the messages of a run from those who must not be written to. The list is evaluated and read
 * once for the run; only where its expression takes something from the item, once for each item.
 */
export class Suppression {
	private ofRun: Promise<SuppressionList> | undefined;

	/** The one that counts for all items, once it is read: asking for it takes no time. */
	known: SuppressionList | undefined;

	private ofItem: { itemIndex: number; list: Promise<SuppressionList> } | undefined;

	private readonly isForRun: boolean;

	private hasWarned = false;

	private constructor(
		private readonly host: Host,
		private readonly raw: unknown,
	) {
		this.isForRun = isSameForRun(raw);
	}

	/** @returns undefined where nobody has entered a list */
	static of(host: Host): Suppression | undefined {
		const raw: unknown = optionsOf(host.parameters.parameters)[SUPPRESSION_OPTION];
		return isBlank(raw) ? undefined : new Suppression(host, raw);
	}

	/** @throws InvalidInput for what is no list, and whatever its expression throws */
	async listOf(itemIndex: number, country: string | undefined): Promise<ListOfItem> {
		if (this.isForRun) {
			this.known = await (this.ofRun ??= this.read(itemIndex));
			return { list: this.known, country };
		}
		if (this.ofItem?.itemIndex !== itemIndex) {
			this.ofItem = { itemIndex, list: this.read(itemIndex) };
		}
		return { list: await this.ofItem.list, country };
	}

	/**
	 * Whether it is plain without any waiting that nobody whom a message reaches is on the list, as it
	 * is of most.
	 *
	 * @throws InvalidInput where it cannot be known whom it reaches
	 */
	isClear<Input>(
		operation: Operation<Input>,
		message: ReadMessage<Input>,
		{ list, country }: ListOfItem,
	): boolean {
		return peopleOf(operation, message).every((names) => {
			let isComparable = false;
			for (const name of names) {
				const kind = kindOf(name);
				const keys = list.knownKeys(kind, country);
				if (keys === undefined || keys.has(keyOf(kind, name))) return false;
				isComparable ||= keys.size > 0;
			}
			return isComparable;
		});
	}

	/**
	 * The message without those who are on the list.
	 *
	 * @returns also who was taken out
	 * @throws KeptBack where nobody is left, or nobody can be taken out
	 * @throws InvalidInput for an entry that nobody can read, and for a list that cannot be held against
	 *   the message
	 */
	async without<Input>(
		operation: Operation<Input>,
		message: ReadMessage<Input>,
		list: ListOfItem,
	): Promise<ReadMessage<Input> & { takenOut: string[] }> {
		const people = peopleOf(operation, message);
		const suppressed = await this.suppressedOf(list, people);
		if (suppressed.length === 0) return { ...message, takenOut: [] };
		const takenOut = suppressed.map(([name]) => name);
		const takeOut = operation.people?.without;
		if (takeOut === undefined || suppressed.length === people.length) {
			throw suppressedFailure(operation.api, takenOut, people.length);
		}
		const input = takeOut(message.input, new Set(takenOut));
		return { input, request: operation.request(input), takenOut };
	}

	/**
	 * For what shows only when a message is about to leave, such as the number of a contact.
	 *
	 * @throws as `without`
	 */
	async requireNobody<Input>(
		operation: Operation<Input>,
		message: ReadMessage<Input>,
		list: ListOfItem,
	): Promise<void> {
		const people = peopleOf(operation, message);
		const suppressed = await this.suppressedOf(list, people);
		const names = suppressed.map(([name]) => name);
		if (names.length > 0) throw suppressedFailure(operation.api, names, people.length);
	}

	private async read(itemIndex: number): Promise<SuppressionList> {
		const { raw } = this;
		const isExpression = typeof raw === 'string' && raw.startsWith('=');
		const value = isExpression ? this.evaluated(raw, itemIndex) : raw;
		if (!isExpression && String(value).includes('{{')) {
			throw new InvalidInput(
				FIELD,
				'holds an expression, and is set to Fixed',
				'Switch the field to Expression.',
			);
		}
		return await SuppressionList.of(value);
	}

	private evaluated(expression: string, itemIndex: number): unknown {
		const { parameters } = this.host;
		const node = ALL_OF_NODE.exec(expression)?.[2];
		const items = node === undefined ? undefined : parameters.itemsOf?.(node, itemIndex);
		return items ?? parameters.evaluate(expression.slice(1), itemIndex);
	}

	private async suppressedOf(
		{ list, country }: ListOfItem,
		people: string[][],
	): Promise<string[][]> {
		if (list.size === 0) return [];
		const suppressed: string[][] = [];
		for (const names of people) {
			let isComparable = false;
			let isSuppressed = false;
			for (const name of names) {
				const kind = kindOf(name);
				const keys = await list.keys(kind, country);
				isComparable ||= keys.size > 0;
				isSuppressed ||= keys.has(keyOf(kind, name));
			}
			if (isSuppressed) suppressed.push(names);
			else if (!isComparable) this.complain(names);
		}
		return suppressed;
	}

	/** The list names nobody in the way the message does, so it cannot tell whether they are on it. */
	private complain([name]: string[]): void {
		const kind = kindOf(name);
		if (kind === 'id' || kind === 'number') {
			throw new InvalidInput(
				FIELD,
				`holds no IDs, and ${shown(name)} is one, so it cannot tell whether that is somebody on it`,
				'Nothing was sent. Give the list the IDs as well, or take it out.',
			);
		}
		if (this.hasWarned) return;
		this.hasWarned = true;
		const what = kind === 'phone' ? 'phone number' : 'email address';
		const { logger, node } = this.host;
		logger.warn(
			`${node.name}: the ${FIELD} holds no ${what}, so it keeps back no message that goes to one.`,
		);
	}
}

/** Each person whom a message reaches, by all their names. */
function peopleOf<Input>(
	{ people, bulk, kind }: Operation<Input>,
	{ input, request }: ReadMessage<Input>,
): string[][] {
	if (people) return people.of(input, request);
	if (bulk) return [[bulk.recipientOf(input)]];
	if (kind === 'read') return [];
	throw new InvalidInput(
		FIELD,
		'cannot be used here: it is not known who gets the message',
		'Nothing was sent. Take the list out, or use Send Message.',
	);
}
