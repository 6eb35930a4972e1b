import axios from 'axios';

import type { N8nClient } from '../../scripts/n8n/client.mjs';
import { ifAny, until } from '../../scripts/run/until.mjs';
import type { Ended } from './outcome';

const PAGE = 250;
const UNFINISHED = ['new', 'running', 'waiting', 'unknown'];

/** What a flow was started with: the first item of its trigger. */
export type KeyOf = (started: unknown) => unknown;

/** Waits until n8n has no more to do for these flows, or has not done it in this time. */
export async function settled(
	{ http }: N8nClient,
	workflowIds: string[],
	timeoutMs: number,
): Promise<void> {
	const unfinished = async (workflowId: string): Promise<number> => {
		const filter = JSON.stringify({ workflowId, status: UNFINISHED });
		return (await http.get('/rest/executions', { params: { filter, limit: 1 } })).data.data.count;
	};
	await ifAny(
		until(
			async () => {
				const counts = await Promise.all(workflowIds.map(unfinished));
				return counts.every((count) => count === 0) ? true : undefined;
			},
			{ what: 'All executions end', timeoutMs },
		),
	);
}

/** Reads all executions of a flow that have ended, by n8n's public API, which gives many at a time. */
export function executionReader(
	url: string,
	apiKey: string,
): (workflowId: string, trigger: string, keyOf: KeyOf) => Promise<ReadExecution[]> {
	const api = axios.create({
		baseURL: `${url}/api/v1`,
		headers: { 'X-N8N-API-KEY': apiKey },
		proxy: false,
	});
	return async (workflowId, trigger, keyOf) => {
		const ended: ReadExecution[] = [];
		let cursor: string | null | undefined;
		do {
			const params = { workflowId, includeData: true, limit: PAGE, ...(cursor && { cursor }) };
			const { data: page } = await api.get<Page>('/executions', { params });
			for (const { id, status, data } of page.data) {
				const runs = data?.resultData?.runData ?? {};
				const started = itemsOf(runs, trigger)[0];
				const key = started && keyOf(started.json);
				ended.push({
					id: String(id),
					status,
					key: typeof key === 'string' ? key : undefined,
					unknown: unknownIn(runs),
					sendAt: runs.Send?.[0]?.startTime,
				});
			}
			cursor = page.nextCursor;
		} while (cursor);
		return ended;
	};
}

const itemsOf = (runs: Runs, node: string): Item[] => runs[node]?.[0]?.data?.main?.[0] ?? [];

/** The recipients whose items the sending node has ended as unknown. */
function unknownIn(runs: Runs): string[] {
	const recipients = itemsOf(runs, 'Recipients');
	return itemsOf(runs, 'Send')
		.filter(({ json }) => json.details?.outcome === 'unknown')
		.flatMap(({ pairedItem }) => recipients[pairedItem?.item ?? NaN]?.json.phone ?? []);
}

/** An execution that has ended, as n8n has kept it. */
export interface ReadExecution extends Ended {
	id: string;
	/** When the sending node began (ms since 1970). */
	sendAt: number | undefined;
}

interface Item {
	json: { phone?: string; details?: { outcome?: string } };
	pairedItem?: { item: number };
}

type Runs = Partial<
	Record<string, Array<{ startTime: number; data?: { main?: Array<Item[] | null> } }>>
>;

interface Page {
	data: Array<{
		id: string | number;
		status: string;
		data?: { resultData?: { runData?: Runs } };
	}>;
	nextCursor?: string | null;
}
