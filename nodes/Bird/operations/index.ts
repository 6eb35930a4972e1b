import type { Resource } from '../../delivery/run/nodeOperation';
import { bulkSend } from './bulkSend';
import { get } from './get';
import { list } from './list';
import { send } from './send';
import { sendAndWait } from './sendAndWait';
import { sendTemplate } from './sendTemplate';
import { upload } from './upload';

/** What the node can do, in the order in which people look for it. */
export const resources: Resource[] = [
	{
		value: 'message',
		name: 'Message',
		operations: [send, sendTemplate, sendAndWait, bulkSend, list, get],
	},
	{ value: 'media', name: 'Media', operations: [upload] },
];
