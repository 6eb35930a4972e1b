import { aelyst } from '../Aelyst/webhook';
import { bird } from '../Bird/webhook';
import { conduit } from '../Conduit/webhook';
import { sent } from '../Sent/webhook';
import { votel } from '../Votel/webhook';
import { anyService } from '../webhook/generic';
import type { WebhookVendor } from '../webhook/webhookVendor';

/** The vendors of the node, the one that is chosen at first in front. */
export const webhookVendors: readonly WebhookVendor[] = [
	bird,
	sent,
	aelyst,
	conduit,
	votel,
	anyService,
];
