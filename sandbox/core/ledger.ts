import type { Acceptance } from './vendor';

export interface AcceptedMessage extends Acceptance {
	vendor: string;
	operationId: string;
	arrivedAt: number;
	/** The whole request it came in; shared by the messages of one bulk request. */
	request: unknown;
	headers: Record<string, unknown>;
}

export interface Duplicate {
	recipient: string;
	content: unknown;
	count: number;
	messageIds: string[];
}

/** The messages a vendor has taken, in the order in which it took them. */
export class Ledger {
	private readonly messages: AcceptedMessage[] = [];
	private readonly ids = new Set<string>();
	private readonly alike = new Map<string, AcceptedMessage[]>();

	add(message: AcceptedMessage): void {
		this.messages.push(message);
		this.ids.add(message.messageId);
		const key = likeness(message);
		const others = this.alike.get(key);
		if (others) others.push(message);
		else this.alike.set(key, [message]);
	}

	has(messageId: string): boolean {
		return this.ids.has(messageId);
	}

	get size(): number {
		return this.messages.length;
	}

	/** `identical`: how many messages with this recipient and content were accepted in all. */
	list(): Array<AcceptedMessage & { identical: number }> {
		return this.messages.map((message) => ({
			...message,
			identical: this.alike.get(likeness(message))?.length ?? 1,
		}));
	}

	duplicates(): Duplicate[] {
		return [...this.alike.values()]
			.filter((messages) => messages.length > 1)
			.map((messages) => ({
				recipient: messages[0]?.recipient ?? '',
				content: messages[0]?.content,
				count: messages.length,
				messageIds: messages.map(({ messageId }) => messageId),
			}));
	}

	/** Who got a message, in the order in which they arrived. */
	recipients(): string[] {
		return this.messages.map(({ recipient }) => recipient);
	}

	clear(): void {
		this.messages.length = 0;
		this.ids.clear();
		this.alike.clear();
	}
}

const likeness = ({ recipient, content }: Acceptance): string =>
	JSON.stringify([recipient, content]);
