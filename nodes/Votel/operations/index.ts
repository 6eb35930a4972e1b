import type { Resource } from '../../delivery/run/nodeOperation';
import { bulkSend } from './bulkSend';
import { list } from './list';
import { send } from './send';
import { sendAndWait } from './sendAndWait';

/** What the node can do, in the order in which people look for it. */
export const resources: Resource[] = [
	{ value: 'message', name: 'Message', operations: [send, sendAndWait, bulkSend, list] },
];
