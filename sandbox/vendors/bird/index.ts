import type { LimitRule } from '../../core/limits';
import { type Call, defineVendor } from '../../core/vendor';
import * as demo from './demo';
import { errors, forbidden, missing } from './errors';
import { apply, names } from './lifecycle';
import * as media from './media';
import * as read from './read';
import { maxMessageBytes, receive, sendBatch, sendMessage } from './send';
import { type BirdState, createState } from './state';
import * as hooks from './webhooks';

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

export default defineVendor<BirdState>({
	name: 'bird',
	credentials: {
		accessKey: demo.accessKey,
		'accessKey without the right to list': demo.sendOnlyKey,
		workspaceId: demo.workspaceId,
		'SMS channel': demo.smsChannelId,
		'WhatsApp channel': demo.whatsappChannelId,
		'Email channel': demo.emailChannelId,
	},
	settings: { allowInsecureWebhookUrls: false },
	maxBodyBytes: (operationId) => (operationId === 'sendMessage' ? maxMessageBytes : undefined),
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
		createMediaUpload: media.createMediaUpload,
		createChannelMediaUpload: media.createChannelMediaUpload,
		uploadMedia: media.uploadMedia,
		downloadMedia: media.downloadMedia,
		listAvailableWebhooks: hooks.listAvailableWebhooks,
		createWebhookSubscription: hooks.createWebhookSubscription,
		listWebhookSubscriptions: hooks.listWebhookSubscriptions,
		getWebhookSubscription: hooks.getWebhookSubscription,
		deleteWebhookSubscription: hooks.deleteWebhookSubscription,
	},
	statuses: { names, apply },
	webhooks: hooks.webhooks,
	simulate: { inbound: receive },
});
