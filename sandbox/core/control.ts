import { randomUUID } from 'node:crypto';

import { type Request, type Response, Router, json } from 'express';
import { z } from 'zod';

import { ControlError } from './controlError';
import type { Desk } from './desk';
import { type FaultName, afterFaults, beforeFaults } from './faults';

const faultSchema = z.object({
	vendor: z.string(),
	fault: z
		.enum([...beforeFaults, ...afterFaults])
		.or(z.string().regex(/^[45]\d\d$/, 'not a known fault')) as z.ZodType<FaultName>,
	count: z.number().int().positive().optional(),
	skip: z.number().int().nonnegative().optional(),
	everyNth: z.number().int().positive().optional(),
	operationId: z.string().optional(),
	retryAfter: z.number().nonnegative().optional(),
	delayMs: z.number().nonnegative().optional(),
	location: z.string().optional(),
	afterAccept: z.boolean().optional(),
});
const limitSchema = z.object({
	vendor: z.string(),
	rule: z.string().optional(),
	requests: z.number().int().positive().nullable(),
	perMs: z.number().positive().default(1000),
	retryAfter: z.number().nonnegative().optional(),
});
const latencySchema = z.object({ vendor: z.string(), ms: z.number().nonnegative() });
const delaySchema = z.object({
	vendor: z.string(),
	delays: z.record(z.number().nonnegative().nullable()),
});
const settingSchema = z
	.object({ vendor: z.string() })
	.catchall(z.union([z.boolean(), z.number(), z.string()]));
const webhookSchema = z
	.object({ vendor: z.string(), url: z.string().url(), secret: z.string() })
	.catchall(z.unknown());
const advanceSchema = z.object({
	vendor: z.string(),
	messageId: z.string().optional(),
	status: z.string().optional(),
});
const simulateSchema = z.object({ vendor: z.string(), what: z.string() }).catchall(z.unknown());
const resetSchema = z.object({ vendor: z.string().optional() });

