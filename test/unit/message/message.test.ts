import fc from 'fast-check';
import { DELIVERY_STATUSES, toDeliveryStatus } from '../../../nodes/message/deliveryStatus';

describe('toDeliveryStatus', () => {
	const table = { delivered: 'delivered', oops: 'failed' } as const;
	it('knows the words of the table in any case', () => {
		expect(toDeliveryStatus(table, 'DELIVERED')).toBe('delivered');
		expect(toDeliveryStatus(table, 'Oops')).toBe('failed');
	});
	it('never throws, whatever a vendor says', () => {
		fc.assert(
			fc.property(fc.anything(), (word) => {
				expect(DELIVERY_STATUSES).toContain(toDeliveryStatus(table, word));
			}),
		);
		expect(toDeliveryStatus(table, 'constructor')).toBe('unknown');
	});
});
