import type { IDataObject } from 'n8n-workflow';

import { bulkSend } from '../../../nodes/Bird/operations/bulkSend';
import { send } from '../../../nodes/Bird/operations/send';
import { sendTemplate } from '../../../nodes/Bird/operations/sendTemplate';
import { bytesOfBody, itemOf, requestsOf } from './support';

/** What Bird takes. Source: docs.bird.com: 413, "the request body exceeded the 200 KB size limit". */
const LIMIT = 200_000;

const text = (length: number) => ({ bodyType: 'text', text: 'x'.repeat(length) });
const template = (length: number) => ({
	projectId: '7e000000-0000-4000-8000-000000000001',
	templateVersion: 'latest',
	templateLocale: 'en',
	parametersFrom: 'list',
	parameterList: { parameter: [{ type: 'string', key: 'name', value: 'x'.repeat(length) }] },
});

describe.each<[what: string, operation: typeof send, content: (length: number) => IDataObject]>([
	['a message', send, text],
	['a template', sendTemplate, template],
	['a message in bulk', bulkSend, text],
	['a template in bulk', bulkSend, (length) => ({ content: 'template', ...template(length) })],
])('%s', (_what, operation, content) => {
	const bytesWith = (length: number) => {
		const [request] = requestsOf(operation, [itemOf({ draft: content(length) })]);
		return bytesOfBody(request);
	};
	const around = bytesWith(1) - 1;

	it('of exactly 200,000 bytes is sent', () => {
		expect(bytesWith(LIMIT - around)).toBe(LIMIT);
	});

	it('of one byte more is refused before it is sent', () => {
		expect(() => bytesWith(LIMIT - around + 1)).toThrow(/^The message has 201 KB$/);
	});
});

describe('a bulk', () => {
	it('fills its requests up to 200,000 bytes, and no further', () => {
		const items = Array.from({ length: 90 }, (_, index) =>
			itemOf({ draft: text(9_871 - (index % 2)), recipient: `+1415555${1000 + index}` }),
		);
		const sizes = requestsOf(bulkSend, items).map(bytesOfBody);
		expect(Math.max(...sizes)).toBeLessThanOrEqual(LIMIT);
		expect(sizes.reduce((all, size) => all + size, 0)).toBeGreaterThan(890_000);
	});

	it('fills a request to the last byte', () => {
		const two = (length: number) =>
			requestsOf(bulkSend, [
				itemOf({ draft: text(50_000) }),
				itemOf({ draft: text(length), recipient: '+14155550124' }),
			]).map(bytesOfBody);
		const [around] = two(1);
		expect(two(LIMIT - around + 1)).toEqual([LIMIT]);
		expect(two(LIMIT - around + 2)).toHaveLength(2);
	});
});
