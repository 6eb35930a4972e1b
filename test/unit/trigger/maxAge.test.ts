import { maxAgeOf } from '../../../nodes/webhook/maxAge';

describe('how old a delivery may be', () => {
	it.each([
		[undefined, 300],
		['', 300],
		[null, 300],
		[[], 300],
		[false, 300],
		[' ', 300],
		['soon', 300],
		[-1, 300],
		[Number.NaN, 300],
		[Infinity, 300],
		['1e999', 300],
		[0, 0],
		['0', 0],
		[3600, 3600],
		[' 3600 ', 3600],
	])('%p is %p seconds', (maxAge, seconds) => {
		expect(maxAgeOf({ maxAge: maxAge as never }, 300)).toBe(seconds);
	});
});
