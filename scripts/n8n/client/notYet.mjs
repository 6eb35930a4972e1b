import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

/**
 * How long each "not yet" of n8n's is waited for, in milliseconds.
 *
 * @typedef {object} Limits
 * @property {number} unpublishing n8n 2 answers before the triggers of a workflow are removed
 * @property {number} signIns n8n 2 takes five sign-ins a minute, n8n 1 five in five minutes
 * @property {number} starting the database is not there, or not brought up to date
 * @property {number} connection that broke
 */

/** @type {Limits} */
export const LIMITS = {
	unpublishing: 30_000,
	signIns: 310_000,
	starting: 60_000,
	connection: 5_000,
};

/**
 * What came of one request.
 *
 * @typedef {object} Exchange
 * @property {Pick<import('axios').AxiosResponse, 'status' | 'data' | 'headers'>} [response] its
 *   body as text, also that of a refusal
 * @property {unknown} [error] why there is no answer, or none that was wanted
 */

// What may be done twice.
const REPEATABLE = /^(get|head|options|put|delete)$/i;

/**
 * Whether n8n says that it cannot do something yet. It has then not begun with it, so that the
 * request may be made again, whatever it is. A connection that broke leaves that open, so only what
 * may be done twice is repeated.
 *
 * @param {Exchange} exchange
 * @param {string} method
 * @returns {keyof Limits | undefined} what is waited for
 */
export function notYet({ response, error }, method) {
	const { status, data } = response ?? {};
	if (status === 429) return 'signIns';
	if (status === 409 && /still being \w*published/.test(data)) return 'unpublishing';
	if (status === 503 && /Database is not ready/.test(data)) return 'starting';
	if (status === 200 && /^n8n is starting up/.test(data)) return 'starting';

	const { code } = /** @type {NodeJS.ErrnoException} */ (error ?? {});
	const broken = code === 'ECONNRESET' || code === 'EPIPE';
	return broken && REPEATABLE.test(method) ? 'connection' : undefined;
}

/**
 * Makes a request until n8n is ready for it, or the patience with its reason is at an end.
 *
 * @template {Exchange} T
 * @param {() => Promise<T>} send
 * @param {string} method
 * @param {Limits} limits
 * @returns {Promise<T & { inVainMs?: number }>} the last exchange, and how long n8n had been waited
 *   for if it still was not ready
 */
export async function patiently(send, method, limits) {
	const start = performance.now();
	for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
		const exchange = await send();
		const reason = notYet(exchange, method);
		if (!reason) return exchange;
		const waitedMs = performance.now() - start;
		const leftMs = limits[reason] - waitedMs;
		if (leftMs <= 0) return { ...exchange, inVainMs: waitedMs };
		const toldMs = Number(exchange.response?.headers['retry-after']) * 1_000;
		await sleep(Math.min(toldMs > 0 ? toldMs : pauseMs, leftMs));
	}
}
