import type { IHttpRequestOptions } from 'n8n-workflow';

import { InvalidInput } from '../../input/invalidInput';
import { isPlainObject } from '../../input/json';
import { parsedUrl } from '../../input/url';
import type { RateLimit } from '../pace/rateLimit';
import { DEFAULT_TIMEOUT_MS } from './exchange';

/** The only ones that n8n can use; it would show the address of any other, with its password. */
const PROXY_PROTOCOLS = ['http:', 'https:'];

/**
 * Reads what users set under Request Options, which n8n adds to declarative nodes, and whose reading
 * is up to whoever sends the requests.
 *
 * @throws InvalidInput for a proxy that cannot be used
 */
export function requestSettings(requestOptions: unknown): Partial<IHttpRequestOptions> {
	const { timeout, proxy, allowUnauthorizedCerts } = isPlainObject(requestOptions)
		? requestOptions
		: {};
	return {
		timeout: Number(timeout) > 0 ? Number(timeout) : DEFAULT_TIMEOUT_MS,
		...(allowUnauthorizedCerts === true ? { skipSslCertificateValidation: true } : {}),
		...(typeof proxy === 'string' && proxy.trim() !== '' ? { proxy: readProxy(proxy) } : {}),
	};
}

/** n8n's own batching, as the pace it means: so many items in each stretch of time. */
export function batchingLimit(requestOptions: unknown): RateLimit | undefined {
	const { batching } = isPlainObject(requestOptions) ? requestOptions : {};
	const batch = isPlainObject(batching) && isPlainObject(batching.batch) ? batching.batch : {};
	const requests = Number(batch.batchSize);
	const perMs = Number(batch.batchInterval);
	return requests > 0 && perMs > 0 ? { requests, perMs } : undefined;
}

function readProxy(proxy: string): IHttpRequestOptions['proxy'] {
	const url = parsedUrl(proxy.trim());
	if (url === undefined || !PROXY_PROTOCOLS.includes(url.protocol)) {
		// Not shown: it may hold a password.
		throw new InvalidInput(
			'Proxy',
			'is not an address that can be used',
			'Enter it as http://user:password@host:port, or with https://. Other kinds of proxies do not work.',
		);
	}
	const { protocol, hostname, port, username, password } = url;
	return {
		protocol: protocol.replace(/:$/, ''),
		host: hostname,
		port: Number(port === '' ? (protocol === 'https:' ? 443 : 80) : port),
		...(username === ''
			? {}
			: { auth: { username: escaped(username), password: escaped(password) } }),
	};
}

/** n8n puts both into an address once more, and out of it again: a stray % must be escaped for that. */
function escaped(text: string): string {
	return encodeURIComponent(plain(text));
}

/** A stray % is no escape: then it is meant as it stands. */
function plain(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
