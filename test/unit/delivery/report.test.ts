import type { Host } from '../../../nodes/delivery/run/host';
import { type Outcome, report } from '../../../nodes/delivery/run/report';
import { birdApi } from '../../../nodes/Bird/api';

const warnings: string[] = [];

function hostThat(continuesOnFail: boolean): Host {
	return {
		items: [{ json: {} }, { json: {} }],
		node: { name: 'Send', type: 'bird' },
		continuesOnFail,
		logger: { warn: (line: string) => void warnings.push(line) },
	} as unknown as Host;
}

function outcome(more: Partial<Outcome>): Outcome {
	return {
		api: birdApi,
		kind: 'send',
		isBulk: false,
		isSummary: false,
		sources: [0, 1].map((itemIndex) => ({ itemIndex, entryIndex: 0, json: {} })),
		endings: [{ kind: 'accepted', results: [{ messageId: 'm0' }], missing: [] }, undefined],
		durationMs: 1,
		forgotten: 0,
		...more,
	};
}

beforeEach(() => void (warnings.length = 0));

describe('an item without an ending', () => {
	it('is a failure whose outcome is unknown, never silence', () => {
		const items = report(hostThat(true), outcome({}));
		expect(items.map(({ json }) => json)).toEqual([
			{ messageId: 'm0' },
			{
				error: expect.stringContaining('unknown what became of item 1'),
				details: expect.objectContaining({ outcome: 'unknown' }),
			},
		]);
	});

	it('stops the node', () => {
		expect(() => report(hostThat(false), outcome({}))).toThrow('unknown what became of item 1');
	});
});

it('what an execution could not remember is said', () => {
	report(hostThat(true), outcome({ forgotten: 3 }));
	expect(warnings).toEqual([expect.stringContaining('3 messages of this execution')]);
});
