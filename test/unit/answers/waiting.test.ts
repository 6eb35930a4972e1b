import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { VendorApi } from '../../../nodes/delivery/http/vendorApi';
import { DeliveryFailure } from '../../../nodes/delivery/http/outcome';
import type { Ending } from '../../../nodes/delivery/run/ending';
import type { Host } from '../../../nodes/delivery/run/host';
import type { AnyOperation, ItemScope } from '../../../nodes/delivery/run/operation';
import type { Outcome } from '../../../nodes/delivery/run/report';
import { askingByText } from '../../../nodes/answers/asked';
import { waiting } from '../../../nodes/answers/waiting';

const api = { provider: 'acme', displayName: 'Acme', howToCheck: 'Look.' } as VendorApi;
const operation = askingByText(
	{
		api,
		kind: 'send',
		input: ({ text }) => text,
		request: (text) => ({ method: 'POST', url: '/', body: { text } as IDataObject }),
		result: () => undefined,
	},
	(draft, text) => ({ ...draft, text }),
) as AnyOperation;

/** One run of a node, as n8n and the runner let it go. */
function ask({
	type = 'acme',
	runIndex = 0,
	json = {},
	draft = {},
	kept = {} as IDataObject,
	given = [] as unknown[],
} = {}) {
	const executeData = { data: { main: [[{ json, pairedItem: { item: 4 } }]] } };
	const seen: { until?: Date; link?: IDataObject } = {};
	const context = {
		getNode: () => ({ name: 'Ask' }),
		getWorkflowDataProxy: () => ({
			$runIndex: runIndex,
			$items(_node: string, _output: number, run: number) {
				if (given[run] === undefined) throw new Error('n8n knows no such run');
				return [{ json: { data: given[run] } }];
			},
		}),
		getSignedResumeUrl: (query: IDataObject) => {
			seen.link = query;
			return 'https://n8n.example.com/webhook-waiting/7/node?signature=abc';
		},
		getContext: () => kept,
		getExecuteData: () => executeData,
		putExecutionToWait: async (until: Date) => await Promise.resolve(void (seen.until = until)),
	} as unknown as IExecuteFunctions;
	const host = {
		items: executeData.data.main[0],
		node: { type: `n8n-nodes-unified-messaging.${type}` },
		continuesOnFail: true,
	} as unknown as Host;
	const followUp = waiting(context, host);
	const prepared = followUp.prepare(operation);
	prepared.input({ message: 'May I?', ...draft }, {} as ItemScope);
	const conclude = async (ending: Ending) =>
		await followUp.conclude({
			...{ api, kind: 'send', isBulk: false, isSummary: false, durationMs: 1, forgotten: 0 },
			...{ endings: [ending], sources: [{ itemIndex: 0, entryIndex: 0, json }] },
		} as Outcome);
	return { conclude, kept, seen, executeData };
}

const accepted: Ending = { kind: 'accepted', results: [{ messageId: 'm1' }], missing: [] };
const refused: Ending = {
	kind: 'failed',
	failure: new DeliveryFailure('Acme refused it', 'Look at it.', {
		...{ provider: 'acme', code: null, httpCode: 422, outcome: 'rejected', vendor: {} },
	}),
};

it('the link of a later run says which one it is, and the first is as short as it can be', () => {
	expect(ask().seen.link).toEqual({});
	expect(ask({ runIndex: 3 }).seen.link).toEqual({ r: '3' });
});

it('keeps what was asked, by which run, and what became of the message', async () => {
	const { conclude, kept, seen } = ask({ runIndex: 2 });
	const [{ json }] = await conclude(accepted);
	expect(kept.pendingQuestion).toMatchObject({ run: 2, result: json });
	expect(json).toMatchObject({ messageId: 'm1', segments: 1 });
	expect(seen.until?.getUTCFullYear()).toBe(3000);
});

it('keeps what was answered to the questions before it, as far as others may know', async () => {
	const kept: IDataObject = {};
	const approval = (approveLabel: string) => ({
		responseType: 'approval',
		approvalOptions: {
			values: { approvalType: 'double', approveLabel, disapproveLabel: 'Keep' },
		},
	});
	const drafts = [
		...[approval('Refund 0'), approval('Refund 1'), { responseType: 'freeText' }],
		...[approval('Refund 3'), approval('Refund 4'), approval('Refund 5')],
	];
	const given = [
		...[{ approved: true }, { approved: false }, { text: 'Room 12' }],
		...[{ approved: false, timedOut: true }, undefined],
	];
	for (const [runIndex, draft] of drafts.entries()) {
		await ask({ runIndex, draft, kept, given }).conclude(accepted);
	}
	expect(kept.pendingQuestion).toMatchObject({
		run: 5,
		answered: [{ run: 0, said: 'Refund 0' }, { run: 1, said: 'Keep' }, { run: 2 }],
	});
	expect(JSON.stringify(kept)).not.toContain('Room 12');
});

it('keeps no more answers than anybody may look for', async () => {
	const kept: IDataObject = {};
	const given = Array(150).fill({ approved: true });
	for (const runIndex of given.keys()) {
		await ask({ runIndex, kept, given }).conclude(accepted);
	}
	const { answered } = kept.pendingQuestion as unknown as { answered: Array<{ run: number }> };
	expect([answered.length, answered[0].run, answered.at(-1)?.run]).toEqual([100, 49, 148]);
});

it('keeps all messages where several people are asked', async () => {
	const results = [{ messageId: 'm1' }, { messageId: 'm2' }];
	const [{ json }] = await ask().conclude({ ...accepted, results });
	expect(json).toMatchObject({ messageId: 'm1', messages: results });
});

describe('a human review', () => {
	const review = { type: 'acmeHitlTool' };

	it('that cannot be sent is no refusal by a person', async () => {
		const { conclude, seen } = ask(review);
		const [{ json }] = await conclude(refused);
		expect(json).toMatchObject({
			details: { outcome: 'rejected' },
			data: {
				approved: false,
				chatInput: expect.stringContaining('Nobody could be asked. Acme refused it'),
			},
		});
		expect(seen.until).toBeUndefined();
	});

	it('that nobody answers is no yes, whatever the agent’s item says', async () => {
		const json = { approved: true, chatInput: 'Yes!', data: { approved: true }, toolCallId: 'c1' };
		const { conclude, executeData } = ask({ ...review, json });
		await conclude(accepted);
		expect(executeData.data.main[0]).toEqual([
			{
				json: {
					toolCallId: 'c1',
					data: {
						...{ approved: false, respondedAt: null, timedOut: true },
						chatInput: 'Nobody answered within the time limit.',
					},
				},
				pairedItem: { item: 4 },
			},
		]);
		// The item itself is the output of the node before.
		expect(json.approved).toBe(true);
	});
});

it('an ordinary node that fails gives what Send Message gives', async () => {
	const [{ json }] = await ask().conclude(refused);
	expect(Object.keys(json)).toEqual(['error', 'details']);
});
