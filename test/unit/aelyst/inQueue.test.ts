import type { Logger } from 'n8n-workflow';

import { aelystApi } from '../../../nodes/Aelyst/api';
import type { ExchangeContext } from '../../../nodes/delivery/http/exchange';
import { DeliveryFailure } from '../../../nodes/delivery/http/outcome';
import { Transport } from '../../../nodes/delivery/http/transport';
import { accountOf } from '../../../nodes/delivery/pace/accounts';
import { readPolicy } from '../../../nodes/delivery/pace/policy';

/** The owner's example, which says minutes in words and nothing in Retry-After. */
const inQueue = {
	statusCode: 449,
	headers: {},
	body: {
		code: 449,
		message:
			'Your request cannot be processed at the moment as it is currently in queue. Please try again in a few minutes.',
	},
};
const accepted = { statusCode: 200, headers: {}, body: { messageId: 1262965213 } };

/** A transport to a vendor that gives these answers, each of them to one request. */
function transportTo(answers: object[], options: object = {}) {
	const request = jest.fn(async () => answers.shift());
	const context = {
		getExecutionCancelSignal: () => undefined,
		helpers: { httpRequestWithAuthentication: request },
	} as unknown as ExchangeContext;
	const policy = readPolicy({ ...options });
	const transport = new Transport({
		api: aelystApi,
		credentials: { accessToken: 'a token', baseUrl: 'https://a.example' },
		policy,
		account: accountOf(`account ${Math.random()}`).open({ maxInFlight: policy.maxInFlight }),
		settings: {},
		logger: console as unknown as Logger,
		onFailure: () => undefined,
	});
	const message = { method: 'POST', url: '/contact/id:1/message' } as const;
	const send = async () =>
		await transport.send(context, message, { kind: 'send' }).then(
			({ body }) => body,
			(error: unknown) => error,
		);
	return { request, send };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('a contact that is in queue is tried again every half minute, until it is not', async () => {
	const { request, send } = transportTo([inQueue, inQueue, accepted]);
	const sending = send();
	await jest.advanceTimersByTimeAsync(29_000);
	expect(request).toHaveBeenCalledTimes(1);
	await jest.advanceTimersByTimeAsync(2_000);
	expect(request).toHaveBeenCalledTimes(2);
	await jest.advanceTimersByTimeAsync(31_000);
	expect(await sending).toEqual({ messageId: 1262965213 });
	expect(request).toHaveBeenCalledTimes(3);
});

it('it is waited for no longer than Max Wait', async () => {
	const { request, send } = transportTo(Array(100).fill(inQueue));
	const sending = send();
	await jest.advanceTimersByTimeAsync(400_000);
	const failure = await sending;
	expect(failure).toBeInstanceOf(DeliveryFailure);
	expect(failure).toMatchObject({
		message: expect.stringContaining('Aelyst asked to wait for 30 s: Your request cannot be'),
		cure: expect.stringContaining('safe to send again later'),
		details: { code: '449', httpCode: 449, outcome: 'not_sent', retryAfterMs: 30_000 },
	});
	// At once, and then every half minute for five minutes.
	expect(request.mock.calls.length).toBeGreaterThanOrEqual(10);
	expect(request.mock.calls.length).toBeLessThanOrEqual(11);
});

it('a Retry-After counts for more than the words', async () => {
	const soon = { ...inQueue, headers: { 'retry-after': '2' } };
	const { request, send } = transportTo([soon, accepted]);
	const sending = send();
	await jest.advanceTimersByTimeAsync(3_000);
	expect(await sending).toEqual({ messageId: 1262965213 });
	expect(request).toHaveBeenCalledTimes(2);
});
