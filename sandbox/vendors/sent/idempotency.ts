import { setTimeout as pause } from 'node:timers/promises';

import type { Answer, Operation } from '../../core/vendor';
import { fail } from './answers';
import type { State } from './state';

const keptMs = 24 * 3600_000;

/**
 * Answers a second request with the same Idempotency-Key as the first one was answered, whatever
 * it says. Only 2xx answers are kept: after a refusal the key may be used again.
 */
export const idempotent =
	(operation: Operation<State>): Operation<State> =>
	async (call) => {
		const key = call.headers['idempotency-key'];
		if (key === undefined) return operation(call);
		if (call.room.settings.idempotencyDown === true) {
			return fail('SERVICE_001', 'The idempotency service is not available');
		}
		const { replays } = call.state;
		const name = [call.identity.account, call.method, call.path, key].join(' ');

		const earlier = replays.get(name);
		if (earlier && !earlier.answer) {
			return fail('CONFLICT_001', 'A request with this Idempotency-Key is in progress');
		}
		if (earlier?.answer && call.receivedAt - earlier.at < keptMs) return replay(earlier.answer);

		const current = { at: call.receivedAt };
		replays.set(name, current);
		try {
			// Without a moment of work no second request could ever meet the first one.
			await pause(Number(call.room.settings.idempotencyBusyMs));
			const answer = await operation(call);
			if (answer.status < 300) Object.assign(current, { answer });
			else replays.delete(name);
			return answer;
		} catch (error) {
			replays.delete(name);
			throw error;
		}
	};

const replay = (answer: Answer): Answer => ({
	...answer,
	headers: {
		...answer.headers,
		'idempotent-replayed': 'true',
		'x-original-request-id': answer.headers?.['x-request-id'] ?? '',
	},
});
