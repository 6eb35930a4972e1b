import { type Operation, defineVendor } from '../../core/vendor';
import { authenticate } from './access';
import { errors } from './answers';
import { cancelMessage, onlyNewest, resendMessage } from './cancelAndResend';
import { webhooks } from './delivery';
import { keys, profileIds, senderId } from './demo';
import { idempotent } from './idempotency';
import { apply, statuses } from './journey';
import {
	getContact,
	getConversation,
	getMe,
	getMessage,
	getTemplate,
	listChannels,
	listContacts,
	listConversations,
	listMessageActivities,
	listSmsSenders,
	listTemplates,
	lookupNumber,
} from './read';
import { sendMessage } from './send';
import { simulate } from './simulate';
import { type SentCall, type State, createState } from './state';
import { sendMessageToContactV1 } from './v1';
import {
	createWebhook,
	deleteWebhook,
	getWebhook,
	listWebhookEventTypes,
	listWebhookEvents,
	listWebhooks,
	rotateWebhookSecret,
	testWebhook,
	toggleWebhook,
	updateWebhook,
} from './webhooks';

const minute = 60_000;
const sends = ['sendMessage', 'resendMessage', 'sendMessageToContactV1'];
const ownLimits = [...sends, 'rotateWebhookSecret', 'testWebhook'];

/** Says for whom the request was served, as the vendor does. */
const echoingProfile =
	(operation: Operation<State>): Operation<State> =>
	async (call: SentCall) => {
		const profile = call.headers['x-profile-id'];
		const answer = await operation(call);
		if (typeof profile !== 'string') return answer;
		return { ...answer, headers: { ...answer.headers, 'x-profile-id': profile } };
	};

/**
 * Sent (sent.dm): API v3, and v1's `POST /v1/messages/contact`. The base URL is `<sandbox>/sent`.
 *
 * Keys (header x-api-key)
 *   sandbox-sent-key             an organization with two profiles: the one to use
 *   sandbox-sent-profile-key     the profile "Sandbox Retail": x-profile-id is answered 403
 *   sandbox-sent-viewer-key      may only read, else 403 AUTH_004
 *   sandbox-sent-pending-key     403 AUTH_005
 *   sandbox-sent-kyc-key         403 AUTH_006
 *   sandbox-sent-no-channel-key  403 AUTH_007
 *   sandbox-sent-suspended-key   403 BUSINESS_014
 * Profiles (header x-profile-id)  5e9d0a10-0000-4000-8000-0000000000a1 and …a2
 * Sender id of v1 (x-sender-id)   5e9d0a10-0000-4000-8000-0000000000f1
 *
 * Recipients with a fate of their own
 *   +12025550130  left out of the answer
 *   +12025550131  the request is refused: 422 BUSINESS_007
 *   +12025550132  alone 422 BUSINESS_004; beside others accepted, then FILTERED
 *   +12025550133  accepted, then FILTERED (ERR_CONSENT_BLOCKED)
 *   +12025550134  accepted, then BLOCKED (BUSINESS_003); arrives when it is resent
 *   +12025550135  accepted, then FAILED (ERR_ROUTE_DENIED)
 *   +12025550136  free text: on WhatsApp FAILED, elsewhere BLOCKED
 *   +12025550137  queued and routed a second time on its way
 *   +12025550138  the request is refused: 422 BUSINESS_003
 *   +12025550139  stays SENT
 *   +12025550199  the number lookup calls it invalid
 * All others go from QUEUED over ROUTED and SENT to DELIVERED, and to READ on WhatsApp and RCS.
 *
 * Contacts and templates: demo.ts; those of the owner's v1 example are among them, as are more than
 * two pages of either. Contact 5e9d0c00-0000-4000-8000-000000000001 has a conversation of 130 messages.
 *
 * `POST /_sandbox/simulate`, `what`: "inbound" {from, text, channel}; "opt-out", "opt-in", "help"
 * {phone, text, channel, source}; "template" {id, status, channel, reason}; "link" {event, messageId,
 * occurredSecondsAgo}; "channel" {event, status, country, channel, sender}.
 * Settings: `idempotencyBusyMs`: how long a request with an Idempotency-Key is in progress;
 * `idempotencyDown`: such requests are answered 503 SERVICE_001 and not executed; `newestEndpoints`
 * false: cancel and resend are not there, as for an account that lacks them.
 */
export default defineVendor<State>({
	name: 'sent',
	credentials: {
		apiKey: keys.organization,
		senderId,
		profileId: profileIds.retail,
		profileKey: keys.profile,
	},
	access: { credentialType: 'sentDmApi', fields: ['apiKey'] },
	secretHeaders: ['x-api-key', 'x-sender-id'],
	settings: { idempotencyBusyMs: 5, idempotencyDown: false, newestEndpoints: true },
	createState,
	authenticate,
	errors,
	limits: [
		{
			name: 'send',
			requests: 60,
			perMs: minute,
			appliesTo: ({ operationId }) => sends.includes(operationId),
			retryAfter: true,
		},
		{
			name: 'standard',
			requests: 200,
			perMs: minute,
			appliesTo: ({ operationId }) => !ownLimits.includes(operationId),
			retryAfter: true,
		},
		{
			name: 'rotate-secret',
			requests: 10,
			perMs: minute,
			appliesTo: ({ operationId }) => operationId === 'rotateWebhookSecret',
			retryAfter: true,
		},
		{
			name: 'test-webhook',
			requests: 60,
			perMs: minute,
			appliesTo: ({ operationId }) => operationId === 'testWebhook',
			retryAfter: true,
		},
	],
	rateLimitHeaders: ({ limit, remaining, resetAt }) => ({
		'x-ratelimit-limit': String(limit),
		'x-ratelimit-remaining': String(remaining),
		'x-ratelimit-reset': String(Math.ceil(resetAt / 1000)),
	}),
	operations: Object.fromEntries(
		Object.entries<Operation<State>>({
			getMe,
			sendMessage: idempotent(sendMessage),
			getMessage,
			cancelMessage: onlyNewest(idempotent(cancelMessage)),
			resendMessage: onlyNewest(idempotent(resendMessage)),
			listMessageActivities,
			listTemplates,
			getTemplate,
			listContacts,
			getContact,
			listConversations,
			getConversation,
			listChannels,
			listSmsSenders,
			lookupNumber,
			listWebhooks,
			createWebhook: idempotent(createWebhook),
			listWebhookEventTypes,
			getWebhook,
			updateWebhook: idempotent(updateWebhook),
			deleteWebhook: idempotent(deleteWebhook),
			toggleWebhook: idempotent(toggleWebhook),
			rotateWebhookSecret: idempotent(rotateWebhookSecret),
			testWebhook: idempotent(testWebhook),
			listWebhookEvents,
			sendMessageToContactV1,
		}).map(([operationId, operation]) => [operationId, echoingProfile(operation)]),
	),
	statuses: { names: statuses, apply },
	webhooks,
	simulate,
});
