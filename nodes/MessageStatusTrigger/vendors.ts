import type { WebhookVendor } from '../webhook/webhookVendor';
import { aelyst } from '../Aelyst/webhook/webhook';
import { bird } from '../Bird/webhook/webhook';
import { generic } from './generic/webhook';
import { sent } from '../Sent/webhook/webhook';

/** The vendors of the node, the one that is chosen at first in front. */
export const webhookVendors: readonly WebhookVendor[] = [bird, sent, aelyst, generic];
