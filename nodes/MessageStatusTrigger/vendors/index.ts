import type { WebhookVendor } from '../webhookVendor';
import { aelyst } from './aelyst';
import { bird } from './bird';
import { generic } from './generic';
import { sent } from './sent';

/** The vendors of the node, the one that is chosen at first in front. */
export const webhookVendors: readonly WebhookVendor[] = [bird, sent, aelyst, generic];
