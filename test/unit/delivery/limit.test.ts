import { returnAllOrLimit } from '../../../nodes/delivery/run/paging';

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
