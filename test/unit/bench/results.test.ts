import type { Figures } from '../../../bench/figures';
import { resultsAfter } from '../../../bench/results';

const unlimited = (seconds: number) => ({ unlimited: { seconds } }) as unknown as Figures;
const queueMode = (sends: number) => ({ queueMode: { sends } }) as unknown as Figures;
const previous = { ...unlimited(1), run: { at: 'then' }, queueMode: { sends: 1 } };

it('a run of queue mode leaves the other figures as they are, and says itself when it was', () => {
	expect(resultsAfter(previous, queueMode(2), { at: 'now' })).toEqual({
		...unlimited(1),
		run: { at: 'then' },
		queueMode: { sends: 2, run: { at: 'now' } },
	});
});

it('any other run leaves those of queue mode as they are, and nothing else', () => {
	expect(resultsAfter({ ...previous, old: 1 }, unlimited(2), { at: 'now' })).toEqual({
		...unlimited(2),
		run: { at: 'now' },
		queueMode: { sends: 1 },
	});
	expect(resultsAfter({}, unlimited(2), {})).not.toHaveProperty('queueMode');
});
