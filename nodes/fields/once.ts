import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_ONCE_HISTORY } from '../message/deliveryDefaults';

/** The options by which a message is sent at most once, over all executions. */
export const onceOptions: INodeProperties[] = [
	{
		displayName: 'Send Once Key',
		name: 'onceKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. order-1042-shipped',
		description:
			'A key of its own for each message. This node sends a message with it at most once, over all executions and restarts, and gives alreadySent for one that was sent before. In Bulk Send it may hold merge fields, such as order-[[number]].',
	},
	{
		displayName: 'Remember How Many',
		name: 'onceHistory',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: DEFAULT_ONCE_HISTORY,
		description:
			'How many Send Once Keys this node remembers. When there are more, those that came first are forgotten first, and a message with a forgotten key is sent again.',
	},
	{
		displayName: 'Send Once Again',
		name: 'onceAgain',
		type: 'boolean',
		default: false,
		description:
			'Whether to forget the Send Once Key first, so that the message is sent even if it was sent before or may have been. Turn it on for one run only.',
	},
];
