import type { IDataObject } from 'n8n-workflow';

import type { VendorAnswer, VendorRequest } from '../../../nodes/delivery/http/vendorApi';
import type { ItemTransport, Packing, Reading } from '../../../nodes/delivery/run/operation';
import { bulkSend } from '../../../nodes/Bird/operations/bulkSend';
import { CHANNEL, type Entered, itemOf, operationOf, WORKSPACE } from './support';

const mockNaps: number[] = [];
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (ms: number) => await Promise.resolve(mockNaps.push(ms)),
}));
beforeEach(() => mockNaps.splice(0));

const { input, bulk } = operationOf(bulkSend);
const packing = bulk!.packing as Packing<unknown> & Required<Pick<Packing<unknown>, 'finish'>>;
const BATCH = 'ba7c0000-0000-4000-8000-000000000001';

const inputsOf = (items: Entered[]) => items.map(({ draft, scope }) => input(draft, scope));
const answered = (body: unknown): VendorAnswer => ({ statusCode: 202, headers: {}, body });
const batchOf = (items: Entered[], body: unknown) =>
	packing.results(answered(body), inputsOf(items), { method: 'POST', url: '/batch' });

const phones = ['+14155550101', '+14155550102', '+14155550103'];
const people = (draft: IDataObject = {}) =>
	phones.map((recipient, index) =>
		itemOf({
			recipient,
			draft: {
				bodyType: 'text',
				text: 'Hi',
				...draft,
				options: { reference: `r${index}`, ...(draft.options as object) },
			},
		}),
	);

describe('the answer to a batch', () => {
	it.each([{ batchId: BATCH }, { batchID: BATCH }, { id: BATCH }])(
		'%j accepts its messages under the ID of the batch',
		(body) => {
			expect(batchOf(people(), body)?.map(({ results }) => results)).toEqual(
				phones.map((recipient, index) => [
					{
						messageId: null,
						provider: 'bird',
						channel: null,
						recipient,
						status: 'accepted',
						providerStatus: null,
						sentAt: null,
						reference: `r${index}`,
						channelId: CHANNEL,
						batchId: BATCH,
					},
				]),
			);
		},
	);

	it.each([
		undefined,
		null,
		'',
		'<!doctype html><title>Log in</title>',
		'{"batchId": "ba7c',
		{ error: 'upstream is down' },
		{ batchId: '' },
		{ batchId: null },
		{ batchId: {} },
		[],
		{},
	])('%j does not say what became of its messages', (body) => {
		expect(batchOf(people(), body)).toBeUndefined();
	});
});

