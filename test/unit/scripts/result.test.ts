import { failureOf, messagesOf, table, unheardOf } from '../../../scripts/start/result.mjs';
import { inWords, sum } from '../../../scripts/test/count.mjs';

type Execution = Parameters<typeof messagesOf>[0];

const message = (messageId: string) => ({
	messageId,
	provider: 'bird',
	channel: 'sms',
	recipient: '+14155550123',
	status: 'accepted',
});
const execution = {
	workflowData: {
		nodes: [
			{ name: 'Later', type: 'n8n-nodes-unified-messaging.bird' },
			{ name: 'Sooner', type: 'n8n-nodes-unified-messaging.sent' },
			{ name: 'Other', type: 'n8n-nodes-base.set' },
		],
	},
	data: {
		resultData: {
			error: { message: 'It broke', description: 'Mend it' },
			runData: {
				Later: [{ executionIndex: 2, data: { main: [[{ json: { ...message('b'), extra: 1 } }]] } }],
				Sooner: [
					{
						executionIndex: 1,
						data: { main: [[{ json: message('a') }], [{ json: { error: 'x' } }]] },
					},
				],
				Other: [{ executionIndex: 0, data: { main: [[{ json: message('not ours') }]] } }],
			},
		},
	},
} as unknown as Execution;

it('reads the messages of our nodes in the order of the run', () => {
	expect(messagesOf(execution)).toEqual([message('a'), message('b')]);
});

it("says why a run failed in n8n's words", () => {
	expect(failureOf(execution)).toBe('It broke: Mend it');
	expect(
		failureOf({ data: { resultData: { runData: {} } } } as unknown as Execution),
	).toBeUndefined();
});

it('says of whom nothing was heard', () => {
	const [ana, ben] = [message('a'), { ...message('b'), recipient: '+31612345601' }];
	expect(unheardOf([ana, ben], [ana])).toMatch(
		/^Nothing was heard in time of the message to \+31612345601\./,
	);
	expect(unheardOf([ana], [ana])).toBeUndefined();
});

it('lays out a table', () => {
	expect(
		table([
			{ a: 'x', long: 'yy' },
			{ a: 'xxx', long: 'y' },
		]),
	).toBe('a    long\nx    yy\nxxx  y');
	expect(table([])).toBe('');
});

it('counts in the words of the closing line', () => {
	const count = (passed: number, failed: number, skipped: number) => ({ passed, failed, skipped });
	expect(inWords(sum([count(2, 0, 0), count(1, 1, 0)]))).toBe('3 passed, 1 failed');
	expect(inWords(count(1, 0, 2))).toBe('1 passed, 0 failed, 2 skipped');
});
