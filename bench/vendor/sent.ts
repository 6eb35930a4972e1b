import { randomUUID } from 'node:crypto';

import type { Ledger } from './ledger';
import type { Answer, Call } from './vendor';

interface SentRequest {
	to: string[];
	channel?: string[];
	template?: { id?: string; name?: string };
}

/** Sent's POST /v3/messages as docs.sent.dm has it: who repeats a key gets the first answer again. */
export function sent({ method, path, body, idempotencyKey, ...call }: Call): Answer | undefined {
	if (method !== 'POST' || path !== '/v3/messages') return undefined;
	const known = idempotencyKey && call.answered.get(idempotencyKey);
	if (known) return known;
	const answer = accept(body as SentRequest, call.ledger);
	if (idempotencyKey) call.answered.set(idempotencyKey, answer);
	return answer;
}

function accept({ to, channel = ['sent'], template }: SentRequest, ledger: Ledger): Answer {
	for (const recipient of to) ledger.accept(recipient);
	return {
		status: 202,
		body: {
			success: true,
			data: {
				status: 'QUEUED',
				template_id: template?.id ?? null,
				template_name: template?.name ?? null,
				recipients: to.flatMap((recipient) =>
					channel.map((name) => ({
						message_id: randomUUID(),
						to: recipient,
						channel: name === 'sent' ? null : name,
						body: null,
					})),
				),
			},
			error: null,
			meta: {
				request_id: `req_${randomUUID()}`,
				timestamp: new Date().toISOString(),
				version: 'v3',
			},
		},
	};
}
