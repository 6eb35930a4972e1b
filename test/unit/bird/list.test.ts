import type { IDataObject } from 'n8n-workflow';

import type { VendorAnswer } from '../../../nodes/delivery/http/vendorApi';
import { list } from '../../../nodes/Bird/operations/list';
import { CHANNEL, itemOf, operationOf, WORKSPACE } from './support';

const { input, request, result, paging } = operationOf(list);

const wanted = (draft: IDataObject) => {
	const item = itemOf({ draft });
	return input(item.draft, item.scope);
};
const requestFor = (draft: IDataObject) => request(wanted(draft))!;
const page = (body: unknown): VendorAnswer => ({ statusCode: 200, headers: {}, body });
const rows = [{ id: 'm1' }, { id: 'm2' }];

describe('Page Token', () => {
	it.each<[draft: IDataObject, qs: IDataObject]>([
		[{ options: {} }, { limit: 50 }],
		[{ options: { pageToken: '' } }, { limit: 50 }],
		[{ options: { pageToken: ' bGFzdA ' } }, { limit: 50, pageToken: 'bGFzdA' }],
		[
			{ limit: 7, options: { pageToken: 'bGFzdA' } },
			{ limit: 7, pageToken: 'bGFzdA' },
		],
		[
			{ limit: 7000, options: { pageToken: 'bGFzdA' } },
			{ limit: 1000, pageToken: 'bGFzdA' },
		],
		[
			{ returnAll: true, options: { pageToken: 'bGFzdA' } },
			{ limit: 1000, pageToken: 'bGFzdA' },
		],
		[
			{ filters: { direction: 'incoming' }, options: { pageToken: 42 } },
			{ limit: 50, direction: 'incoming', pageToken: '42' },
		],
	])('%j asks for %j', (draft, qs) => {
		expect(requestFor(draft)).toEqual({
			method: 'GET',
			url: `/workspaces/${WORKSPACE}/channels/${CHANNEL}/messages`,
			qs,
			arrayFormat: 'repeat',
		});
	});

	it('is of the first page when it is empty', () => {
		expect(requestFor({ options: { pageToken: null } }).qs).toEqual({ limit: 50 });
	});

	const read = (draft: IDataObject, body: IDataObject) =>
		result(page(body), wanted(draft), requestFor(draft));

	it('makes each result carry the token of the next page', () => {
		const reading = read({ options: { pageToken: '' } }, { results: rows, nextPageToken: 'bTI' });
		expect(reading?.results.map(({ nextPageToken }) => nextPageToken)).toEqual(['bTI', 'bTI']);
		expect(reading?.raw).toEqual(rows.map((row) => ({ ...row, nextPageToken: 'bTI' })));
	});

	it('says by null that there is no next page', () => {
		const reading = read({ options: { pageToken: 'bTI' } }, { results: rows });
		expect(reading?.results.map(({ nextPageToken }) => nextPageToken)).toEqual([null, null]);
	});

	it('reads that page and no other', () => {
		const next = (draft: IDataObject) =>
			paging!.next(page({ results: rows, nextPageToken: 'bTI' }), requestFor(draft), wanted(draft));
		expect(next({ options: { pageToken: '' }, returnAll: true })).toBeUndefined();
		expect(next({ returnAll: true })).toMatchObject({ qs: { pageToken: 'bTI' } });
	});

	it('is not mentioned by results where nobody pages by hand', () => {
		const reading = read({}, { results: rows, nextPageToken: 'bTI' });
		expect(reading?.results[0]).not.toHaveProperty('nextPageToken');
		expect(reading?.raw).toEqual(rows);
	});
});

it.each([undefined, '', '<html>', [], {}, { results: 'x' }])('%j is no list', (body) => {
	expect(result(page(body), wanted({}), requestFor({}))).toBeUndefined();
});

it('empty rows are none', () => {
	const reading = result(page({ results: [null, rows[0], 'x'] }), wanted({}), requestFor({}));
	expect(reading?.raw).toEqual([rows[0]]);
});
