import fc from 'fast-check';
import type { VendorApi } from '../../../nodes/delivery/http/vendorApi';
import { fieldOf } from '../../../nodes/input/field';
import { merge } from '../../../nodes/input/mergeFields';
import { idempotencyKeyOf } from '../../../nodes/delivery/run/idempotency';
import { pack } from '../../../nodes/delivery/run/pack';
import { path } from '../../../nodes/delivery/http/path';

describe('path', () => {
	it('keeps every value in its segment', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 1 }), (id) => {
				fc.pre(!['', '.', '..'].includes(id.trim()));
				const { pathname, search, hash } = new URL(`https://a.example${path`/c/${id}/m`}`);
				expect(pathname.split('/')).toHaveLength(4);
				expect(search + hash).toBe('');
			}),
		);
	});

	it.each(['', ' ', '.', '..'])('refuses %j', (id) => {
		expect(() => path`/c/${id}/m`).toThrow('cannot be part of an address');
	});
});

describe('pack', () => {
	it('loses nothing, repeats nothing, and keeps the limits, groups and order', () => {
		fc.assert(
			fc.property(
				fc.array(
					fc.record({
						group: fc.constantFrom('a', 'b', 'c'),
						bytes: fc.integer({ min: 1, max: 40 }),
					}),
				),
				fc.integer({ min: 1, max: 7 }),
				(entries, most) => {
					const packs = pack(
						entries,
						{ most, bytes: 100 },
						({ group }) => group,
						({ bytes }) => bytes,
					);
					for (const one of packs) {
						expect(one.length).toBeGreaterThan(0);
						expect(one.length).toBeLessThanOrEqual(most);
						expect(one.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(100);
						expect(new Set(one.map(({ group }) => group)).size).toBe(1);
					}
					for (const group of ['a', 'b', 'c']) {
						expect(packs.flat().filter((entry) => entry.group === group)).toEqual(
							entries.filter((entry) => entry.group === group),
						);
					}
				},
			),
		);
	});

	it('sends as few requests as the limit allows', () => {
		expect(pack(Array.from({ length: 10_000 }), { most: 100 })).toHaveLength(100);
	});
});

describe('merge fields', () => {
	const item = {
		first_name: 'Ana',
		'a.b': 'dotted',
		address: { city: 'Lisbon' },
		age: 0,
		empty: '',
	};

	it.each([
		['Hello [[first_name]]', 'Hello Ana'],
		['[[ first_name ]] of [[address.city]]', 'Ana of Lisbon'],
		['[[a.b]]', 'dotted'],
		['[[age]]', '0'],
		['no field', 'no field'],
		['[not one]', '[not one]'],
	])('fills %j', (text, expected) => expect(merge(text, item)).toBe(expected));

	it('fills in at any depth and leaves the rest alone', () => {
		expect(merge({ a: ['[[first_name]]', 1, null], b: { c: '[[age]]' } }, item)).toEqual({
			a: ['Ana', 1, null],
			b: { c: '0' },
		});
	});

	it.each(['[[empty]]', '[[missing]]', '[[address.street]]', '[[constructor]]', '[[__proto__.x]]'])(
		'refuses %s, which the item has not',
		(text) => expect(() => merge(text, item)).toThrow(`Merge field ${text} is empty for this item`),
	);

	it('leaves alone what an expression took from the item', () => {
		const raw = { action: [{ text: '={{ $json.note }}', url: '[[first_name]]' }] };
		const value = { action: [{ text: 'see [[age]]', url: '[[first_name]]' }] };
		expect(merge(value, item, raw)).toEqual({ action: [{ text: 'see [[age]]', url: 'Ana' }] });
		expect(merge('of [[age]]', item, '={{ $json.note }}')).toBe('of [[age]]');
	});

	it('reads a field by its name before its way', () => {
		expect(fieldOf({ 'a.b': 1, a: { b: 2 } }, 'a.b')).toBe(1);
		expect(fieldOf({ a: { b: 2 } }, 'a.b')).toBe(2);
	});
});

describe('idempotencyKey', () => {
	const rule = {
		header: 'Idempotency-Key',
		pattern: /^[A-Za-z0-9_-]{1,255}$/,
		rule: 'Use letters.',
	};
	const api = { idempotency: () => rule } as unknown as VendorApi;
	const request = { method: 'POST', url: '/messages' } as const;

	it('is random, within the charset, and another each time', () => {
		const keys = [1, 2].map(() => idempotencyKeyOf(api, request, ''));
		for (const key of keys) expect('ours' in key && key.ours).toMatch(rule.pattern);
		expect(keys[0]).not.toEqual(keys[1]);
	});

	it("takes the user's own, and refuses one that breaks the rule", () => {
		expect(idempotencyKeyOf(api, request, 'order-1')).toEqual({ own: 'order-1' });
		expect(idempotencyKeyOf(api, request, 1042)).toEqual({ own: '1042' });
		expect(() => idempotencyKeyOf(api, request, 'order 1')).toThrow(
			'Idempotency Key "order 1" is not accepted by the vendor',
		);
	});
});
