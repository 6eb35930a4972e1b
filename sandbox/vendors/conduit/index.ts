import { type Issue, defineVendor } from '../../core/vendor';
import { type Token, failure, invalidWorkspace, refuse, workspaceOf } from './access';
import { foreign, mountain, seaside } from './account';
import {
	getContact,
	getConversation,
	getSettings,
	listContacts,
	listConversationMessages,
	listSenders,
	listTickets,
	listUsers,
	listWhatsappTemplates,
	listWorkspaces,
	searchContacts,
} from './read';
import { replyInConversation, replyInTicket, sendContactMessage } from './send';
import { type ConduitCall, type State, addMessage, createState } from './state';

/**
 * Conduit. `<sandbox>/conduit` stands for `https://api.conduit.ai`; the paths begin with `/v1`.
 *
 * Tokens
 *   sandbox-conduit-token            reads and writes in Seaside and Mountain
 *   sandbox-conduit-read-only-token  reads in both; a write is answered 403
 *   sandbox-conduit-foreign-token    reads and writes in the third workspace only
 *
 * Workspaces
 *   j57demo8f8x7c9v0n2q4r6t8y1u3i5o   Seaside Stays, the one of the vendor's examples
 *   j57mountain0x7c9v0n2q4r6t8y1u3i5  Mountain Lodge
 *   j57foreign00x7c9v0n2q4r6t8y1u3i5  Someone Else
 *
 * Contacts
 *   ph77c0dy0mgdpzmqz6tesry8w184002s  Alex Morgan in Seaside: WhatsApp (node
 *                                     hg77c0dy0mgdpzmqz6tesry8w184002s), e-mail and SMS; the
 *                                     conversation has the same id and 45 earlier messages
 *   Mail Only, Two Numbers (two WhatsApp nodes), No Channel, Archived Guest, and Guest 001 … 150
 *   in Seaside; Mona Skier in Mountain (no sender can reach her SMS); Foreign Guest in the third.
 *   Their ids follow from their names and can be found by search; their conversations have ids of
 *   their own.
 *
 * Seaside's e-mail has a default sender, its SMS two senders without one, its WhatsApp a single one.
 * WhatsApp templates are approved but for HXdd… (rejected) and HXee… (pending); see account.ts.
 *
 * `POST /_sandbox/simulate` with "incoming" lets a contact write:
 * `{ "vendor": "conduit", "what": "incoming", "contact_id": "ph77…", "body": "hello" }`. Nothing is
 * sent anywhere: the vendor documents no webhooks.
 */
const credentials = {
	apiToken: 'sandbox-conduit-token',
	readOnlyApiToken: 'sandbox-conduit-read-only-token',
	foreignApiToken: 'sandbox-conduit-foreign-token',
};

const tokens = new Map<string, Token>([
	[credentials.apiToken, { account: 'main', canWrite: true, workspaces: [seaside, mountain] }],
	[
		credentials.readOnlyApiToken,
		{ account: 'read-only', canWrite: false, workspaces: [seaside, mountain] },
	],
	[credentials.foreignApiToken, { account: 'foreign', canWrite: true, workspaces: [foreign] }],
]);

const unauthorized = () => failure(401, 'Missing or invalid API token');

export default defineVendor<State>({
	name: 'conduit',
	credentials,
	access: { credentialType: 'conduitAiApi', fields: ['apiToken'] },
	createState,
	authenticate({ headers, method }) {
		const token = tokens.get(/^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '');
		if (!token) return unauthorized();
		if (!token.canWrite && method !== 'GET') {
			return failure(403, 'API token does not have write access');
		}
		return token;
	},
	errors: {
		unauthorized,
		notFound: () => failure(404, 'Not found'),
		invalid: (issues) => failure(400, textOf(issues)),
		tooLarge: () => failure(400, 'Request body is too large'),
		tooManyRequests: () => failure(429, 'Rate limit exceeded'),
		failure: (status) => failure(status, 'Something went wrong'),
	},
	limits: [
		{
			name: 'workspace',
			requests: 120,
			perMs: 60_000,
			appliesTo: () => true,
			key: (call) => workspaceOf(call as ConduitCall) ?? `token ${call.identity.account}`,
			retryAfter: true,
		},
	],
	operations: {
		listWorkspaces,
		listSenders,
		listWhatsappTemplates,
		listUsers,
		getSettings,
		listContacts,
		searchContacts,
		getContact,
		sendContactMessage,
		getConversation,
		listConversationMessages,
		replyInConversation,
		listTickets,
		replyInTicket,
	},
	simulate: {
		incoming({ state }, { contact_id: contactId, channel_node_id: nodeId, body = 'hello' }) {
			const record = state.contacts.get(String(contactId));
			if (!record) return refuse('Contact not found', 404);
			const node = record.nodes.find(({ id }) => nodeId === undefined || id === nodeId);
			if (!node) return refuse('the contact has no such channel');
			const message = { channel: node.type, body: String(body), direction: 'inbound' } as const;
			return addMessage(state, record, message);
		},
	},
});

function textOf(issues: Issue[]): string {
	const [issue] = issues;
	if (!issue) return 'Invalid request';
	const { in: place, path, message, params } = issue;
	const name = [...path, params.missingProperty].filter((part) => part !== undefined).join('.');
	if (place === 'query' && name === 'workspace_id') return invalidWorkspace;
	if (params.missingProperty !== undefined) return `${name} is required`;
	if (params.additionalProperty !== undefined)
		return `Unknown key ${[...path, params.additionalProperty].join('.')}`;
	return `${name || place} ${message}`;
}
