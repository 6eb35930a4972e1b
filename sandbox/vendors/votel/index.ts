import { defineVendor } from '../../core/vendor';
import { errors, problem } from './errors';
import {
	listAgents,
	listChannels,
	listLeadActivities,
	listLeadFields,
	listLeads,
	viewLead,
} from './read';
import { sendMessage } from './send';
import { type State, createState } from './state';

const credentials = { apiKey: 'sandbox-votel-key' };

/**
 * Votel. The base URL is `<sandbox>/votel`, the key (header X-API-Key) `sandbox-votel-key`.
 *
 * Recipients with a fate of their own (in bulk they all count as failed)
 *   refused@example.com        +12025550144  9999999999999999   success: false in a 200
 *   detail-text@example.com    +12025550145                     400, a text in detail
 *   detail-object@example.com  +12025550146                     400, an object in detail
 *   message-only@example.com   +12025550147                     400, message instead of detail
 *
 * Channels  825b8057-c85f-44a9-9e9f-6e7d7389ecfc, the one of the owner's examples, and 24 more;
 *           7e9d0c00-0000-4000-8000-000000000004 is unavailable. See channels.ts.
 * Leads     550e8400-e29b-41d4-a716-446655440001 to …210, and the contact of the owner's examples,
 *           11111111-0001-0001-0001-000000000001. The first one has 60 activities. See leads.ts.
 * Assignees user-uuid-1, user-uuid-2
 */
export default defineVendor<State>({
	name: 'votel',
	credentials,
	access: { credentialType: 'votelApi', fields: ['apiKey'] },
	createState,
	authenticate(call) {
		const key = call.headers['x-api-key'];
		if (key === undefined) return problem(401, 'Missing API key');
		return key === credentials.apiKey ? { account: 'tenant' } : errors.unauthorized();
	},
	errors,
	limits: [
		{
			name: 'requests',
			requests: 600,
			perMs: 60_000,
			appliesTo: () => true,
			retryAfter: true,
		},
	],
	operations: {
		sendMessage,
		listChannels,
		listLeads,
		viewLead,
		listLeadFields,
		listLeadActivities,
		listAgents,
	},
});
