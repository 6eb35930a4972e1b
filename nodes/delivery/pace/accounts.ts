import { sleep } from 'n8n-workflow';

import { Account } from './account';

const FORGET_AFTER_MS = 10 * 60_000;
const SWEEP_EVERY_MS = 60_000;

/** The accounts at vendors that executions of this process use. */
export class Accounts {
	private readonly known = new Map<string, Account>();

	private sweptAt = -Infinity;

	/** @param now and nap: the clock of all accounts, as in Account */
	constructor(
		private readonly now: () => number = () => performance.now(),
		private readonly nap: (ms: number) => Promise<void> = sleep,
	) {}

	/**
	 * The account with this key (base URL and a hash of the credentials), the same for everybody.
	 * Accounts that nobody has used for ten minutes are forgotten.
	 */
	of(key: string): Account {
		const now = this.now();
		if (now - this.sweptAt > SWEEP_EVERY_MS) this.sweep(now);
		const account = this.known.get(key) ?? new Account(this.now, this.nap);
		account.lastUsed = now;
		this.known.set(key, account);
		return account;
	}

	private sweep(now: number): void {
		this.sweptAt = now;
		for (const [key, account] of this.known) {
			if (now - account.lastUsed > FORGET_AFTER_MS && account.isIdle()) this.known.delete(key);
		}
	}
}

const accounts = new Accounts();

/** The account with this key, shared by all executions of the process. */
export function accountOf(key: string): Account {
	return accounts.of(key);
}
