import { outcomeOf } from '../../../bench/queue/outcome';

const posted = (...keys: string[]) => keys.map((key) => ({ key, isAnswered: true }));
const success = (key: string) => ({ key, status: 'success' });
const failure = (key: string | undefined) => ({ key, status: 'error' });

it('tells what ran to its end from what failed', () => {
	expect(outcomeOf(posted('a', 'b'), [success('a'), failure('b')])).toEqual({
		succeeded: ['a'],
		refused: [],
		failed: ['b'],
		untraced: [],
		nameless: 0,
		repeated: 0,
		unknown: [],
	});
});

it('counts the failed executions of which n8n has kept nothing, one for each that is untraced', () => {
	const succeeded = { key: undefined, status: 'success' };
	const ended = [success('a'), failure(undefined), succeeded];
	const outcome = outcomeOf(posted('a', 'b', 'c'), ended);
	expect(outcome).toMatchObject({ succeeded: ['a'], untraced: ['b', 'c'], nameless: 1 });
});

it('does not take what n8n refused for something that n8n has lost', () => {
	const refused = { key: 'a', isAnswered: false };
	expect(outcomeOf([refused], [])).toMatchObject({ refused: ['a'], untraced: [] });
	// A broken connection says nothing: n8n may have taken it all the same.
	expect(outcomeOf([refused], [success('a')])).toMatchObject({ succeeded: ['a'], refused: [] });
});

it('counts what ran to its end more than once', () => {
	const twice = [success('a'), success('a'), success('a'), success('b')];
	expect(outcomeOf(posted('a', 'b'), twice)).toMatchObject({ repeated: 2 });
});

it('gathers whom an execution says to be unknown, once and not of what was posted before', () => {
	const first = { ...success('a'), unknown: ['a1', 'a2'] };
	const again = { ...success('a'), unknown: ['a2'] };
	const before = { ...success('warm-up'), unknown: ['w1'] };
	expect(outcomeOf(posted('a'), [first, again, before]).unknown).toEqual(['a1', 'a2']);
});

it('is content with what succeeded when it was run again', () => {
	const again = [failure('a'), success('a')];
	expect(outcomeOf(posted('a', 'a'), again)).toMatchObject({ succeeded: ['a'], failed: [] });
});

it('leaves out what was posted before', () => {
	expect(outcomeOf(posted('a'), [success('a'), success('warm-up')])).toMatchObject({
		succeeded: ['a'],
		repeated: 0,
	});
});
