import fc from 'fast-check';
import { Memory, memoryKey } from '../../../nodes/delivery/run/remember';

const accepted = (id: string) => ({ kind: 'accepted' as const, results: [{ messageId: id }] });
const place = { executionId: '7', nodeId: 'n', runIndex: 0, itemIndex: 3 };
const request = { method: 'POST' as const, url: '/messages', body: { to: '+14155550123' } };

describe('Memory', () => {
	it('never holds more than its capacity, and keeps the newest', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 20 }),
				fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 200 }),
				(capacity, keys) => {
					const memory = new Memory(capacity, 1000, () => 0);
					for (const key of keys) memory.remember(String(key), accepted(String(key)));
					const newest = [...new Set([...keys].reverse())].slice(0, capacity);
					expect(memory.size).toBeLessThanOrEqual(capacity);
					for (const key of newest)
						expect(memory.recall(String(key))).toEqual(accepted(String(key)));
				},
			),
		);
	});

	it('forgets what has expired', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 3000 }), (later) => {
				let now = 0;
				const memory = new Memory(10, 1000, () => now);
				memory.remember('a', accepted('1'));
				now = later;
				expect(memory.recall('a') === undefined).toBe(later >= 1000);
				memory.remember('b', accepted('2'));
				expect(memory.size).toBe(later >= 1000 ? 1 : 2);
			}),
		);
	});
});

describe('memoryKey', () => {
	it('is the same for the same request in the same place', () => {
		expect(memoryKey({ ...place }, structuredClone(request))).toBe(memoryKey(place, request));
	});

	it.each([
		['execution', { ...place, executionId: '8' }, request],
		['node', { ...place, nodeId: 'm' }, request],
		['run', { ...place, runIndex: 1 }, request],
		['item', { ...place, itemIndex: 4 }, request],
		['url', place, { ...request, url: '/other' }],
		['query', place, { ...request, qs: { a: 1 } }],
		['body', place, { ...request, body: { to: '+14155550124' } }],
	])('differs by %s', (_what, otherPlace, otherRequest) => {
		expect(memoryKey(otherPlace, otherRequest)).not.toBe(memoryKey(place, request));
	});
});
