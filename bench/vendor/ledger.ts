/** What the vendor has accepted, by recipient. */
export class Ledger {
	private readonly messages = new Map<string, number>();

	accept(recipient: string): void {
		this.messages.set(recipient, (this.messages.get(recipient) ?? 0) + 1);
	}

	/** How many messages each recipient got. */
	get all(): Record<string, number> {
		return Object.fromEntries(this.messages);
	}

	/** Recipients who got a message. */
	get accepted(): number {
		return this.messages.size;
	}

	/** Messages beyond a recipient's first. */
	get duplicates(): number {
		let total = 0;
		for (const count of this.messages.values()) total += count;
		return total - this.messages.size;
	}
}
