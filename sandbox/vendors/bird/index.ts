import type { LimitRule } from '../../core/limits';
import { type Call, defineVendor } from '../../core/vendor';
import * as demo from './demo';
import { errors, forbidden, missing } from './errors';
import { apply, names } from './lifecycle';
import * as media from './media';
import * as read from './read';
import { maxMessageBytes, sendBatch, sendMessage } from './send';
import { simulate } from './simulate';
import { type BirdState, createState } from './state';
import * as templates from './templates';
import * as hooks from './webhooks';
import { getChannelContact, windowChoices, windowSettings } from './windows';

const sendOnly = [
	'sendMessage',
	'sendBatch',
	'getMessage',
	'listInteractions',
	'createMediaUpload',
	'createChannelMediaUpload',
	'downloadMedia',
];

/** Bird's limits are those of its API host; media is stored and served elsewhere. */
const onApiHost = ({ operationId }: Call): boolean =>
	operationId !== 'uploadMedia' && operationId !== 'downloadMedia';

const limits: LimitRule[] = [
	{
		name: 'GET',
		requests: 50,
		perMs: 1000,
		appliesTo: (call) => onApiHost(call) && call.method === 'GET',
		retryAfter: false,
	},
	{
		name: 'POST',
		requests: 500,
		perMs: 1000,
		appliesTo: (call) => onApiHost(call) && call.method !== 'GET',
		retryAfter: false,
	},
];

/**
 * Bird's Channels API. The base URL is `<sandbox>/bird`.
 *
 * Keys (header `Authorization: AccessKey …`)
 *   sandbox-access-key     may do everything
 *   sandbox-send-only-key  may send, upload and look at single messages; everything else is 403
 *   all others, those of Bird's other API (bk_…) too, are 401
 * Workspace  5a0d8b0a-0000-4000-8000-000000000001; any other is 404
 * Channels   11111111-0000-4000-8000-000000000001  SMS
 *            22222222-0000-4000-8000-000000000001  WhatsApp
 *            33333333-0000-4000-8000-000000000001  e-mail
 *            44444444-0000-4000-8000-000000000001  Telegram
 *            99999999-0000-4000-8000-000000000001  SMS, not active: sends are 409
 *            and 60 branches
 * Contacts   64, with the numbers +31620011001 … +31620011064 and contact1@example.com …
 *
 * Recipients with a fate of their own
 *   …0000  sending-failed@…   accepted, then sending_failed (15001)
 *   …0001  delivery-failed@…  sent, then delivery_failed (15005)
 *   …0002  rejected@…         accepted, then rejected (14001)
 *   …0003  undelivered@…      stays sent
 *   …0004  skipped@…          accepted, then skipped
 *   …0005                     has not written on WhatsApp: all but templates are sending_failed there
 * All others go from accepted over processing and sent to delivered; then a WhatsApp message is
 * `read` and an e-mail `opened`. A member of a batch that breaks a rule becomes rejected (11001, 11002)
 * after its batch was accepted. Interactions are named in `POST /_sandbox/advance` like statuses.
 *
 * `POST /_sandbox/simulate`, `what` (`from`: a number or an address, `channelId`):
 *   "inbound"            somebody writes: `text`, or `body` for other kinds, and `replyTo`
 *   "window"             somebody last wrote `hours` ago, null: never
 *   "opt-out", "opt-in"  somebody wants no more messages, or some again
 *
 * Settings: `allowInsecureWebhookUrls` takes http, ports and IP addresses, which Bird does not;
 * `whatsappWindow` `outsideWindow` `outsideWindowCode` `optedOut` `optedOutCode`: windows.ts.
 *
 * Where Bird's documentation is silent, and what is our reading of it: sandbox/README.md.
 */
export default defineVendor<BirdState>({
	name: 'bird',
	credentials: {
		accessKey: demo.accessKey,
		sendOnlyAccessKey: demo.sendOnlyKey,
		workspaceId: demo.workspaceId,
		smsChannelId: demo.smsChannelId,
		whatsappChannelId: demo.whatsappChannelId,
		emailChannelId: demo.emailChannelId,
	},
	access: { credentialType: 'birdChannelsApi', fields: ['accessKey', 'workspaceId'] },
	settings: { allowInsecureWebhookUrls: false, ...windowSettings },
	choices: windowChoices,
	maxBodyBytes: (operationId) =>
		['sendMessage', 'sendBatch'].includes(operationId) ? maxMessageBytes : undefined,
	createState,
	errors,
	limits,

	authenticate({ headers, params, operationId }) {
		const key = /^AccessKey (\S+)$/.exec(headers.authorization ?? '')?.[1];
		if (key !== demo.accessKey && key !== demo.sendOnlyKey) return errors.unauthorized();
		if (params.workspaceId !== demo.workspaceId) return missing('workspace');
		if (key === demo.sendOnlyKey && !sendOnly.includes(operationId)) return forbidden();
		return { account: demo.workspaceId };
	},

	operations: {
		sendMessage,
		sendBatch,
		listChannelMessages: read.listMessages,
		listWorkspaceMessages: read.listMessages,
		getMessage: read.getMessage,
		listInteractions: read.listInteractions,
		listChannels: read.listChannels,
		getChannel: read.getChannel,
		listContacts: read.listContacts,
		searchContacts: read.searchContacts,
		getContact: read.getContact,
		getChannelContact,
		createMediaUpload: media.createMediaUpload,
		createChannelMediaUpload: media.createChannelMediaUpload,
		uploadMedia: media.uploadMedia,
		downloadMedia: media.downloadMedia,
		listProjects: templates.listProjects,
		listChannelTemplates: templates.listChannelTemplates,
		listAvailableWebhooks: hooks.listAvailableWebhooks,
		createWebhookSubscription: hooks.createWebhookSubscription,
		listWebhookSubscriptions: hooks.listWebhookSubscriptions,
		getWebhookSubscription: hooks.getWebhookSubscription,
		deleteWebhookSubscription: hooks.deleteWebhookSubscription,
	},
	statuses: { names, apply },
	webhooks: hooks.webhooks,
	simulate,
});
