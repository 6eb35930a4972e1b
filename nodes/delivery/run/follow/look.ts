import type { IDataObject, IExecuteSingleFunctions } from 'n8n-workflow';

import { DeliveryFailure } from '../../http/outcome';
import type { Transport } from '../../http/transport';
import type { VendorAnswer, VendorRequest } from '../../http/vendorApi';
import { type FollowedMessage, isDelivered, isFinal, knownOf } from './follow';
import type { ReadBack } from './readBack';

/** Of one run: looking must not keep others from sending. */
const MOST_READS_AT_ONCE = 4;
/** A message may be found a moment after it was accepted; whoever refuses more often means it. */
const MOST_REFUSALS = 3;
/** So often a list may leave a message out before it is looked at alone. */
const MOST_OMISSIONS = 2;
const TOO_MANY = 429;

/** A message that is looked at until it has arrived or the time is over. */
export interface Watched {
	message: FollowedMessage;
	transport: Transport;
	context: IExecuteSingleFunctions;
	endsAt: number;
	/** How often its list has not shown it, or was refused. */
	omissions: number;
	/** How often in a row the vendor has refused to show it. */
	refusals: number;
	/** Why it could not be looked at the last time. */
	failure: DeliveryFailure | undefined;
}

/** Whether it makes sense to look at it again. */
export function isOpen({ message, refusals, transport }: Watched): boolean {
	const isThere = message.place !== undefined && refusals < MOST_REFUSALS;
	return isThere && !transport.isStopped && !isFinal(message.known);
}

/** Looks at messages once, at as many as possible with each request. Never throws. */
export class Look {
	constructor(
		private readonly readBack: ReadBack<unknown>,
		/** Whether nobody waits for it any more. */
		private readonly isOver: () => boolean,
	) {}

	async at(watched: Watched[]): Promise<void> {
		const tasks = this.tasks(watched);
		const worker = async () => {
			for (let task = tasks.shift(); task && !this.isOver(); task = tasks.shift()) await task();
		};
		await Promise.all(Array.from({ length: MOST_READS_AT_ONCE }, worker));
	}

	private tasks(watched: Watched[]): Array<() => Promise<void>> {
		const alone: Watched[] = [];
		const shelves = new Map<Transport, Map<string, Watched[]>>();
		for (const one of watched) {
			const { list, one: single } = one.message.place ?? {};
			const isAlone = one.omissions >= MOST_OMISSIONS && single !== undefined;
			if (list === undefined || isAlone) {
				alone.push(one);
				continue;
			}
			const ofAccount = shelves.get(one.transport) ?? new Map<string, Watched[]>();
			shelves.set(one.transport, ofAccount);
			const key = JSON.stringify(list);
			const shelf = ofAccount.get(key);
			if (shelf) shelf.push(one);
			else ofAccount.set(key, [one]);
		}
		const lists: Watched[][] = [];
		for (const shelf of [...shelves.values()].flatMap((ofAccount) => [...ofAccount.values()])) {
			if (shelf.length === 1 && shelf[0].message.place?.one) alone.push(shelf[0]);
			else lists.push(...this.packs(shelf));
		}
		return [
			...lists.map((shelf) => async () => await this.readList(shelf)),
			...alone.map((one) => async () => await this.readOne(one)),
		];
	}

	/** A list that can be narrowed shows as many as it may; any other shows all, page by page. */
	private packs(shelf: Watched[]): Watched[][] {
		const { list } = this.readBack;
		if (!list?.only) return [shelf];
		const packs: Watched[][] = [];
		for (let at = 0; at < shelf.length; at += list.most) {
			packs.push(shelf.slice(at, at + list.most));
		}
		return packs;
	}

	private async readList(shelf: Watched[]): Promise<void> {
		const { list } = this.readBack;
		const most = list?.most ?? shelf.length;
		const wanted = new Map(shelf.map((one) => [one.message.messageId, one]));
		const [first] = shelf;
		const whole = first.message.place!.list!;
		let request: VendorRequest | undefined =
			list?.only?.(whole, [...wanted.keys()] as string[]) ?? whole;
		// What others write stands between ours.
		let pagesLeft = 1 + 2 * Math.ceil(shelf.length / most);
		try {
			while (request && wanted.size > 0 && pagesLeft-- > 0 && !this.isOver()) {
				const answer: VendorAnswer = await this.ask(first, request);
				for (const row of this.readBack.read(answer) ?? []) {
					const one = wanted.get(row.messageId as string);
					if (one === undefined) continue;
					wanted.delete(row.messageId as string);
					await this.learn(one, row);
				}
				request = list?.next?.(answer, request);
			}
			for (const one of wanted.values()) one.omissions++;
		} catch (error) {
			// A list that is refused may be one that this account does not have.
			const isRefused = refuses(error);
			for (const one of wanted.values()) {
				this.failed(one, error);
				if (isRefused) one.omissions = MOST_OMISSIONS;
			}
		}
	}

	/** A list may leave out why a message failed. */
	private async learn(one: Watched, row: IDataObject): Promise<void> {
		this.heard(one, row);
		const { known, place } = one.message;
		const isUnexplained = isFinal(known) && !isDelivered(known) && known.reason === null;
		if (isUnexplained && place?.one) await this.readOne(one);
	}

	private async readOne(one: Watched): Promise<void> {
		const { messageId, place } = one.message;
		try {
			const answer = await this.ask(one, place!.one!);
			const rows = this.readBack.read(answer) ?? [];
			this.heard(one, rows.find((row) => row.messageId === messageId) ?? {});
		} catch (error) {
			this.failed(one, error);
		}
	}

	private async ask(
		{ transport, context }: Watched,
		request: VendorRequest,
	): Promise<VendorAnswer> {
		const answer = await transport.send(context, request, {
			kind: 'read',
			isAside: true,
			isReadable: (arrived) => this.readBack.read(arrived) !== undefined,
		});
		return { ...answer, body: transport.freeOfSecrets(answer.body) };
	}

	private heard(one: Watched, row: IDataObject): void {
		if (this.isOver() || typeof row.status !== 'string') return;
		const before = one.message.known;
		const known = knownOf(row);
		one.message.known = {
			...known,
			channel: known.channel ?? before.channel,
			sentAt: known.sentAt ?? before.sentAt,
		};
		one.refusals = 0;
		one.failure = undefined;
	}

	private failed(one: Watched, error: unknown): void {
		if (!(error instanceof DeliveryFailure)) return;
		one.failure = error;
		if (refuses(error)) one.refusals++;
	}
}

/** Whether the vendor will not show it, now or later. */
function refuses(error: unknown): boolean {
	const status = error instanceof DeliveryFailure ? (error.details.httpCode ?? 0) : 0;
	return status >= 400 && status < 500 && status !== TOO_MANY;
}
