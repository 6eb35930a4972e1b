import type { Resource } from '../../delivery/run/nodeOperation';
import { bulkSend } from './bulkSend';
import { get } from './get';
import { list } from './list';
import { send } from './send';
import { sendAndWait } from './sendAndWait';
import { sendTemplate } from './sendTemplate';

/** What the node can do, in the order in which people look for it. */
export const resources: Resource[] = [
	{
		value: 'message',
		name: 'Message',
		operations: [send, sendTemplate, sendAndWait, bulkSend, list, get],
	},
];