describe('Look Up Message IDs', () => {
	const message = (index: number, more: IDataObject = {}): IDataObject => ({
		id: `e0000000-0000-4000-8000-00000000000${index}`,
		channelId: CHANNEL,
		platformId: 'sms-messagebird',
		receiver: { contacts: [{ id: 'c', identifierValue: phones[index] }] },
		reference: `r${index}`,
		status: 'accepted',
		batchId: BATCH,
		createdAt: '2026-01-01T00:00:00Z',
		lastStatusAt: '2026-01-01T00:00:00Z',
		...more,
	});
	const idsOf = (readings: Reading[]) => readings.map(({ results: [{ messageId }] }) => messageId);

	/** Looks a batch up at a Bird that answers with one page after the other. */
	async function lookUp(items: Entered[], pages: Array<IDataObject[] | Error>) {
		const requests: VendorRequest[] = [];
		const warnings: string[] = [];
		const transport = {
			credentials: { workspaceId: WORKSPACE },
			context: { logger: { warn: (text: string) => warnings.push(text) } },
			async send(request: VendorRequest) {
				requests.push(request);
				const page = pages[Math.min(requests.length, pages.length) - 1];
				if (page instanceof Error) throw page;
				return await Promise.resolve(answered({ results: page }));
			},
		} as unknown as ItemTransport;
		const readings = await packing.finish(
			batchOf(items, { batchId: BATCH }) ?? [],
			inputsOf(items),
			transport,
		);
		return { readings, requests, warnings };
	}
	const asked = { options: { lookUpMessageIds: true } };

	it('is asked of nobody unless it is wanted', async () => {
		const { readings, requests } = await lookUp(people(), [[]]);
		expect(requests).toEqual([]);
		expect(idsOf(readings)).toEqual([null, null, null]);
	});

	it('lists the batch, and finds each message by its recipient', async () => {
		const pages = [[message(2), message(0), message(1)]];
		const { readings, requests } = await lookUp(people(asked), pages);
		expect(requests).toEqual([
			{
				method: 'GET',
				url: `/workspaces/${WORKSPACE}/channels/${CHANNEL}/messages`,
				qs: { batchId: BATCH, limit: 100 },
			},
		]);
		expect(idsOf(readings)).toEqual([0, 1, 2].map((index) => message(index).id));
		expect(readings[0].results[0]).toMatchObject({
			channel: 'sms-messagebird',
			channelId: CHANNEL,
			recipient: phones[0],
			reference: 'r0',
			status: 'accepted',
			batchId: BATCH,
		});
	});

	it('tells which message Bird has rejected, and why', async () => {
		const failure = { code: 11002, description: 'invalid input' };
		const pages = [[message(0), message(1, { status: 'rejected', failure }), message(2)]];
		const { readings } = await lookUp(people(asked), pages);
		expect(readings[1].results[0]).toMatchObject({
			status: 'rejected',
			reason: 'invalid input',
			errorCode: '11002',
		});
	});

	it('finds one whose recipient Bird writes in another way, or leaves out, by its reference', async () => {
		const pages = [
			[message(0, { receiver: { contacts: [] } }), message(1, { receiver: null }), message(2)],
		];
		const { readings } = await lookUp(people(asked), pages);
		expect(idsOf(readings)).toEqual([0, 1, 2].map((index) => message(index).id));
	});

	it('takes no message for another because of a reference that several have', async () => {
		const items = people({ options: { lookUpMessageIds: true, reference: 'spring' } });
		const other = message(0, { receiver: { contacts: [] }, reference: 'spring' });
		const { readings } = await lookUp(items, [[other]]);
		expect(idsOf(readings)).toEqual([null, null, null]);
	});

	it('waits longer each time, and stops when all are found', async () => {
		const pages = [[], [message(1)], [message(0), message(1), message(2)]];
		const { readings, requests } = await lookUp(people(asked), pages);
		expect(idsOf(readings)).not.toContain(null);
		expect(requests).toHaveLength(3);
		expect(mockNaps).toEqual([500, 1000, 2000]);
	});

	it('gives up in the end, and keeps what it has found', async () => {
		const { readings, requests } = await lookUp(people(asked), [[message(1)]]);
		expect(idsOf(readings)).toEqual([null, message(1).id, null]);
		expect(requests).toHaveLength(5);
		expect(mockNaps.reduce((all, ms) => all + ms, 0)).toBeLessThan(16_000);
	});

	it('that is refused leaves the messages accepted, and says why in the log', async () => {
		const { readings, warnings } = await lookUp(people(asked), [new Error('Not allowed')]);
		expect(readings.map(({ results: [{ status }] }) => status)).toEqual(Array(3).fill('accepted'));
		expect(warnings).toEqual([expect.stringContaining('Not allowed')]);
	});

	it.each([
		['email', 'Ana@Example.com', { contacts: [{ identifierValue: 'ana@example.com' }] }],
		[
			'contact',
			'c0c00000-0000-4000-8000-000000000001',
			{ contacts: [{ id: 'c0c00000-0000-4000-8000-000000000001', identifierValue: '+1' }] },
		],
		['identifier', 'ana.example', { contacts: [{ platformAddress: 'ana.example' }] }],
	])('knows a recipient by %s again', async (recipientBy, recipient, receiver) => {
		const draft = { recipientBy, bodyType: 'text', text: 'Hi', ...asked };
		const { readings } = await lookUp([itemOf({ recipient, draft })], [[message(0, { receiver })]]);
		expect(idsOf(readings)).toEqual([message(0).id]);
	});
});
