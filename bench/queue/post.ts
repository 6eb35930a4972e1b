import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';

import type { Posted } from './outcome';

/** Something to post, made when its turn comes. */
export interface Parcel {
	key: string;
	url: string;
	make: () => { body: unknown; headers?: Record<string, string> };
}

/** Posts one after the other on each of so many connections. */
export async function postAll(parcels: Parcel[], connections: number): Promise<Posted[]> {
	const httpAgent = new Agent({ keepAlive: true, maxSockets: connections });
	const posted: Posted[] = [];
	let next = 0;
	const work = async () => {
		for (let parcel = parcels[next++]; parcel; parcel = parcels[next++]) {
			posted.push(await post(parcel, httpAgent));
		}
	};
	await Promise.all(Array.from({ length: connections }, work));
	httpAgent.destroy();
	return posted;
}

/** Posts one every so many milliseconds, whether the last was answered or not. */
export async function postEvery(ms: number, parcels: Parcel[]): Promise<Posted[]> {
	const posts: Array<Promise<Posted>> = [];
	for (const parcel of parcels) {
		posts.push(post(parcel));
		await sleep(ms);
	}
	return await Promise.all(posts);
}

async function post({ key, url, make }: Parcel, httpAgent?: Agent): Promise<Posted> {
	const { body, headers } = make();
	const answer = axios.post(url, body, { headers, httpAgent, proxy: false });
	return {
		key,
		isAnswered: await answer.then(
			({ status }) => status === 200,
			() => false,
		),
	};
}
