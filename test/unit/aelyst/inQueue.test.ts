import { aelystApi } from '../../../nodes/Aelyst/api';
import { DeliveryFailure } from '../../../nodes/delivery/http/outcome';
import { readPolicy } from '../../../nodes/delivery/pace/policy';
import { type DeliveryContext, Transport } from '../../../nodes/delivery/http/transport';

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
async function transportTo(answers: object[], options: object = {}) {
	const request = jest.fn(async () => answers.shift());
	const context = {
		getCredentials: async () => ({ accessToken: Math.random(), baseUrl: 'https://a.example' }),
		getExecutionCancelSignal: () => undefined,
		helpers: { httpRequestWithAuthentication: request },
	} as unknown as DeliveryContext;
	const transport = await Transport.open(context, aelystApi, readPolicy({ ...options }));
	const send = async () =>
		await transport.send({ method: 'POST', url: '/contact/id:1/message' }, { kind: 'send' }).then(
			({ body }) => body,
			(error: unknown) => error,
		);
	return { request, send };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('a contact that is in queue is tried again every half minute, until it is not', async () => {
	const { request, send } = await transportTo([inQueue, inQueue, accepted]);
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
	const { request, send } = await transportTo(Array(100).fill(inQueue));
	const sending = send();
	await jest.advanceTimersByTimeAsync(400_000);
	const failure = await sending;
	expect(failure).toBeInstanceOf(DeliveryFailure);
	expect(failure).toMatchObject({
		message: expect.stringContaining('Aelyst asked to wait for 30 s: Your request cannot be'),
		cure: expect.stringContaining('safe to send again later'),
		details: { code: '449', httpCode: 449, outcome: 'rejected', retryAfterMs: 30_000 },
	});
	// At once, and then every half minute for five minutes.
	expect(request.mock.calls.length).toBeGreaterThanOrEqual(10);
	expect(request.mock.calls.length).toBeLessThanOrEqual(11);
});

it('a Retry-After counts for more than the words', async () => {
	const soon = { ...inQueue, headers: { 'retry-after': '2' } };
	const { request, send } = await transportTo([soon, accepted]);
	const sending = send();
	await jest.advanceTimersByTimeAsync(3_000);
	expect(await sending).toEqual({ messageId: 1262965213 });
	expect(request).toHaveBeenCalledTimes(2);
});
