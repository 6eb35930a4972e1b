import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { isPlainObject } from '../../input/json';
import type { RateLimit } from './vendorApi';

/** What n8n waits for an answer where the user has not said how long. */
const TIMEOUT_MS = 300_000;

/**
 * Reads what users set under Request Options, which n8n adds to every declarative node, and whose
 * reading is up to whoever sends the requests.
 *
 * @throws TypeError for a proxy that is no URL
 */
export function requestSettings(context: IExecuteFunctions): Partial<IHttpRequestOptions> {
	const { timeout, proxy, allowUnauthorizedCerts } = requestOptions(context);
	return {
		timeout: Number(timeout) > 0 ? Number(timeout) : TIMEOUT_MS,
		...(allowUnauthorizedCerts === true ? { skipSslCertificateValidation: true } : {}),
		...(typeof proxy === 'string' && proxy !== '' ? { proxy: readProxy(proxy) } : {}),
	};
}

/** n8n's own batching, as the pace it means: so many items in each stretch of time. */
export function batchingLimit(context: IExecuteFunctions): RateLimit | undefined {
	const { batching } = requestOptions(context);
	const batch = isPlainObject(batching) && isPlainObject(batching.batch) ? batching.batch : {};
	const requests = Number(batch.batchSize);
	const perMs = Number(batch.batchInterval);
	return requests > 0 && perMs > 0 ? { requests, perMs } : undefined;
}

function requestOptions(context: IExecuteFunctions): IDataObject {
	return context.getNodeParameter('requestOptions', 0, {}) as IDataObject;
}

function readProxy(proxy: string): IHttpRequestOptions['proxy'] {
	const { protocol, hostname, port, username, password } = new URL(proxy);
	return {
		protocol: protocol.replace(/:$/, ''),
		host: hostname,
		port: Number(port === '' ? (protocol === 'https:' ? 443 : 80) : port),
		...(username === ''
			? {}
			: {
					auth: { username: decodeURIComponent(username), password: decodeURIComponent(password) },
				}),
	};
}
