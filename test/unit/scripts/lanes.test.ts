import { countOf } from '../../../scripts/test/jest.mjs';
import { e2eFiles, lanesOf } from '../../../scripts/test/lanes.mjs';
import LongestFirst from '../../../scripts/test/sequencer.cjs';
import { workersFor } from '../../../scripts/test/stages.mjs';

const LARGE = { cores: 2, bytes: 9e9 };

describe('the lanes of the e2e tests', () => {
	it('hold every file once', async () => {
		const files = await e2eFiles();
		expect(files.length).toBeGreaterThan(10);
		const lanes = await lanesOf(files, LARGE);
		expect(lanes).toHaveLength(3);
		expect(lanes.flat().sort()).toEqual(files);
	});

	it('keep those that start n8n themselves from those that share one', async () => {
		const [one, other, shared] = await lanesOf(await e2eFiles(), LARGE);
		expect(Math.abs(one.length - other.length)).toBeLessThanOrEqual(1);
		expect([...one, ...other]).toEqual(
			expect.arrayContaining(['test/e2e/queue.test.ts', 'test/e2e/start.test.ts']),
		);
		expect(shared).toEqual(
			expect.arrayContaining(['test/e2e/bird.test.ts', 'test/e2e/compatibility.test.ts']),
		);
	});

	it.each([
		['one core', { cores: 1, bytes: 8 * 1024 ** 3 }],
		['little memory', { cores: 4, bytes: 4 * 1024 ** 3 }],
	])('are one on a machine with %s', async (_, machine) => {
		const files = await e2eFiles();
		expect(await lanesOf(files, machine)).toEqual([files]);
	});
});

describe('the workers of the other tests', () => {
	it.each([
		['three for each core', { cores: 2, bytes: 16e9 }, 6],
		['fewer where memory is short', { cores: 4, bytes: 12e9 }, 6],
		['one for each core at least', { cores: 2, bytes: 2e9 }, 2],
	])('are %s', (_, machine, workers) => {
		expect(workersFor(machine)).toBe(workers);
	});

	it('begin with what takes longest, also before that was ever measured', async () => {
		const sizes: Record<string, number> = {
			'/test/unit/small.test.ts': 10,
			'/test/unit/large.test.ts': 1000,
			'/test/engine/one/contract.test.ts': 100,
		};
		const context = {
			config: { cache: false, id: 'one', rootDir: '/' },
			hasteFS: { getSize: (path: string) => sizes[path] },
		};
		const tests = Object.keys(sizes).map((path) => ({ path, context }));
		const sequencer = new LongestFirst({ contexts: [], globalConfig: {} } as never);
		const sorted = await sequencer.sort(tests as never);
		expect(sorted.map(({ path }) => path)).toEqual(Object.keys(sizes).reverse());
	});
});

describe('the count of a test file', () => {
	const file = (status: string, ...statuses: string[]) => ({
		name: '/test/unit/one.test.ts',
		status,
		assertionResults: statuses.map((one) => ({ status: one })),
	});

	it('is that of its tests', () => {
		expect(countOf(file('failed', 'passed', 'failed', 'failed', 'pending', 'todo'))).toEqual({
			passed: 1,
			failed: 2,
			skipped: 2,
		});
	});

	it('is one failure where none could run', () => {
		expect(countOf(file('failed'))).toEqual({ passed: 0, failed: 1, skipped: 0 });
	});
});
