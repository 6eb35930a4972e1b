import type { IDataObject } from 'n8n-workflow';

import { BirdRoom, byId, demo, told } from './support';

let bird: BirdRoom;
beforeAll(async () => (bird = await BirdRoom.open()));
beforeEach(() => bird.vendor.reset());
afterAll(() => bird.close());

const LIMIT = 200_000;
const recipient = '+14155550123';
const item = { json: { phone: recipient } };

/** Ways to send, each with as many characters as wanted in it. */
const ways: Array<[operation: string, of: (length: number) => IDataObject]> = [
	['send', (length) => ({ recipient, text: 'x'.repeat(length) })],
	[
		'sendTemplate',
		(length) => ({
			recipient,
			projectId: byId(demo.orderTemplateId),
			parametersFrom: 'list',
			parameterList: { parameter: [{ key: 'name', type: 'string', value: 'x'.repeat(length) }] },
		}),
	],
	['bulkSend', (length) => ({ text: 'x'.repeat(length) })],
];

describe.each(ways)('%s', (operation, of) => {
	const run = async (length: number) => await bird.run(operation, of(length), { items: [item] });
	const sizes = async () =>
		(await bird.vendor.requests()).map(({ headers }) => Number(headers['content-length']));

	it('takes a request of exactly 200,000 bytes, and refuses one of a byte more itself', async () => {
		await run(1);
		const [around] = await sizes();
		const exact = await run(LIMIT - around + 1);
		expect(exact.error).toBeUndefined();
		expect(await sizes()).toEqual([around, LIMIT]);
		const larger = await run(LIMIT - around + 2);
		expect(told(larger).message).toBe('The message has 201 KB [item 0]');
		expect(await bird.vendor.requests()).toHaveLength(2);
	});

	it('tells in words what Bird finds too large', async () => {
		await bird.vendor.fault({ fault: '413' as '409' });
		const { error } = await run(1);
		expect(error?.message).toMatch(/^Bird refused the request: .* \[item 0\]$/);
		expect(error?.description).toContain('HTTP 413');
		expect(await bird.vendor.messages()).toEqual([]);
	});
});
