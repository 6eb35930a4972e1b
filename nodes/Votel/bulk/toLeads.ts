import type { IDataObject } from 'n8n-workflow';

import type { BulkOperation } from '../../delivery/run/bulkOperation';
import type { Draft } from '../../input/draft';
import type { VendorApi } from '../../delivery/http/vendorApi';
import { InvalidInput } from '../../input/invalidInput';
import { isPlainObject } from '../../input/json';
import { votelApi } from '../api';
import { buildChannel } from '../channel';
import { kindOf, KINDS_FOR_LEADS } from '../kinds';
import { buildSelection } from '../leads/selection';
import { buildMessageToLeads, toRequest } from '../message';
import { optionsOf } from '../sendOptions';

/** Votel answers when it is through with all leads. */
const ANSWER_TIMEOUT_SECONDS = 900;

const api: VendorApi = {
	...votelApi,
	howToCheck:
		'Look in Votel, under Activity, which leads it has reached, and send it again only to the others.',
};

/**
 * Votel's own bulk: one message to all leads of a selection. Each input item makes one; those that
 * make the same request share it, so that a flow with many items does not reach the leads many times.
 *
 * @param meant criteria that must not come out empty
 */
export function toLeads(meant: string[]): BulkOperation {
	return {
		api,
		recipient: (_value, draft) => JSON.stringify(buildSelection(draft, meant)),
		message: (draft) => {
			answerTimeoutMs(draft);
			requireNoDryRun(draft);
			return buildMessageToLeads(draft, buildSelection(draft, meant)).body;
		},
		packs: (entries) => entries.map((entry) => [entry]),
		request: ([{ draft, message }]) => ({
			...toRequest({ body: message, query: buildChannel(draft).query }),
			timeout: answerTimeoutMs(draft),
		}),
		read({ body }, [{ draft }]) {
			if (!isBulkAnswer(body)) return undefined;
			return [{ result: draft.simplify === false ? body : toSummary(body, draft) }];
		},
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

function answerTimeoutMs(draft: Draft): number {
	const seconds = Number(optionsOf(draft).answerTimeout ?? ANSWER_TIMEOUT_SECONDS);
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
export function toSummary(body: IDataObject, draft: Draft): IDataObject {
	const total = Number(body.total_leads);
	const accepted = Number(body.messages_sent);
	const rejected = Number(body.messages_failed ?? total - accepted);
	return {
		provider: votelApi.provider,
		channel: kindOf(draft, KINDS_FOR_LEADS).value,
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
