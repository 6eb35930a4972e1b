import type { IDataObject } from 'n8n-workflow';

/** Of all nodes together: what is gone from here is still in n8n's row, without its result. */
const MOST = 10_000;
/** What tells who got which message; the rest is left to the execution that sent it. */
const KEPT = [
	'messageId',
	'provider',
	'channel',
	'recipient',
	'status',
	'providerStatus',
	'sentAt',
	'reference',
	'sentAs',
];

/** The results of the messages that this process has sent of late, by node and key. */
const results = new Map<string, IDataObject[]>();

export function remember(place: string, key: string, sent: IDataObject[]): void {
	const name = nameOf(place, key);
	results.delete(name);
	results.set(
		name,
		sent.map((result) =>
			Object.fromEntries(KEPT.filter((one) => one in result).map((one) => [one, result[one]])),
		),
	);
	for (const [oldest] of results) {
		if (results.size <= MOST) break;
		results.delete(oldest);
	}
}

/** @returns undefined where this process knows of nothing */
export function recall(place: string, key: string): IDataObject[] | undefined {
	return results.get(nameOf(place, key));
}

export function forget(place: string, key: string): void {
	results.delete(nameOf(place, key));
}

function nameOf(place: string, key: string): string {
	return `${place}\n${key}`;
}
