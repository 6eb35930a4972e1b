import { Ledger, messageKey } from '../../../nodes/delivery/run/ledger';

const HOUR_MS = 60 * 60_000;

const place = (executionId: string, node = 'n1 Send') => ({
	instanceId: 'i',
	executionId,
	node,
	runIndex: 0,
});

const accepted = (messageId: string, more: object = {}) => ({
	kind: 'accepted' as const,
	results: [{ messageId, ...more }],
	missing: [],
});

function ledgerWith(limits: object = {}) {
	let now = 0;
	const all = {
		entries: 4,
		bytes: 1000,
		bytesOfOne: 100,
		idleMs: HOUR_MS,
		executions: 3,
		...limits,
	};
	const ledger = new Ledger(all, () => now);
	return { ledger, wait: (ms: number) => void (now += ms) };
}

describe('the ledger', () => {
	it('remembers as long as a run takes, and an hour more', () => {
		const { ledger, wait } = ledgerWith();
		const first = ledger.open(place('e1'));
		first.keep('m', accepted('1'));
		wait(30 * HOUR_MS);
		// A run of over an hour may be tried again, and another execution does not end it.
		ledger.open(place('e2')).close();
		expect(first.recall('m')).toMatchObject({ kind: 'accepted' });
		first.close();
		wait(HOUR_MS);
		const again = ledger.open(place('e1'));
		expect(again.recall('m')).toMatchObject({ kind: 'accepted' });
		again.close();
		wait(HOUR_MS + 1);
		expect(ledger.open(place('e1')).recall('m')).toBeUndefined();
	});

	it('has a clock that nobody sets, where nothing else is said', () => {
		jest.useFakeTimers({ now: 1_000_000 });
		try {
			const ledger = new Ledger();
			const page = ledger.open(place('e1'));
			page.keep('m', accepted('1'));
			page.close();
			jest.setSystemTime(1_000_000 + 3 * HOUR_MS);
			ledger.open(place('e2')).close();
			expect(ledger.open(place('e1')).recall('m')).toMatchObject({ kind: 'accepted' });
		} finally {
			jest.useRealTimers();
		}
	});

	it('forgets the oldest of an execution only for that execution, and says how many', () => {
		const { ledger } = ledgerWith();
		const other = ledger.open(place('e1'));
		other.keep('m', accepted('1'));
		const full = ledger.open(place('e2'));
		for (let index = 0; index < 6; index++) full.keep(`m${index}`, accepted(String(index)));
		expect(full.forgotten).toBe(2);
		expect(full.recall('m1')).toBeUndefined();
		expect(full.recall('m2')).toBeDefined();
		expect([other.forgotten, other.recall('m')]).toMatchObject([0, { kind: 'accepted' }]);
	});

	it('keeps of long results what identifies the message, and who was written to for ever', () => {
		const { ledger } = ledgerWith({ entries: 100 });
		const page = ledger.open(place('e1'));
		page.keep('long', accepted('1', { raw: 'x'.repeat(190_000) }));
		expect(page.recall('long')).toMatchObject({ results: [{ messageId: '1' }] });
		expect(JSON.stringify(page.recall('long'))).not.toContain('xxx');
		for (let index = 0; index < 50; index++) {
			page.keep(`m${index}`, accepted(String(index), { text: 'y'.repeat(60) }));
		}
		expect(page.forgotten).toBe(0);
		for (let index = 0; index < 50; index++) {
			expect(page.recall(`m${index}`)).toMatchObject({ results: [{ messageId: String(index) }] });
		}
		expect(JSON.stringify(page.recall('m0'))).not.toContain('yyy');
	});

	it('tells nodes of one id apart by their names', () => {
		const { ledger } = ledgerWith();
		ledger.open(place('e1', 'n1 Send')).keep('m', accepted('1'));
		expect(ledger.open(place('e1', 'n1 Send Again')).recall('m')).toBeUndefined();
	});

	it('keeps no more executions than it may, but all that are going on', () => {
		const { ledger } = ledgerWith();
		const going = ['e1', 'e2', 'e3', 'e4', 'e5'].map((one) => ledger.open(place(one)));
		expect(ledger.size).toBe(5);
		for (const page of going) page.close();
		ledger.open(place('e6'));
		expect(ledger.size).toBeLessThanOrEqual(4);
	});
});

it('knows a message by what came in for it', () => {
	const key = messageKey(0, 0, [{ to: '+1' }]);
	expect(messageKey(0, 0, [{ to: '+1' }])).toBe(key);
	expect(messageKey(1, 0, [{ to: '+1' }])).not.toBe(key);
	expect(messageKey(0, 1, [{ to: '+1' }])).not.toBe(key);
	expect(messageKey(0, 0, [{ to: '+2' }])).not.toBe(key);
});
