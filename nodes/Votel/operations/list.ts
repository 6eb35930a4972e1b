import type { IDataObject } from 'n8n-workflow';

import { path } from '../../delivery/http/path';
import type { VendorRequest } from '../../delivery/http/vendorApi';
import type { NodeOperation } from '../../delivery/run/nodeOperation';
import { type Operation, type Reading, reading } from '../../delivery/run/operation';
import { optionsField, simplifyField } from '../../fields/options';
import { picker, uuidShape } from '../../fields/picker';
import { requireChoice } from '../../input/choice';
import type { Draft } from '../../input/draft';
import { requireUuid } from '../../input/id';
import { isPlainObject } from '../../input/json';
import { requireWhole } from '../../input/number';
import { messageResult, textOrNull } from '../../message/messageResult';
import { documentedLimit, votelApi, votelStatus } from '../api';

/** Source: the vendor's own client (votelai/votel-mcp): at most so many, and no pages. */
const MOST = 50;

/** Which activities of a lead are messages. Instagram's are not documented among them. */
const KINDS = {
	all: ['email', 'sms'],
	email: ['email'],
	sms: ['sms'],
};
const KIND_NAMES = Object.keys(KINDS) as Array<keyof typeof KINDS>;

interface Wanted {
	leadId: string;
	kinds: string[];
	limit: number;
}

const listActivities: Operation<Wanted> = {
	api: votelApi,
	kind: 'read',
	input: (draft) => ({
		leadId: requireUuid('Lead', draft.leadId, 'Pick a lead from the list, or enter its ID.'),
		kinds: kindsOf(draft),
		limit: requireWhole('Limit', draft.limit ?? MOST, { min: 1, max: MOST }),
	}),
	request: (wanted) => activitiesOf(wanted, wanted.kinds[0]),
	result: ({ body }, wanted) => readActivities(body, wanted),
	// Votel filters by one kind at a time, and unfiltered calls and notes would use up the limit.
	async finish(first, wanted, transport) {
		let all = rowsOf(first);
		for (const kind of wanted.kinds.slice(1)) {
			const answer = await transport.send(activitiesOf(wanted, kind), {
				kind: 'read',
				isReadable: ({ body }) => readActivities(body, wanted) !== undefined,
			});
			all = [...all, ...rowsOf(readActivities(answer.body, wanted))];
		}
		const newest = all.sort(newestFirst).slice(0, wanted.limit);
		return reading(
			newest.map(({ result }) => result),
			newest.map(({ raw }) => raw),
		);
	},
};

function kindsOf({ messageKinds }: Draft): string[] {
	return KINDS[requireChoice('Message Kinds', messageKinds, KIND_NAMES)];
}

function activitiesOf({ leadId, limit }: Wanted, kind: string): VendorRequest {
	return {
		method: 'GET',
		url: path`/api/activities/lead/${leadId}`,
		qs: { activity_type: kind, limit },
	};
}

function readActivities(body: unknown, { leadId }: Wanted): Reading | undefined {
	if (!isPlainObject(body) || !Array.isArray(body.activities)) return undefined;
	const activities = (body.activities as unknown[]).filter(isPlainObject);
	return reading(
		activities.map((activity) => toResult(activity, leadId)),
		activities,
	);
}

interface Row {
	result: IDataObject;
	raw: IDataObject;
}

function rowsOf(read: Reading | undefined): Row[] {
	const { results = [], raw = [] } = read ?? {};
	return results.map((result, index) => ({ result, raw: raw[index] }));
}

/** An activity has no ID and no status in what is documented of it; if it comes with them, they stay. */
function toResult(activity: IDataObject, leadId: string): IDataObject {
	const { content, summary, description } = activity;
	return messageResult(
		{
			messageId: textOrNull(activity.id),
			provider: votelApi.provider,
			channel: textOrNull(activity.activity_type),
			recipient: null,
			status: votelStatus(activity.status),
			providerStatus: textOrNull(activity.status),
			sentAt: textOrNull(activity.created_at),
			reference: null,
		},
		{
			text: textOrNull(content) ?? textOrNull(summary) ?? textOrNull(description),
			leadId,
		},
	);
}

function newestFirst(a: Row, b: Row): number {
	return timeOf(b) - timeOf(a);
}

function timeOf({ raw }: Row): number {
	return Date.parse(String(raw.created_at)) || 0;
}

export const list: NodeOperation = {
	value: 'list',
	name: 'List Messages',
	action: 'List messages',
	description: 'List the emails and SMS among the activities of a lead, newest first',
	fields: [
		picker({
			displayName: 'Lead',
			name: 'leadId',
			description: 'The lead whose messages to list',
			searchMethod: 'searchLeads',
			idPlaceholder: 'e.g. 550e8400-e29b-41d4-a716-446655440001',
			idShape: uuidShape,
		}),
		{
			displayName: 'Message Kinds',
			name: 'messageKinds',
			type: 'options',
			options: [
				{ name: 'Email', value: 'email' },
				{ name: 'Email and SMS', value: 'all' },
				{ name: 'SMS', value: 'sms' },
			],
			default: 'all',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MOST },
			default: 50,
			description: 'Max number of results to return',
			hint: `From 1 to ${MOST}: Votel gives the newest ${MOST} of a kind and has no further pages`,
		},
		simplifyField,
		optionsField([], documentedLimit),
	],
	declares: { method: 'GET', url: '/api/activities/lead/{leadId}' },
	operation: listActivities,
};
