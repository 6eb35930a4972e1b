import type { INodeProperties } from 'n8n-workflow';

/**
 * The options by which a node waits until its messages are delivered, for operations whose messages
 * can be read back.
 *
 * @param note what is to be known of the vendor besides, as a sentence
 */
export function waitForDeliveryOptions(note = ''): INodeProperties[] {
	return [
		{
			displayName: 'Wait for Delivery',
			name: 'waitForDelivery',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 3600 },
			default: 60,
			description: [
				'How many seconds to wait, once all items are accepted, until each message is delivered or has failed. Meanwhile the vendor is asked now and then, ever less often. The result has the last status, its reason, and whether it is final. What is scheduled is not waited for.',
				note,
			]
				.join(' ')
				.trim(),
		},
		{
			displayName: 'On Not Delivered',
			name: 'onNotDelivered',
			type: 'options',
			options: [
				{
					name: 'Continue',
					value: 'continue',
					description: 'Give the result, which says what is known of the message',
				},
				{
					name: 'Fail',
					value: 'fail',
					description:
						'Fail the item with the outcome "undelivered": by its error output another way can be tried',
				},
			],
			default: 'continue',
			description:
				'What to do with an item whose message has failed, or was not delivered when Wait for Delivery is over. Has no effect without it.',
		},
	];
}
