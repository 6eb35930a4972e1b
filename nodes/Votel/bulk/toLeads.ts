import type { IDataObject } from 'n8n-workflow';

import type { VendorApi } from '../../delivery/http/vendorApi';
import { type Operation, reading } from '../../delivery/run/operation';
import { isBlank } from '../../input/blank';
import { type Draft, optionsOf } from '../../input/draft';
import { InvalidInput } from '../../input/invalidInput';
import { isPlainObject } from '../../input/json';
import { votelApi } from '../api';
import { kindOf, KINDS_FOR_LEADS } from '../kinds';
import { buildSelection, leadsOf, withoutLeads } from '../leads/selection';
import { buildMessageToLeads, type Message, toRequest } from '../message';

/** Votel answers when it is through with all leads. */
const ANSWER_TIMEOUT_SECONDS = 900;

const api: VendorApi = {
	...votelApi,
	howToCheck:
		'Look in Votel, under Activity, which leads it has reached, and send it again only to the others.',
};

/** A message to all leads of a selection. */
interface LeadsMessage {
	message: Message;
	selection: IDataObject;
	/** The kind of message, as the result names it. */
	channel: string;
	timeout: number;
}

/**
 * Votel's own bulk: one message to all leads of a selection. Each input item makes one; those that
 * make the same request share it, so that a flow with many items does not reach the leads many times.
 *
 * @param meant criteria that must not come out empty
 */
export function toLeads(meant: string[]): Operation<LeadsMessage> {
	return {
		api,
		kind: 'send',
		html: ['html'],
		input(draft) {
			requireNoDryRun(draft);
			const selection = buildSelection(draft, meant);
			return {
				selection,
				message: buildMessageToLeads(draft, selection),
				channel: kindOf(draft, KINDS_FOR_LEADS).value,
				timeout: answerTimeoutMs(draft),
			};
		},
		request: ({ message, timeout }) => ({ ...toRequest(message), timeout }),
		result: ({ body }, { channel }) =>
			isBulkAnswer(body) ? reading([toSummary(body, channel)]) : undefined,
		people: {
			of: ({ selection }) => leadsOf(selection),
			without({ selection: all, message: { body, ...message }, ...rest }, names) {
				const selection = withoutLeads(all, names);
				return {
					...rest,
					selection,
					message: { ...message, body: { ...body, bulk_settings: selection } },
				};
			},
		},
		bulk: { recipientOf: ({ selection }) => JSON.stringify(selection) },
	};
}

/** The first item has decided that this run sends. An expression may say otherwise for another. */
function requireNoDryRun({ dryRun }: Draft): void {
	if (dryRun !== true) return;
	throw new InvalidInput(
		'Dry Run',
		'is on for some items only',
		'Set it for all items alike. A dry run of the first item is one of all.',
	);
}

/** In ms. @throws InvalidInput for what is no number of seconds */
function answerTimeoutMs(draft: Draft): number {
	const { answerTimeout } = optionsOf(draft);
	if (isBlank(answerTimeout)) return ANSWER_TIMEOUT_SECONDS * 1000;
	const seconds = Number(answerTimeout);
	if (seconds > 0 && Number.isFinite(seconds)) return seconds * 1000;
	throw new InvalidInput('Answer Timeout', 'is not a number above 0', 'Enter seconds.');
}

function isBulkAnswer(body: unknown): body is IDataObject {
	return (
		isPlainObject(body) &&
		typeof body.total_leads === 'number' &&
		typeof body.messages_sent === 'number'
	);
}

/**
 * Votel's counts in the words of every Bulk Send's summary. One of the two places where Votel
 * documents them leaves out messages_failed.
 */
export function toSummary(body: IDataObject, channel: string): IDataObject {
	const total = Number(body.total_leads);
	const accepted = Number(body.messages_sent);
	const rejected = Number(body.messages_failed ?? total - accepted);
	return {
		provider: votelApi.provider,
		channel,
		total,
		accepted,
		rejected,
		notSent: 0,
		unknown: Math.max(0, total - accepted - rejected),
		duplicates: 0,
		/** In percent. */
		successRatePercent:
			typeof body.success_rate === 'number'
				? body.success_rate
				: total === 0
					? 0
					: Math.round((accepted / total) * 10_000) / 100,
	};
}
