import { type Call, defineVendor } from '../../core/vendor';
import { describe, failure, invalid } from './errors';
import {
	getContact,
	getMessage,
	listChannels,
	listContactChannels,
	listContacts,
	listMessages,
	listTemplates,
	listUsers,
} from './read';
import { applyStatus, sendMessage, statusNames } from './send';
import { simulate } from './simulate';
import { type State, createState } from './state';
import { webhooks } from './webhooks';

/**
 * Aelyst, whose API is that of respond.io. The base URL to enter is `<sandbox>/aelyst`.
 *
 * Tokens
 *   sandbox-aelyst-token                may do everything
 *   sandbox-aelyst-token-without-rights is answered 403
 *
 * Contacts (`id:123`, also by `phone:` and `email:` where they have one)
 *   123          phone +60121233112, e-mail abdc@gmail.com: on all channels, all windows open,
 *                65 earlier messages; WhatsApp (551174) used last
 *   124          +60121233124: WhatsApp and mailbox (551177), last wrote three days ago
 *   125          mail.only@example.com: mailbox only
 *   126          +60121233126: no channel
 *   127          +60121233127: WhatsApp, never wrote
 *   128          Facebook (551175) and Instagram (551178), last wrote three days ago
 *   1001 … 2000  +60124000001 … +60124001000, contact0001@example.com …: WhatsApp and mailbox, open
 *   40300        sends are answered 403
 *   44901, 44903 the first one, the first three sends are answered 449
 *   44999        every send is answered 449
 *   50000        sends are answered 500
 *   50001        a message is accepted and then fails
 *   The last six have the phone +601219 and their id (+60121944901), and WhatsApp.
 *
 * Channels: channels.ts. Templates: templates.ts; some of them with components as a JSON string.
 * The first message that is sent gets the id 1262965213, the next ones count up.
 *
 * Channel 0, that of the vendor's example, is one of contact 123 and in no list.
 *
 * Webhooks are set up through `POST /_sandbox/webhooks`; the secret is the signing key.
 * `POST /_sandbox/simulate`, `what` (`contact`: an identifier; `channelId`, else the one used last):
 *   "incoming"           the contact writes: `text`, or `message` for other kinds
 *   "window"             the contact last wrote `hours` ago, null: never
 *   "opt-out", "opt-in"  the contact wants no more messages, or some again, and writes so
 * Settings: `outsideWindow` ("failed", "400"): what becomes of a WhatsApp message outside the window;
 * `optedOut` ("failed", "400", "taken"): of one to a contact who opted out.
 */
const credentials = {
	accessToken: 'sandbox-aelyst-token',
	accessTokenWithoutRights: 'sandbox-aelyst-token-without-rights',
};

export default defineVendor<State>({
	name: 'aelyst',
	credentials,
	access: { credentialType: 'aelystApi', fields: ['accessToken'] },
	settings: { outsideWindow: 'failed', optedOut: 'failed' },
	choices: { outsideWindow: ['failed', '400'], optedOut: ['failed', '400', 'taken'] },
	createState,
	authenticate(call) {
		const token = /^Bearer (.+)$/i.exec(call.headers.authorization ?? '')?.[1];
		if (token === credentials.accessTokenWithoutRights) return failure(403);
		return token === credentials.accessToken ? { account: 'workspace' } : failure(401);
	},
	errors: {
		unauthorized: () => failure(401),
		// What the vendor says about paths that do not exist is not documented.
		notFound: () => ({ status: 404, body: { code: 404, message: 'Not Found' } }),
		invalid: (issues) => invalid(describe(issues)),
		tooLarge: () => invalid('the body is too large'),
		tooManyRequests: () => failure(429),
		failure,
	},
	limits: [
		{
			name: 'path',
			requests: 5,
			perMs: 1000,
			appliesTo: () => true,
			key: ({ identity, method, path }) => `${identity.account} ${method} ${decoded(path)}`,
			retryAfter: true,
		},
	],
	rateLimitHeaders: ({ limit, remaining }) => ({
		'X-RateLimit-Limit': String(limit),
		'X-RateLimit-Remaining': String(remaining),
	}),
	operations: {
		sendMessage,
		listMessages,
		getMessage,
		getContact,
		listContacts,
		listContactChannels,
		listChannels,
		listTemplates,
		listUsers,
	},
	statuses: { names: statusNames, apply: applyStatus },
	webhooks,
	simulate,
});

/** One contact, encoded one way or the other, has one allowance. */
function decoded(path: Call['path']): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}
