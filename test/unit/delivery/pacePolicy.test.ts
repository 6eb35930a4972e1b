import fc from 'fast-check';
import { InvalidInput } from '../../../nodes/input/invalidInput';
import { readPolicy } from '../../../nodes/delivery/pace/policy';

describe('readPolicy', () => {
	it('has defaults that need no tuning', () => {
		expect(readPolicy({})).toEqual({
			limit: undefined,
			maxInFlight: 16,
			maxWaitMs: 300_000,
			onRateLimit: 'wait',
		});
	});

	it.each([
		[0.5, { requests: 1, perMs: 2000 }],
		[10, { requests: 10, perMs: 1000 }],
		[2.5, { requests: 2, perMs: 800 }],
	])('%d a second is %j', (requestsPerSecond, limit) => {
		expect(readPolicy({ requestsPerSecond }).limit).toEqual(limit);
	});

	it.each([
		[
			'maxInFlight',
			'Max in Flight',
			'whole number from 1',
			[0, 0.4, 1.5, -1, 'abc', NaN, Infinity],
		],
		['requestsPerSecond', 'Requests per Second', 'number above 0', [0, -1, 'fast', '0', NaN]],
		['maxWait', 'Max Wait', 'number from 0', [-1, 'long', NaN, Infinity]],
	])('refuses what %s cannot be', (name, field, range, values) => {
		for (const value of [...values, true, [5], { toString: 1 }, '5 s', '1,5']) {
			const read = () => readPolicy({ [name]: value as never });
			expect(read).toThrow(InvalidInput);
			expect(read).toThrow(
				expect.objectContaining({
					field,
					problem: expect.stringMatching(new RegExp(`^(is 0|(".*" )?is not a ${range})$`)),
					cure: expect.stringContaining(`Enter a ${range}, such as `),
				}),
			);
		}
	});

	it.each([
		[{ maxInFlight: '5' }, { maxInFlight: 5 }],
		[{ maxInFlight: ' 5 ' }, { maxInFlight: 5 }],
		[{ maxWait: '0' }, { maxWaitMs: 0 }],
		[{ maxWait: 0.5 }, { maxWaitMs: 500 }],
		[{ requestsPerSecond: '2.5' }, { limit: { requests: 2, perMs: 800 } }],
		[{ maxInFlight: '', maxWait: ' ', requestsPerSecond: null }, readPolicy({})],
	])('takes %j', (options, policy) => expect(readPolicy(options)).toMatchObject(policy));

	it('never lets more leave than Requests per Second says', () => {
		fc.assert(
			fc.property(fc.double({ min: 0.001, max: 10_000, noNaN: true }), (requestsPerSecond) => {
				const { requests, perMs } = readPolicy({ requestsPerSecond }).limit!;
				expect(Number.isInteger(requests)).toBe(true);
				expect((requests / perMs) * 1000).toBeCloseTo(requestsPerSecond, 6);
				expect(requests).toBeLessThanOrEqual(Math.max(1, requestsPerSecond));
			}),
		);
	});
});
