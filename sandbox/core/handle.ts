import { setTimeout as pause } from 'node:timers/promises';

import type { Request, Response } from 'express';

import { ask } from './ask';
import { readBody } from './body';
import type { IncomingRequest } from './contract';
import type { Desk } from './desk';
import { faultAnswer, isAfterFault, spoil } from './faultAnswers';
import { maskSecrets } from './journal';
import { send } from './send';
import type { Call } from './vendor';

/** What a request meets on its way: bookkeeping, a fault, the vendor itself, the wait, the answer. */
export async function handle(desk: Desk, request: Request, response: Response): Promise<void> {
	const receivedAt = Date.now();

	const { rawBody, body, shown } = readBody(request);
	const incoming: IncomingRequest = {
		method: request.method,
		path: request.path,
		query: request.query as IncomingRequest['query'],
		headers: request.headers as IncomingRequest['headers'],
		body,
	};
	const route = desk.contract.match(incoming);
	const call: Call = {
		operationId: typeof route === 'string' ? '' : route.operationId,
		method: request.method,
		path: request.path,
		params: typeof route === 'string' ? {} : route.params,
		query: incoming.query,
		headers: request.headers,
		body,
		rawBody,
		receivedAt,
		identity: { account: '' },
		room: desk.room,
		state: desk.room.state,
	};
	const fault = desk.faults.strike(call.operationId);
	const record = desk.journal.add({
		vendor: desk.vendor.name,
		operationId: call.operationId,
		method: call.method,
		path: call.path,
		query: call.query,
		headers: maskSecrets(request.headers, desk.vendor.secretHeaders),
		body: shown,
		status: 0,
		...(fault && { fault: fault.fault }),
		arrivedAt: receivedAt,
	});

	let outcome;
	if (fault && !isAfterFault(fault)) outcome = faultAnswer(desk.vendor, fault);
	else {
		const answer = await ask(desk, call, route, incoming);
		outcome = fault ? await spoil(desk.vendor, fault, answer) : answer;
	}
	if (desk.latencyMs > 0) await pause(desk.latencyMs);
	if (outcome === 'silence') return;
	if (outcome === 'reset') return void request.socket.destroy();
	record.status = outcome.status;
	if (outcome.status === 429) desk.stats.refused();
	send(response, outcome);
}
