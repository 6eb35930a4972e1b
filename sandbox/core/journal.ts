import type { IncomingHttpHeaders } from 'node:http';

export interface RequestRecord {
	vendor: string;
	operationId: string;
	method: string;
	path: string;
	query: Record<string, unknown>;
	headers: Record<string, unknown>;
	body: unknown;
	/** 0 while not answered, and for requests whose socket was destroyed. */
	status: number;
	/** The fault that struck, if any. */
	fault?: string;
	arrivedAt: number;
}

/** Every request a vendor saw, the newest 50,000. */
export class Journal {
	private records: RequestRecord[] = [];

	constructor(private readonly keep = 50_000) {}

	add(record: RequestRecord): RequestRecord {
		this.records.push(record);
		// Trimmed in big bites: shifting one by one would copy the array for every request.
		if (this.records.length > this.keep * 1.2) this.records = this.records.slice(-this.keep);
		return record;
	}

	/** @param after how many of the first ones to leave out */
	list(after = 0): RequestRecord[] {
		const first = Math.max(this.records.length - this.keep, 0);
		return this.records.slice(first + after);
	}

	clear(): void {
		this.records = [];
	}
}

const secrets = ['authorization', 'proxy-authorization', 'cookie', 'x-api-key', 'api-key'];

/** Says that a secret was sent, and by which scheme, but not which. */
export function maskSecrets(
	headers: IncomingHttpHeaders,
	more: string[] = [],
): IncomingHttpHeaders {
	const masked = { ...headers };
	for (const name of [...secrets, ...more]) {
		const value = masked[name];
		if (value === undefined) continue;
		const scheme = /^(\S+)\s+\S/.exec(String(value))?.[1];
		masked[name] = scheme ? `${scheme} ***` : '***';
	}
	return masked;
}
