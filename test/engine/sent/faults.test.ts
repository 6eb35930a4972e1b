import type { Fault } from '../../../sandbox/core/faults';
import { loadEngine, type Engine } from '../support/engine';
import { demo, phone, phones, retries, withSent } from './support';

let engine: Engine;
beforeAll(async () => void (engine = await loadEngine()));

const message = { recipients: phone(0), text: 'Hello' };
const toEach = { recipients: '={{ $json.phone }}', text: 'Hello' };
const items = (count: number) => phones(count).map((number) => ({ phone: number }));

/** What breaks, and whether Sent had taken the message before. */
const FAULTS: Array<[string, Fault, boolean]> = [
	['the connection breaks before Sent took it', { fault: 'reset-before' }, false],
	['the connection breaks after Sent took it', { fault: 'reset-after' }, true],
	['Sent fails', { fault: '500' }, false],
	['a gateway fails after Sent took it', { fault: '502', afterAccept: true }, true],
	['a gateway gives up after Sent took it', { fault: '504', afterAccept: true }, true],
	['Sent asks to wait', { fault: '429', retryAfter: 0 }, false],
	['Sent is down for a moment', { fault: '503-retry-after', retryAfter: 0 }, false],
	['the answer cannot be read', { fault: 'garbage' }, true],
	['the answer is empty', { fault: 'empty' }, true],
];

describe('a v3 send', () => {
	it.each(FAULTS)('arrives once when %s', async (_, fault, wasTaken) => {
		await withSent(engine, async (sent) => {
			await sent.fault(fault);
			const run = await sent.run('send', message);
			expect(run.error).toBeUndefined();
			const accepted = await sent.messages();
			expect(accepted).toHaveLength(1);
			expect(run.json[0]).toHaveLength(1);
			const [result] = run.json[0];
			expect(result).toMatchObject({ messageId: accepted[0].messageId, status: 'queued' });
			expect(result.replayed).toBe(wasTaken ? true : undefined);
			const keys = await sent.keys();
			expect(keys).toHaveLength(2);
			expect(keys[0]).toBe(keys[1]);
		});
	});

	it('has a key of its own for each item, run and node', async () => {
		await withSent(engine, async (sent) => {
			await sent.run('send', toEach, { items: items(2), executionId: 'one' });
			await sent.run('send', toEach, { items: items(1), executionId: 'two' });
			await sent.run('send', toEach, { items: items(1), executionId: 'two', id: 'other-node' });
			const keys = await sent.keys();
			expect(new Set(keys).size).toBe(4);
			for (const key of keys) expect(key).toMatch(/^[A-Za-z0-9_-]{1,255}$/);
			expect(await sent.messages()).toHaveLength(4);
		});
	});

	it('is not repeated by Retry On Fail once it was accepted', async () => {
		await withSent(engine, async (sent) => {
			await sent.fault({ fault: '400', skip: 2 });
			const parameters = { ...toEach, options: { maxInFlight: 1 } };
			const run = await sent.run('send', parameters, { items: items(5), ...retries });
			expect(run.error).toBeUndefined();
			expect(run.json[0].map(({ recipient }) => recipient)).toEqual(phones(5));
			expect(run.origins[0]).toEqual([0, 1, 2, 3, 4]);
			expect(await sent.recipients()).toEqual(phones(5));
		});
	});

	it('is recognised in a later run by the key of the user', async () => {
		await withSent(engine, async (sent) => {
			const parameters = { ...message, options: { idempotencyKey: 'order-1042-shipped' } };
			const first = await sent.run('send', parameters, { executionId: 'first' });
			const again = await sent.run('send', parameters, { executionId: 'second' });
			expect(await sent.keys()).toEqual(['order-1042-shipped', 'order-1042-shipped']);
			expect(await sent.messages()).toHaveLength(1);
			expect(again.json[0]).toEqual([{ ...first.json[0][0], replayed: true }]);
		});
	});

	it('waits for the same message that is just being taken', async () => {
		await withSent(engine, async (sent) => {
			await sent.settings({ idempotencyBusyMs: 50 });
			const parameters = { ...message, options: { idempotencyKey: 'order-1042-shipped' } };
			const runs = await Promise.all([
				sent.run('send', parameters, { executionId: '1' }),
				sent.run('send', parameters, { executionId: '2' }),
			]);
			expect(runs.map(({ error }) => error)).toEqual([undefined, undefined]);
			expect((await sent.requests()).map(({ status }) => status).sort()).toEqual([202, 202, 409]);
			const [{ messageId }] = await sent.messages();
			expect(runs.map(({ json }) => json[0][0].messageId)).toEqual([messageId, messageId]);
			expect(await sent.messages()).toHaveLength(1);
		});
	});

	it('refuses one own key for several messages, of which Sent would swallow all but one', async () => {
		await withSent(engine, async (sent) => {
			const parameters = { ...message, options: { idempotencyKey: 'order-1042-shipped' } };
			const run = await sent.run('send', parameters, { items: [{}, {}] });
			expect(run.error?.message).toContain('Idempotency Key "order-1042-shipped"');
			expect(run.error?.message).toContain('the items 0, 1');
			expect(await sent.requests()).toEqual([]);
		});
	});

	it('waits until Sent can look up keys again', async () => {
		await withSent(engine, async (sent) => {
			await sent.settings({ idempotencyDown: true });
			const running = sent.run('send', message);
			while ((await sent.requests()).length < 2) await new Promise(setImmediate);
			await sent.settings({ idempotencyDown: false });
			const run = await running;
			expect(run.json[0]).toMatchObject([{ status: 'queued' }]);
			expect((await sent.requests())[0]).toMatchObject({ status: 503 });
			expect(await sent.messages()).toHaveLength(1);
		});
	});

	it('leaves for real although sandbox mode has tried it with the same key', async () => {
		await withSent(engine, async (sent) => {
			const options = { idempotencyKey: 'order-1042-shipped' };
			await sent.run('send', { ...message, options: { ...options, sandbox: true } });
			expect(await sent.keys()).toEqual([]);
			const run = await sent.run('send', { ...message, options });
			expect(await sent.messages()).toMatchObject([{ messageId: run.json[0][0].messageId }]);
		});
	});

	it('is given up as unknown when nothing ever answers whether it was taken', async () => {
		await withSent(engine, async (sent) => {
			await sent.fault({ fault: '504', afterAccept: true, count: 10 });
			const parameters = { ...message, options: { maxWait: 0 } };
			const run = await sent.run('send', parameters, { onError: 'continueRegularOutput' });
			expect(run.json[0]).toMatchObject([
				{
					error: expect.stringContaining('unknown whether the message was accepted'),
					details: { httpCode: 504, outcome: 'unknown' },
				},
			]);
		});
	});

	it('is not retried where consent or the account forbids it', async () => {
		await withSent(engine, async (sent) => {
			const { filtered, blocked, failed } = demo.magic;
			const recipients = [filtered, blocked, failed].join();
			const run = await sent.run('send', { ...message, recipients }, retries);
			for (const { messageId } of run.json[0]) {
				await sent.advance({ messageId: String(messageId) });
				await sent.advance({ messageId: String(messageId) });
			}
			const ends = await sent.run(
				'get',
				{ messageId: '={{ $json.messageId }}', includeActivities: false },
				{ items: run.json[0] },
			);
			expect(ends.json[0]).toMatchObject([
				{ status: 'rejected', providerStatus: 'FILTERED', reason: 'ERR_CONSENT_BLOCKED' },
				{
					status: 'rejected',
					providerStatus: 'BLOCKED',
					reason: expect.stringContaining('BUSINESS_003'),
				},
				{ status: 'failed', providerStatus: 'FAILED', reason: 'ERR_ROUTE_DENIED' },
			]);
			expect(await sent.messages()).toHaveLength(3);
		});
	});
});

