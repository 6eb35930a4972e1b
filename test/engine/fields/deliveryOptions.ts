/**
 * Options that say how a request travels, not what is in it. That an operation reads them shows in
 * its refusal of what makes no sense; what they do is proven in test/engine/delivery.
 */
export const DELIVERY_OPTIONS: Record<string, { refused: object; says: string }> = {
	'options.maxInFlight': { refused: { maxInFlight: 0 }, says: 'Max in Flight is 0' },
	'options.onceKey': { refused: { onceKey: true }, says: 'Send Once Key is true' },
	'options.onceHistory': { refused: { onceHistory: 0 }, says: 'Remember How Many "0" is not' },
	'options.onceAgain': {
		refused: { onceAgain: 'maybe' },
		says: 'Send Once Again is neither true nor false',
	},
	'options.suppressionList': {
		refused: { suppressionList: true },
		says: 'Suppression List is true, which is no list',
	},
	'options.timeout': { refused: { timeout: 0 }, says: 'Timeout "0" is not' },
	'options.defaultCountry': {
		refused: { defaultCountry: 'ZZ' },
		says: 'Default Country "ZZ" is not a country code',
	},
	'options.maxSegments': {
		refused: { maxSegments: 0 },
		says: 'Max Segments "0" is not',
	},
	'options.waitForDelivery': {
		refused: { waitForDelivery: -1 },
		says: 'Wait for Delivery "-1" is not',
	},
	'options.onNotDelivered': {
		refused: { onNotDelivered: 'maybe' },
		says: 'On Not Delivered "maybe" is none',
	},
	'options.maxWait': { refused: { maxWait: -1 }, says: 'Max Wait "-1" is not' },
	'options.requestsPerSecond': {
		refused: { requestsPerSecond: 0 },
		says: 'Requests per Second is 0',
	},
};
