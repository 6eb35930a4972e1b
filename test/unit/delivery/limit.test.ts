import type { VendorApi, VendorRequest } from '../../../nodes/delivery/http/vendorApi';
import type { Paging } from '../../../nodes/delivery/run/operation';
import { allPages, returnAllOrLimit } from '../../../nodes/delivery/run/paging';

describe('the limit of a list', () => {
	it.each([
		[{ returnAll: true, limit: 5 }, undefined],
		[{ returnAll: false, limit: 5 }, 5],
		[{ limit: '7' }, 7],
		[{}, 50],
	])('%p means %p', (draft, wanted) => {
		expect(returnAllOrLimit(draft)).toBe(wanted);
	});

	it.each([0, -1, 1.5, 'many', ''])('cannot be %p', (limit) => {
		expect(() => returnAllOrLimit({ limit })).toThrow('Limit');
	});
});

describe('pages of a list that grows while it is read', () => {
	/** Newest first, ten on a page by its number; one more arrives before each page is asked for. */
	const read = async (wanted?: number) => {
		const list = Array.from({ length: 25 }, (_, index) => ({ id: `m${25 - index}` }));
		const paging: Paging<object> = {
			idOf: ({ id }) => String(id),
			wanted: () => wanted,
			next: ({ body }, request) =>
				(body as unknown[]).length < 10
					? undefined
					: { ...request, qs: { page: Number(request.qs?.page) + 1 } },
		};
		const first: VendorRequest = { method: 'GET', url: '/messages', qs: { page: 0 } };
		const { results } = await allPages({} as VendorApi, paging, {}, first, async ({ qs }) => {
			const start = Number(qs?.page) * 10;
			const body = list.slice(start, start + 10);
			list.unshift({ id: `m${list.length + 1}` });
			return await Promise.resolve({ answer: { body } as never, reading: { results: body } });
		});
		return results.map(({ id }) => id);
	};

	it('give each message once, and leave none out', async () => {
		expect(await read()).toEqual(Array.from({ length: 25 }, (_, index) => `m${25 - index}`));
	});

	it('give as many different ones as are wanted', async () => {
		expect(new Set(await read(15)).size).toBe(15);
	});
});
