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
): (workflowId: string, trigger: string, keyOf: KeyOf) => Promise<Ended[]> {
	const api = axios.create({
		baseURL: `${url}/api/v1`,
		headers: { 'X-N8N-API-KEY': apiKey },
		proxy: false,
	});
	return async (workflowId, trigger, keyOf) => {
		const ended: Ended[] = [];
		let cursor: string | null | undefined;
		do {
			const params = { workflowId, includeData: true, limit: PAGE, ...(cursor && { cursor }) };
			const { data: page } = await api.get<Page>('/executions', { params });
			for (const { status, data } of page.data) {
				const items = data?.resultData?.runData?.[trigger]?.[0]?.data?.main?.[0];
				const key = items?.[0] && keyOf(items[0].json);
				ended.push({ status, key: typeof key === 'string' ? key : undefined });
			}
			cursor = page.nextCursor;
		} while (cursor);
		return ended;
	};
}

interface Page {
	data: Array<{
		status: string;
		data?: {
			resultData?: {
				runData?: Record<
					string,
					Array<{ data?: { main?: Array<Array<{ json: unknown }> | null> } }>
				>;
			};
		};
	}>;
	nextCursor?: string | null;
}
