import { installProcessedItems } from '../support/install-processed-items';
import { loadEngine, type Engine } from '../support/engine';
import { minutesAhead, people, phone, withSent, type SentBench } from './support';

let engine: Engine;
beforeAll(async () => void (engine = await loadEngine()));

const FAILED = '+12025550135';
const FILTERED = '+12025550133';
const BLOCKED = '+12025550134';
const shortly = { waitForDelivery: 0.3 };
/** Ends with the statuses, not with the time. */
const untilFinal = { waitForDelivery: 20 };
const orFail = { ...untilFinal, onNotDelivered: 'fail' };
const continues = { onError: 'continueRegularOutput' } as const;

/** Statuses come at once, as far as they come by themselves. */
const quickly = async (sent: SentBench) => await sent.settings({ autoAdvance: true, stepMs: 10 });
const looksOf = async (sent: SentBench) =>
	(await sent.seen()).filter(({ method }) => method === 'GET');

describe('Wait for Delivery', () => {
	it.each([
		['failed', FAILED, 'FAILED', 'failed', 'ERR_ROUTE_DENIED'],
		['filtered', FILTERED, 'FILTERED', 'rejected', 'ERR_CONSENT_BLOCKED'],
		['blocked', BLOCKED, 'BLOCKED', 'rejected', expect.any(String)],
	])('says why a message was %s', async (_what, recipients, word, status, reason) => {
		await withSent(engine, async (sent) => {
			await quickly(sent);
			const run = await sent.run('send', { recipients, text: 'Hello', options: untilFinal });
			expect(run.json[0]).toMatchObject([
				{ recipient: recipients, status, providerStatus: word, reason, final: true },
			]);
		});
	});

	it('knows by which channel it went', async () => {
		await withSent(engine, async (sent) => {
			await quickly(sent);
			const run = await sent.run('send', { recipients: phone(1), text: 'Hi', options: untilFinal });
			expect(run.json[0]).toMatchObject([{ channel: 'sms', status: 'delivered', final: true }]);
		});
	});

	it('gives each of several recipients an ending of its own', async () => {
		await withSent(engine, async (sent) => {
			await quickly(sent);
			const recipients = [phone(1), FAILED, FILTERED].join();
			const send = { recipients, text: 'Hello' };
			const run = await sent.run('send', { ...send, options: untilFinal });
			expect(run.json[0].map(({ status, final }) => [status, final])).toEqual([
				['delivered', true],
				['failed', true],
				['rejected', true],
			]);
			const failing = await sent.run(
				'send',
				{ ...send, options: orFail },
				{ onError: 'continueErrorOutput' },
			);
			expect(failing.json[0]).toMatchObject([{ recipient: phone(1), final: true }]);
			expect(failing.json[1]).toMatchObject(
				[FAILED, FILTERED].map((recipient) => ({
					error: expect.stringContaining(recipient),
					details: { outcome: 'undelivered', delivery: { recipient, final: true } },
				})),
			);
			const stopped = await sent.run('send', { ...send, options: orFail });
			expect(stopped.error?.message).toContain(`Sent took the message to ${FAILED}`);
		});
	});

	it('says it of each of several recipients in one untouched answer', async () => {
		await withSent(engine, async (sent) => {
			await quickly(sent);
			const send = { recipients: `${phone(1)}, ${FAILED}`, text: 'Hello', simplify: false };
			const run = await sent.run('send', { ...send, options: untilFinal });
			expect(run.json[0]).toMatchObject([
				{
					success: true,
					delivery: [
						{ recipient: phone(1), status: 'delivered', final: true },
						{ recipient: FAILED, status: 'failed', reason: 'ERR_ROUTE_DENIED', final: true },
					],
				},
			]);
		});
	});

	it('does not wait for what is scheduled, and does not fail it', async () => {
		await withSent(engine, async (sent) => {
			const options = { ...orFail, waitForDelivery: 60, scheduledAt: minutesAhead(60) };
			const run = await sent.run('send', { recipients: phone(1), text: 'Hello', options });
			expect(run.json[0]).toMatchObject([{ status: 'scheduled', final: false }]);
			expect(await looksOf(sent)).toEqual([]);
		});
	});

	it('does not wait for what Sent only checks', async () => {
		await withSent(engine, async (sent) => {
			const options = { ...orFail, waitForDelivery: 60, sandbox: true };
			const run = await sent.run('send', { recipients: phone(1), text: 'Hello', options });
			expect(run.json[0]).toMatchObject([{ sandbox: true }]);
			expect(await looksOf(sent)).toEqual([]);
		});
	});

	it('does not wait for what an earlier run has sent', async () => {
		await installProcessedItems();
		await withSent(engine, async (sent) => {
			await quickly(sent);
			const options = { ...orFail, onceKey: 'order-1042' };
			const node = { id: 'waits-once', ...continues };
			const first = await sent.run('send', { recipients: FAILED, text: 'Hi', options }, node);
			expect(first.json[0]).toMatchObject([{ details: { outcome: 'undelivered' } }]);
			const looks = (await looksOf(sent)).length;
			const again = await sent.run('send', { recipients: FAILED, text: 'Hi', options }, node);
			expect(again.json[0]).toMatchObject([{ alreadySent: true }]);
			expect(await looksOf(sent)).toHaveLength(looks);
			expect(await sent.messages()).toHaveLength(1);
		});
	});

	it('looks less often the longer it takes', async () => {
		await withSent(engine, async (sent) => {
			const options = { waitForDelivery: 4 };
			const run = await sent.run('send', { recipients: phone(1), text: 'Hello', options });
			expect(run.json[0]).toMatchObject([{ status: 'queued', final: false }]);
			const all = await sent.requests();
			const [sentAt, ...looks] = all.map(({ arrivedAt }) => arrivedAt);
			const after = looks.map((at) => (at - sentAt) / 1000);
			// After a second, two seconds later, and when the time is over.
			expect(after.length).toBeLessThanOrEqual(3);
			expect(after[0]).toBeGreaterThan(0.9);
			if (after.length === 3) expect(after[1] - after[0]).toBeGreaterThan(1.9);
			expect(after.at(-1)).toBeGreaterThan(3.9);
		});
	});

	it('does not outlast its time by much, whatever the vendor says', async () => {
		await withSent(engine, async (sent) => {
			await sent.fault({ fault: '429', retryAfter: 60, operationId: 'getMessage' });
			const before = performance.now();
			const run = await sent.run('send', { recipients: phone(1), text: 'Hi', options: shortly });
			expect(run.json[0]).toMatchObject([{ status: 'queued', final: false }]);
			expect(performance.now() - before).toBeLessThan(8000);
		});
	});

	it.each([1000])(
		'%d items share the looks',
		async (count) => {
			await withSent(engine, async (sent) => {
				await sent.limit({ requests: null });
				await quickly(sent);
				const options = { requestsPerSecond: 100_000, waitForDelivery: 20 };
				const send = { recipients: '={{ $json.phone }}', text: '=Hello {{ $json.name }}', options };
				const run = await sent.run('send', send, { items: people(count), trace: false });
				expect(run.json[0]).toHaveLength(count);
				for (const json of run.json[0]) expect(json).toMatchObject({ final: true });
				const looks = await looksOf(sent);
				expect(looks.every(({ path }) => path === '/v3/conversations')).toBe(true);
				expect(looks.length).toBeLessThanOrEqual(25);
				expect(await sent.messages()).toHaveLength(count);
			});
		},
		60_000,
	);

	it('looks one by one where an account has no lists', async () => {
		await withSent(engine, async (sent) => {
			await quickly(sent);
			await sent.fault({ fault: '404', operationId: 'listConversations', count: 100 });
			const options = { waitForDelivery: 4 };
			const send = { recipients: '={{ $json.phone }}', text: 'Hello', options };
			const run = await sent.run('send', send, { items: people(3) });
			for (const json of run.json[0]) expect(json).toMatchObject({ final: true });
			expect((await looksOf(sent)).length).toBeLessThanOrEqual(4);
		});
	});
});

describe('Wait for Delivery of a tool', () => {
	let routed: Engine;
	beforeAll(async () => void (routed = await loadEngine({ isRouted: true })));

	it('waits, and an equal call in the same execution is not sent again', async () => {
		await withSent(routed, async (sent) => {
			await quickly(sent);
			const send = { recipients: FAILED, text: 'Hello', options: orFail };
			const call = { executionId: 'tool-1', ...continues };
			const told = await sent.run('send', send, call);
			expect(told.json[0]).toMatchObject([{ details: { outcome: 'undelivered' } }]);
			const again = await sent.run('send', send, call);
			expect(again.json[0]).toMatchObject([{ details: { outcome: 'undelivered' } }]);
			expect(await sent.messages()).toHaveLength(1);
			await sent.run('send', { ...send, recipients: phone(1) }, call);
			const twice = await sent.run('send', { ...send, recipients: phone(1) }, call);
			expect(twice.json[0]).toMatchObject([{ status: 'delivered', final: true }]);
			expect(await sent.messages()).toHaveLength(3);
		});
	});
});
