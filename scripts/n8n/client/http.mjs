import { Agent } from 'node:http';
import axios, { AxiosError } from 'axios';
import { duration } from '../../run/progress.mjs';
import { LIMITS, patiently } from './notYet.mjs';

/** @typedef {import('axios').InternalAxiosRequestConfig} Request */
/** @typedef {import('axios').AxiosResponse} Response */

/**
 * Speaks HTTP with one n8n, and waits for what n8n does not do yet.
 *
 * @param {string} url
 * @param {Partial<import('./notYet.mjs').Limits>} [limits] of its patience
 * @returns {import('axios').AxiosInstance} its errors carry n8n's own words
 */
export function openHttp(url, limits = {}) {
	const patience = { ...LIMITS, ...limits };
	return axios.create({
		baseURL: url,
		proxy: false,
		// n8n closes a connection that has rested for some seconds, perhaps while the next request is
		// on its way. With a connection for each request there is no such moment.
		httpAgent: new Agent({ keepAlive: false }),
		async adapter(request) {
			const exchange = await patiently(() => sent(request), request.method ?? 'get', patience);
			const { response, error, inVainMs } = exchange;
			if (response && !error && inVainMs === undefined) return response;
			throw readable(request, exchange);
		},
	});
}

const send = axios.getAdapter('http');

/**
 * @param {Request} request
 * @returns {Promise<{ response?: Response, error?: unknown }>}
 */
async function sent(request) {
	try {
		return { response: await send(request) };
	} catch (error) {
		return { response: error instanceof AxiosError ? error.response : undefined, error };
	}
}

/**
 * n8n's own words instead of "Request failed with status code 400", and without the request, which
 * may hold secrets.
 *
 * @param {Request} request
 * @param {{ response?: Response, error?: unknown, inVainMs?: number }} exchange
 * @returns {Error}
 */
function readable({ method = 'get', url }, { response, error, inVainMs }) {
	const { message = '', code = undefined } = error instanceof AxiosError ? error : {};
	const reason = response
		? `${response.status} ${wordsIn(response.data)}`
		: message || String(error);
	const tried = inVainMs === undefined ? '' : ` (still so after ${duration(inVainMs)})`;
	const told = new Error(`${method.toUpperCase()} ${url}: ${reason}${tried}`);
	return response ? told : Object.assign(told, { code });
}

/** @param {unknown} body as text */
function wordsIn(body) {
	try {
		return JSON.parse(String(body)).message ?? body;
	} catch {
		return body;
	}
}
