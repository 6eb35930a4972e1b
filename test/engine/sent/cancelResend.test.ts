import type { IDataObject } from 'n8n-workflow';

import { loadEngine, type Engine } from '../support/engine';
import { minutesAhead, phone, retries, withSent, type SentBench } from './support';

let engine: Engine;
beforeAll(async () => void (engine = await loadEngine()));

const NOBODY = '00000000-0000-4000-8000-000000000000';
const FILTERED = '+12025550133';
const BLOCKED = '+12025550134';

async function sendOne(sent: SentBench, more: IDataObject = {}): Promise<string> {
	const run = await sent.run('send', { recipients: phone(0), text: 'Hello 👋', ...more });
	return String(run.json[0][0].messageId);
}

const later = () => ({ options: { scheduledAt: minutesAhead(60) } });
const statusOf = async (sent: SentBench, messageId: string) =>
	(await sent.run('get', { messageId, includeActivities: false })).json[0][0].providerStatus;
const attempts = async (sent: SentBench) => (await sent.messages()).length;

describe('Cancel Message', () => {
	it('calls a scheduled message off', async () => {
		await withSent(engine, async (sent) => {
			const messageId = await sendOne(sent, later());
			const run = await sent.run('cancel', { messageId });
			expect(run.error).toBeUndefined();
			expect((await sent.seen())[1]).toMatchObject({
				method: 'POST',
				path: `/v3/messages/${messageId}/cancel`,
			});
			expect(run.json[0]).toMatchObject([
				{
					messageId,
					provider: 'sent',
					recipient: phone(0),
					status: 'canceled',
					providerStatus: 'CANCELLED',
					text: 'Hello 👋',
				},
			]);
			expect(await statusOf(sent, messageId)).toBe('CANCELLED');
		});
	});

	it("gives Sent's answer untouched without Simplify", async () => {
		await withSent(engine, async (sent) => {
			const messageId = await sendOne(sent, later());
			const run = await sent.run('cancel', { messageId, simplify: false });
			expect(run.json[0]).toMatchObject([
				{ success: true, data: { id: messageId, status: 'CANCELLED' } },
			]);
		});
	});

	it('says that only what is scheduled can be canceled', async () => {
		await withSent(engine, async (sent) => {
			const messageId = await sendOne(sent);
			const { error } = await sent.run('cancel', { messageId });
			expect(error?.message).toContain('Only a scheduled message can be cancelled (QUEUED)');
			expect(error?.description).toContain('whose time has not come');
			expect(error).toMatchObject({ httpCode: '422' });
		});
	});

	it.each(['reset-before', 'reset-after'] as const)(
		'is tried again after %s, and done',
		async (fault) => {
			await withSent(engine, async (sent) => {
				const messageId = await sendOne(sent, later());
				await sent.fault({ fault, operationId: 'cancelMessage' });
				const run = await sent.run('cancel', { messageId });
				expect(run.json[0]).toMatchObject([{ messageId, status: 'canceled' }]);
				const keys = (await sent.keys()).slice(1);
				expect(keys).toHaveLength(2);
				expect(new Set(keys).size).toBe(1);
			});
		},
	);

	it('does not claim to know what nobody knows', async () => {
		await withSent(engine, async (sent) => {
			const messageId = await sendOne(sent, later());
			await sent.fault({ fault: 'garbage', operationId: 'cancelMessage' });
			const run = await sent.run('cancel', { messageId }, { onError: 'continueRegularOutput' });
			expect(run.json[0]).toMatchObject([
				{
					error: expect.stringMatching(/unknown whether it was done .*Doing it again does no harm/),
					details: { outcome: 'unknown' },
				},
			]);
		});
	});
});

describe('Resend Message', () => {
	it('sends a finished message once more, under its ID', async () => {
		await withSent(engine, async (sent) => {
			const messageId = await sendOne(sent);
			await sent.advance({ messageId, status: 'FAILED' });
			const run = await sent.run('resend', { messageId });
			expect(run.error).toBeUndefined();
			expect((await sent.seen())[1]).toMatchObject({
				method: 'POST',
				path: `/v3/messages/${messageId}/resend`,
			});
			expect(run.json[0]).toEqual([
				{
					messageId,
					provider: 'sent',
					channel: null,
					recipient: phone(0),
					status: 'queued',
					providerStatus: 'QUEUED',
					sentAt: expect.stringMatching(/^\d{4}-/),
					reference: null,
				},
			]);
			expect(await attempts(sent)).toBe(2);
		});
	});

	it.each([
		['a message on its way', phone(0), undefined, '(QUEUED)'],
		['one that was filtered', FILTERED, 'FILTERED', '(FILTERED)'],
	])('never sends %s', async (_what, recipients, status, said) => {
		await withSent(engine, async (sent) => {
			const messageId = await sendOne(sent, { recipients });
			if (status) await sent.advance({ messageId, status });
			const { error } = await sent.run('resend', { messageId });
			expect(error?.message).toContain(said);
			expect(error?.description).toContain('One that was filtered never can');
			expect(await attempts(sent)).toBe(1);
		});
	});

	it('sends what was blocked for want of balance', async () => {
		await withSent(engine, async (sent) => {
			const messageId = await sendOne(sent, { recipients: BLOCKED });
			await sent.advance({ messageId });
			expect(await statusOf(sent, messageId)).toBe('BLOCKED');
			const run = await sent.run('resend', { messageId });
			expect(run.json[0]).toMatchObject([{ messageId, status: 'queued' }]);
		});
	});

	it('sends it once, whatever happens to the connection and however often n8n tries', async () => {
		await withSent(engine, async (sent) => {
			const messageId = await sendOne(sent);
			await sent.advance({ messageId, status: 'FAILED' });
			await sent.fault({ fault: 'reset-after', operationId: 'resendMessage' });
			const items = [{ id: messageId }, { id: NOBODY }];
			const resend = { messageId: '={{ $json.id }}', options: { maxInFlight: 1 } };
			const run = await sent.run('resend', resend, { items, ...retries });
			expect(run.error?.message).toContain('Message not found [item 1]');
			expect(await attempts(sent)).toBe(2);
		});
	});

	it('sends it once for an Idempotency Key of its own', async () => {
		await withSent(engine, async (sent) => {
			const messageId = await sendOne(sent);
			await sent.advance({ messageId, status: 'FAILED' });
			const options = { idempotencyKey: 'resend-1042' };
			await sent.run('resend', { messageId, options });
			const again = await sent.run('resend', { messageId, options });
			expect(again.json[0]).toMatchObject([{ messageId, replayed: true }]);
			expect(await attempts(sent)).toBe(2);
		});
	});
});

describe.each([
	['cancel', 'Cancel Message'],
	['resend', 'Resend Message'],
])('%s', (operation, name) => {
	it.each([
		['an account that lacks it', true],
		['a message that is not there', false],
	])('explains the 404 of %s', async (_what, isThere) => {
		await withSent(engine, async (sent) => {
			const messageId = isThere ? await sendOne(sent, later()) : NOBODY;
			if (isThere) await sent.settings({ newestEndpoints: false });
			const { error } = await sent.run(operation, { messageId });
			expect(error).toMatchObject({ httpCode: '404' });
			expect(error?.description).toContain('Look for the message with Get Message.');
			expect(error?.description).toContain(`this account lacks ${name}`);
		});
	});

	it('wants the ID of a message', async () => {
		await withSent(engine, async (sent) => {
			const { error } = await sent.run(operation, { messageId: phone(0) });
			expect(error?.message).toContain('Message ID "+447700900400"');
			expect(await sent.seen()).toEqual([]);
		});
	});
});
