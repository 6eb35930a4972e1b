import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	WAIT_INDEFINITELY,
} from 'n8n-workflow';

import { DeliveryFailure, KeptBack } from '../delivery/http/outcome';
import type { Ending } from '../delivery/run/ending';
import type { Host } from '../delivery/run/host';
import type { FollowUp } from '../delivery/run/nodeOperation';
import type { AnyOperation, Operation } from '../delivery/run/operation';
import { pair } from '../delivery/run/pair';
import { type Outcome, report } from '../delivery/run/report';
import { InvalidInput } from '../input/invalidInput';
import { smsLength } from '../input/smsLength';
import { messageResult } from '../message/messageResult';
import type { Asked } from './asked';
import { keepPending } from './pending';
import type { Question } from './question';
import { endOf } from './timeLimit';
import { questionText, withLink } from './words';

/** The parameter of a link that tells the runs of a node apart, in a loop for instance. */
export const RUN = 'r';

/** One run that asks: the message carries the link, and once it is sent the execution waits. */
export function waiting(context: IExecuteFunctions, host: Host): FollowUp {
	let question: Question | undefined;
	let text: string | undefined;
	const run = Number(context.getWorkflowDataProxy(0).$runIndex) || 0;
	return {
		prepare(operation) {
			requireOneItem(host);
			const link = context.getSignedResumeUrl(run === 0 ? {} : { [RUN]: String(run) });
			const { input, ...rest } = operation as Operation<Asked<unknown>>;
			return {
				...rest,
				input(draft, item) {
					const withIt = withLink(draft, link);
					const asked = input(withIt, item);
					question = asked.question;
					if (draft.askBy !== 'template') text = questionText(withIt);
					return asked;
				},
			} as AnyOperation;
		},
		async conclude(outcome) {
			const sent = sentAs(outcome, text);
			if (sent === undefined || question === undefined) return notAsked(host, outcome);
			const endsAt = question.limit && endOf(question.limit);
			keepPending(context, { question, run, endsAt, result: sent });
			passOnAtTheEnd(context, host, question);
			await context.putExecutionToWait(endsAt === undefined ? WAIT_INDEFINITELY : new Date(endsAt));
			// What the editor shows meanwhile; the answer takes its place.
			return pair([sent], 0);
		},
	};
}

/** n8n keeps one question for each run of a node, and forgets the other items in silence. */
function requireOneItem({ items }: Host): void {
	if (items.length === 1) return;
	throw new InvalidInput(
		'Send and Wait for Response',
		`has ${items.length} input items, and can wait for one answer only`,
		'Nothing was sent. Put Loop Over Items before the node with a Batch Size of 1, and connect the end of the loop to it; or turn on Execute Once in the settings of the node.',
	);
}

/**
 * What the flow gets of the message, if somebody may have it.
 *
 * @returns undefined where nobody has this link: it was refused, or was sent before by another run
 */
function sentAs({ endings: [ending], api }: Outcome, text?: string): IDataObject | undefined {
	const results = resultsOf(ending, api.provider);
	if (results === undefined) return undefined;
	return {
		...results[0],
		...(results.length > 1 ? { messages: results } : {}),
		...(text === undefined ? {} : lengthOf(text)),
	};
}

function resultsOf(ending: Ending | undefined, provider: string): IDataObject[] | undefined {
	if (ending?.kind === 'accepted') return ending.alreadySent ? undefined : ending.results;
	if (ending?.kind !== 'failed' || !(ending.failure instanceof DeliveryFailure)) return undefined;
	const { message, cure, details } = ending.failure;
	// Sent or not by a run before this one, it has the link of that one.
	if (details.outcome !== 'unknown' || details.code === 'begun_before') return undefined;
	const unknown = messageResult({
		messageId: null,
		provider,
		channel: null,
		recipient: null,
		status: 'unknown',
		providerStatus: null,
		sentAt: null,
		reference: null,
	});
	return [{ ...unknown, outcome: 'unknown', reason: `${message}. ${cure}` }];
}

/** What it costs as SMS. */
function lengthOf(text: string): IDataObject {
	const { encoding, segments } = smsLength(text);
	return { encoding, segments };
}

/** As Send Message tells it; an agent is told that nobody was asked, or it would take it for a no. */
function notAsked(host: Host, outcome: Outcome): INodeExecutionData[] {
	const items = report(host, { ...outcome, endings: outcome.endings.map(asFailure) });
	if (!isHumanReview(host)) return items;
	return items.map(({ json, ...item }) => ({
		...item,
		json: {
			...json,
			data: {
				approved: false,
				chatInput: `Nobody could be asked. ${String(json.error ?? 'The question was sent before.')}`,
			},
		},
	}));
}

/** Nobody answers a question that was kept back, on purpose or not: the flow must not go on as if. */
function asFailure(ending: Ending | undefined): Ending | undefined {
	if (ending?.kind !== 'failed' || !(ending.failure instanceof KeptBack)) return ending;
	const { message, cure, details } = ending.failure;
	return { ...ending, failure: new DeliveryFailure(message, cure, details) };
}

/**
 * At the time limit n8n passes on what came in. Data of an earlier answer in it, or what an agent's
 * item calls by n8n's names of an answer, must not be taken for this one.
 */
function passOnAtTheEnd(context: IExecuteFunctions, host: Host, { kind }: Question): void {
	const executeData = context.getExecuteData();
	const [item] = host.items;
	const isReview = isHumanReview(host);
	const data: IDataObject = {
		...(kind === 'approval' ? { approved: false } : { text: null }),
		respondedAt: null,
		timedOut: true,
		...(isReview ? { chatInput: 'Nobody answered within the time limit.' } : {}),
	};
	const json: IDataObject = { ...item.json, data };
	if (isReview) {
		delete json.approved;
		delete json.chatInput;
	}
	executeData.data = { ...executeData.data, main: [[{ ...item, json }]] };
}

/** n8n makes of the node a second one, by which a person is asked whether an agent may use a tool. */
function isHumanReview({ node }: Host): boolean {
	return node.type.endsWith('HitlTool');
}