/** What tests, benches and curious people use to look into the sandbox and to make things happen. */
export function controlRouter(desks: Map<string, Desk>): Router {
	const router = Router();
	router.use(json({ type: () => true, limit: '10mb' }));

	const deskOf = (vendor: unknown): Desk => {
		const desk = desks.get(String(vendor));
		if (!desk)
			throw new ControlError(404, `no such vendor; there are ${[...desks.keys()].join(', ')}`);
		return desk;
	};
	const desksOf = ({ query }: Request): Desk[] =>
		query.vendor === undefined ? [...desks.values()] : [deskOf(query.vendor)];
	const act =
		<T>(schema: z.ZodType<T, z.ZodTypeDef, unknown>, action: (input: T) => unknown) =>
		(request: Request, response: Response): void => {
			const input = schema.safeParse(request.body ?? {});
			if (!input.success) {
				const [{ path, message } = { path: [], message: 'malformed' }] = input.error.issues;
				throw new ControlError(400, `${path.join('.') || 'body'}: ${message}`);
			}
			response.json(action(input.data) ?? { ok: true });
		};

	router.get('/messages', (request, response) => {
		const chosen = desksOf(request);
		const views = {
			messages: () => chosen.flatMap(({ ledger }) => ledger.list()),
			duplicates: () => chosen.flatMap(({ ledger }) => ledger.duplicates()),
			recipients: () => chosen.flatMap(({ ledger }) => ledger.recipients()),
		};
		const { only } = request.query;
		const wanted = Object.entries(views).filter(([name]) => only === undefined || only === name);
		response.json(Object.fromEntries(wanted.map(([name, list]) => [name, list()])));
	});
	router.get('/requests', (request, response) => {
		const after = Number(request.query.after ?? 0);
		response.json({ requests: desksOf(request).flatMap(({ journal }) => journal.list(after)) });
	});
	router.get('/stats', (request, response) => {
		const { stats, ledger } = deskOf(request.query.vendor);
		response.json(stats.report(ledger.size));
	});
	router.get('/webhooks', (request, response) => {
		const chosen = desksOf(request);
		response.json({
			targets: chosen.flatMap(({ webhooks }) => webhooks.list()),
			deliveries: chosen.flatMap(({ webhooks }) => webhooks.log()),
		});
	});
	router.get('/vendors', (_request, response) => {
		response.json({
			vendors: [...desks.values()].map(({ vendor, room, limits, faults, progress, contract }) => ({
				name: vendor.name,
				baseUrl: room.baseUrl,
				credentials: vendor.credentials,
				access: vendor.access,
				settings: room.settings,
				limits: limits.current(),
				delays: progress.currentDelays(),
				faults: faults.list(),
				operations: contract.operationIds,
				statuses: vendor.statuses?.names ?? [],
				simulations: Object.keys(vendor.simulate ?? {}),
			})),
		});
	});

	router.post(
		'/faults',
		act(faultSchema, ({ vendor, ...fault }) => {
			const { faults, contract } = deskOf(vendor);
			if (fault.operationId !== undefined && !contract.operationIds.includes(fault.operationId)) {
				throw new ControlError(400, `operationId: one of ${contract.operationIds.join(', ')}`);
			}
			faults.arm(fault);
		}),
	);
	router.delete('/faults', (request, response) => {
		for (const { faults } of desksOf(request)) faults.clear();
		response.json({ ok: true });
	});
	router.put(
		'/limits',
		act(limitSchema, ({ vendor, rule, ...limit }) => {
			const { limits } = deskOf(vendor);
			if (!limits.override(limit, rule)) {
				const names = limits.current().map(({ name }) => name);
				throw new ControlError(400, `rule: one of ${names.join(', ')}`);
			}
			return { limits: limits.current() };
		}),
	);
	router.put(
		'/latency',
		act(latencySchema, ({ vendor, ms }) => {
			deskOf(vendor).latencyMs = ms;
		}),
	);
	router.put(
		'/delays',
		act(delaySchema, ({ vendor, delays }) => {
			const { progress, vendor: brand } = deskOf(vendor);
			const known = brand.statuses?.names ?? [];
			const unknown = Object.keys(delays).filter((status) => !known.includes(status));
			if (unknown.length > 0) {
				throw new ControlError(
					400,
					`${unknown.join(', ')}: no such status; there are ${known.join(', ')}`,
				);
			}
			for (const [status, ms] of Object.entries(delays)) progress.delay(status, ms);
			return { delays: progress.currentDelays() };
		}),
	);
	router.put(
		'/settings',
		act(settingSchema, ({ vendor, ...settings }) => {
			const desk = deskOf(vendor);
			const problem = desk.configure(settings);
			if (problem !== undefined) throw new ControlError(400, problem);
			return { settings: desk.room.settings };
		}),
	);
	router.post(
		'/webhooks',
		act(webhookSchema, ({ vendor, url, secret, ...details }) => {
			const desk = deskOf(vendor);
			const known = desk.vendor.webhooks?.manualDetails ?? [];
			const unknown = Object.keys(details).filter((name) => !known.includes(name));
			if (!desk.vendor.webhooks) throw new ControlError(400, 'vendor: sends no webhooks');
			if (unknown.length > 0) {
				throw new ControlError(
					400,
					`${unknown.join(', ')}: unknown; there are ${known.join(', ')}`,
				);
			}
			const target = { id: randomUUID(), url, secret, details };
			desk.webhooks.add(target);
			return target;
		}),
	);
	router.delete('/webhooks/:id', ({ params }, response) => {
		const found = [...desks.values()].some(({ webhooks }) => webhooks.remove(params.id));
		if (!found) throw new ControlError(404, 'no such target');
		response.json({ ok: true });
	});
	router.post(
		'/advance',
		act(advanceSchema, ({ vendor, messageId, status }) => {
			const { progress, ledger, vendor: brand } = deskOf(vendor);
			const known = brand.statuses?.names ?? [];
			if (status !== undefined && !known.includes(status)) {
				throw new ControlError(400, `status: one of ${known.join(', ')}`);
			}
			if (messageId !== undefined && !ledger.has(messageId) && !progress.has(messageId)) {
				throw new ControlError(404, 'messageId: no such message');
			}
			return { advanced: progress.advance(messageId, status) };
		}),
	);
	router.post(
		'/simulate',
		act(simulateSchema, ({ vendor, what, ...input }) => {
			const desk = deskOf(vendor);
			const known = desk.vendor.simulate ?? {};
			const simulation = known[what];
			if (!simulation) {
				throw new ControlError(400, `what: one of ${Object.keys(known).join(', ') || '(none)'}`);
			}
			return simulation(desk.room, input);
		}),
	);
	router.post(
		'/reset',
		act(resetSchema, ({ vendor }) => {
			const chosen = vendor === undefined ? [...desks.values()] : [deskOf(vendor)];
			for (const desk of chosen) desk.reset();
		}),
	);
	router.use((_request, response) => {
		response.status(404).json({ error: 'no such control; see sandbox/README.md' });
	});
	return router;
}
