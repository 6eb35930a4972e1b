import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { deliver } from '../../delivery/run/deliver';
import type { Draft } from '../../input/draft';
import { path } from '../../delivery/http/path';
import type { Transport } from '../../delivery/http/transport';
import type { NodeOperation } from '../../fields/operation';
import { optionsField, simplifyField } from '../../fields/options';
import { picker, uuidShape } from '../../fields/picker';
import { InvalidInput } from '../../input/invalidInput';
import { messageResult, textOrNull } from '../../message/messageResult';
import { isPlainObject } from '../../input/json';
import { requireUuid } from '../../input/id';
import { documentedLimit, votelApi, votelStatus } from '../api';

/** Source: the vendor's own client (votelai/votel-mcp): at most so many, and no pages. */
const MOST = 50;

/** Which activities of a lead are messages. Instagram's are not documented among them. */
const KINDS: Record<string, string[] | undefined> = {
	all: ['email', 'sms'],
	email: ['email'],
	sms: ['sms'],
};

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
	execute: deliver({
		api: votelApi,
		kind: 'read',
		build: (draft) => activitiesOf(draft, kindsOf(draft)[0]),
		read: ({ body }, draft) => readActivities(body)?.map((one) => toResult(one, draft)),
		// Votel filters by one kind at a time, and unfiltered calls and notes would use up the limit.
		async enrich(results, draft, transport) {
			const all = [...results];
			for (const kind of kindsOf(draft).slice(1)) {
				for (const one of await fetchActivities(draft, kind, transport)) all.push(one);
			}
			return all.sort(newestFirst).slice(0, limitOf(draft));
		},
	}),
};

function kindsOf({ messageKinds }: Draft): string[] {
	const kinds = KINDS[String(messageKinds)];
	if (kinds) return kinds;
	throw new InvalidInput(
		'Message Kinds',
		`"${String(messageKinds)}" is not known`,
		`Choose one of ${Object.keys(KINDS).join(', ')}.`,
	);
}

function limitOf({ limit }: Draft): number {
	const number = Number(limit);
	if (Number.isInteger(number) && number >= 1 && number <= MOST) return number;
	throw new InvalidInput(
		'Limit',
		`"${String(limit)}" is not a whole number from 1 to ${MOST}`,
		`Votel gives at most ${MOST}.`,
	);
}

function activitiesOf(draft: Draft, kind: string): IHttpRequestOptions {
	const id = requireUuid('Lead', draft.leadId, 'Pick a lead from the list, or enter its ID.');
	return {
		method: 'GET',
		url: path`/api/activities/lead/${id}`,
		qs: { activity_type: kind, limit: limitOf(draft) },
	};
}

async function fetchActivities(
	draft: Draft,
	kind: string,
	transport: Transport,
): Promise<IDataObject[]> {
	const { body } = await transport.send(activitiesOf(draft, kind), {
		kind: 'read',
		isReadable: (answer) => readActivities(answer.body) !== undefined,
	});
	return (readActivities(body) ?? []).map((one) => toResult(one, draft));
}

function readActivities(body: unknown): IDataObject[] | undefined {
	if (!isPlainObject(body) || !Array.isArray(body.activities)) return undefined;
	return (body.activities as unknown[]).filter(isPlainObject);
}

/** An activity has no ID and no status in what is documented of it; if it comes with them, they stay. */
function toResult(activity: IDataObject, draft: Draft): IDataObject {
	if (draft.simplify === false) return activity;
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
			leadId: textOrNull(draft.leadId),
		},
	);
}

function newestFirst(a: IDataObject, b: IDataObject): number {
	return timeOf(b) - timeOf(a);
}

function timeOf({ sentAt, created_at: createdAt }: IDataObject): number {
	return Date.parse(String(sentAt ?? createdAt)) || 0;
}
