import { sendsIn, webhooksIn } from '../../../bench/queue/losses';
import type { Outcome } from '../../../bench/queue/outcome';

const NOTHING: Outcome = {
	succeeded: [],
	refused: [],
	failed: [],
	untraced: [],
	nameless: 0,
	repeated: 0,
	unknown: [],
};
const batches = new Map([
	['a', ['a1', 'a2']],
	['b', ['b1', 'b2']],
	['c', ['c1', 'c2']],
]);

describe('sends', () => {
	it('are lost and reported where a failed execution stands for the batch', () => {
		const outcome = { ...NOTHING, succeeded: ['a'], failed: ['b'], untraced: ['c'], nameless: 1 };
		expect(sendsIn(batches, outcome, { a1: 1, a2: 1, b1: 1 })).toEqual({
			accepted: 3,
			doubled: 0,
			lostReported: 3,
			lostSilently: 0,
			saidUnknown: 0,
			batchesFailed: 2,
			acceptedInFailed: 1,
		});
	});

	it('are lost silently where the execution succeeded all the same', () => {
		const outcome = { ...NOTHING, succeeded: ['a', 'b', 'c'] };
		const sends = sendsIn(batches, outcome, { a1: 1, a2: 1, b1: 1, c1: 1, c2: 1 });
		expect(sends).toMatchObject({ lostReported: 0, lostSilently: 1 });
	});

	it('are not silently lost where the node says that it is unknown', () => {
		const outcome = { ...NOTHING, succeeded: ['a', 'b', 'c'], unknown: ['b2', 'c1'] };
		const sends = sendsIn(batches, outcome, { a1: 1, a2: 1, b1: 1, c1: 1 });
		expect(sends).toMatchObject({ lostReported: 1, lostSilently: 1, saidUnknown: 2 });
	});

	it('are lost silently, the worst batches first, where there are fewer failures than batches', () => {
		const outcome = { ...NOTHING, succeeded: ['a'], untraced: ['b', 'c'], nameless: 1 };
		const sends = sendsIn(batches, outcome, { a1: 1, a2: 1, c1: 1 });
		expect(sends).toMatchObject({ lostReported: 1, lostSilently: 2 });
	});

	it('are not silently lost where the sender was refused', () => {
		const outcome = { ...NOTHING, succeeded: ['a', 'b'], refused: ['c'] };
		const sends = sendsIn(batches, outcome, { a1: 1, a2: 1, b1: 1, b2: 1 });
		expect(sends).toMatchObject({ lostReported: 2, lostSilently: 0, batchesFailed: 0 });
	});

	it('are doubled by what comes after the first message', () => {
		const outcome = { ...NOTHING, succeeded: ['a', 'b', 'c'] };
		const messages = { a1: 3, a2: 1, b1: 2, b2: 1, c1: 1, c2: 1, 'of the warm-up': 5 };
		expect(sendsIn(batches, outcome, messages)).toMatchObject({ accepted: 6, doubled: 3 });
	});
});

describe('webhooks', () => {
	it('are lost and reported as far as there are failed executions', () => {
		const outcome = { ...NOTHING, succeeded: ['a'], untraced: ['b', 'c'], nameless: 2 };
		expect(webhooksIn(3, outcome)).toEqual({
			answered: 3,
			succeeded: 1,
			doubled: 0,
			lostReported: 2,
			lostSilently: 0,
		});
	});

	it('are lost silently beyond that', () => {
		const outcome = { ...NOTHING, failed: ['a'], untraced: ['b', 'c'], nameless: 1 };
		expect(webhooksIn(3, outcome)).toMatchObject({ lostReported: 2, lostSilently: 1 });
	});

	it('are not lost when they were refused: the vendor sends them again', () => {
		const outcome = { ...NOTHING, succeeded: ['a'], refused: ['b'], repeated: 1 };
		expect(webhooksIn(2, outcome)).toEqual({
			answered: 1,
			succeeded: 1,
			doubled: 1,
			lostReported: 0,
			lostSilently: 0,
		});
	});
});