describe('a key that Sent refuses', () => {
	it('is not tried again for the other items, or Sent would lock it', async () => {
		await withSent(engine, async (sent) => {
			const run = await sent.run(
				'send',
				{ ...toEach, options: { maxInFlight: 2 } },
				{ items: items(20), credential: { apiKey: 'wrong' }, onError: 'continueRegularOutput' },
			);
			const [first, ...others] = run.json[0];
			expect(first).toMatchObject({
				error: expect.stringMatching(
					/^Sent refused the request: Invalid API key \[item 0\]\. .*Check the credential/,
				),
				details: { code: 'AUTH_002', httpCode: 401, outcome: 'rejected' },
			});
			expect(others[18]).toMatchObject({
				error: expect.stringContaining('Not sent, because the run had to stop'),
				details: { outcome: 'not_sent' },
			});
			expect(others).toHaveLength(19);
			expect((await sent.requests()).length).toBeLessThanOrEqual(2);
		});
	});

	it('is not waited for when Sent has locked it for longer than the user wants', async () => {
		await withSent(engine, async (sent) => {
			const credential = { apiKey: 'wrong' };
			for (let time = 0; time < 10; time++) await sent.run('send', message, { credential });
			const run = await sent.run('send', message, { credential });
			expect(run.error?.message).toContain('Sent asked to wait for 15 min');
		});
	});
});
