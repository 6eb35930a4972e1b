import { NodeBench } from '../support/node-bench';

export { byId, list } from '../support/node-bench';

/** Channels of the sandbox: see sandbox/vendors/aelyst/channels.ts. */
export const WHATSAPP = 551174;
export const FACEBOOK = 551175;
export const TELEGRAM = 551176;
export const MAILBOX = 551177;

/** The text of the owner's seed. */
export const IN_QUEUE =
	'Your request cannot be processed at the moment as it is currently in queue. Please try again in a few minutes.';

export class AelystBench extends NodeBench {
	constructor() {
		super('aelyst', 'aelystApi', 'accessToken');
	}
}
