import type { VendorAnswer, VendorApi, VendorComplaint } from '../../delivery/http/vendorApi';
import { birdApi } from '../api';

const LONGEST_TEXT = 300;

/** The storage service that Bird's upload URLs lead to. It documents no limit that matters here. */
export const mediaStore: VendorApi = {
	...birdApi,
	displayName: "Bird's media store",
	rateLimit: () => ({ bucket: 'media store', limit: { requests: 1000, perMs: 1000 } }),
	readComplaint,
};

/** Source: docs.aws.amazon.com, Amazon S3 API reference: error responses are XML. */
function readComplaint({ statusCode, body }: VendorAnswer): VendorComplaint {
	const text = typeof body === 'string' ? body.trim() : '';
	const message = element(text, 'Message') ?? text.slice(0, LONGEST_TEXT);
	return {
		code: element(text, 'Code'),
		message: message === '' ? `HTTP ${statusCode}` : message,
		details: null,
		requestId: element(text, 'RequestId'),
	};
}

function element(xml: string, name: string): string | null {
	return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? null;
}
