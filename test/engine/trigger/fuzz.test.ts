import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { oddFields, type OddField, withOdd } from '../fuzz/fields';
import { oddJson, oddText } from '../fuzz/odd';
import { cases, tried } from '../fuzz/settings';
import { type Engine, loadEngine } from '../support/engine';
import { READY, SECRETS, TRIGGER } from './support';

/** Of all cases, those of one vendor: posts cost little, so they are more than half. */
const SHARE = 0.55 / 6;
const FEW = 60;

let engine: Engine;
beforeAll(async () => void (engine = await loadEngine()));

/** How a stranger, or the vendor, signs what is posted. */
type Signing = 'right' | 'stale' | 'flipped' | 'of another body' | 'none' | 'odd' | 'of another';

interface Case {
	body: { kind: 'event' | 'other' | 'odd' | 'bytes' | 'changed'; json: unknown; bytes: Uint8Array };
	signing: Signing;
	at: number;
	headers: Record<string, string>;
	query: Record<string, unknown>;
	remembered: 'right' | 'nothing' | 'odd';
	fields: OddField[];
	bytes: 'there' | 'to be read' | 'broken off';
}

const SIGNINGS: Signing[] = [
	'right',
	'right',
	'right',
	'stale',
	'flipped',
	'of another body',
	'none',
	'odd',
	'of another',
];

function bodyOf(vendor: string, { body }: Case): Buffer {
	const { event, other } = READY[vendor];
	const json = JSON.stringify;
	switch (body.kind) {
		case 'event':
			return Buffer.from(json(event));
		case 'other':
			return Buffer.from(json(other));
		case 'odd':
			return Buffer.from(json(body.json) ?? '');
		case 'bytes':
			return Buffer.from(body.bytes);
		case 'changed': {
			// The same keys, with something else below one of them.
			const changed = structuredClone(event) as Record<string, unknown>;
			const names = Object.keys(changed);
			changed[names[body.bytes.length % names.length]] = body.json;
			return Buffer.from(json(changed));
		}
	}
}

function headersOf(vendor: string, one: Case, raw: Buffer): Record<string, string> {
	const { sign } = READY[vendor];
	switch (one.signing) {
		case 'right':
			return sign(raw);
		case 'stale':
			return sign(raw, 1_500_000_000);
		case 'of another body':
			return sign(Buffer.concat([raw, Buffer.from(' ')]));
		case 'of another':
			return READY[vendor === 'bird' ? 'sent' : 'bird'].sign(raw);
		case 'flipped': {
			const headers = sign(raw);
			const names = Object.keys(headers);
			const name = names[one.at % names.length];
			const at = one.at % headers[name].length;
			const flipped = headers[name].charCodeAt(at) === 120 ? 'y' : 'x';
			headers[name] = headers[name].slice(0, at) + flipped + headers[name].slice(at + 1);
			return headers;
		}
		case 'odd': {
			const names = Object.keys(sign(raw));
			return Object.fromEntries(names.map((name) => [name, String(one.headers.odd ?? '')]));
		}
		case 'none':
			return {};
	}
}

/** Only a signature over these bytes counts; where time is not signed, a stale one is as good. */
function isSigned(vendor: string, { signing, fields }: Case): boolean {
	const anyAge = fields.some(({ path }) => path === 'options.maxAge');
	const isTimeSigned = ['bird', 'sent'].includes(vendor) && !anyAge;
	return signing === 'right' || (signing === 'stale' && !isTimeSigned);
}

/** One request as n8n hands it to the node, and what it gets. */
async function post(vendor: string, one: Case, count: number) {
	const ready = READY[vendor];
	const raw = bodyOf(vendor, one);
	const given = { ...one.headers, ...headersOf(vendor, one, raw) };
	const headers = Object.fromEntries(
		Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]),
	);
	const answer = {
		status: 0,
		body: undefined as unknown,
		headersSent: false,
		writableEnded: false,
	};
	const end = (body?: unknown) => {
		if (body !== undefined) answer.body = body;
		answer.headersSent = true;
		answer.writableEnded = true;
		return response;
	};
	const response = Object.assign(answer, {
		status: (status: number) => {
			answer.status = status;
			return response;
		},
		send: end,
		json: end,
		end: () => end(),
	});
	const request = {
		method: 'POST',
		headers,
		query: one.query,
		body: {},
		rawBody: one.bytes === 'there' ? raw : undefined,
		readRawBody: async () => {
			if (one.bytes === 'broken off') throw new Error('aborted');
			request.rawBody = raw;
		},
	};
	const staticData: IDataObject = {
		right: ready.staticData(),
		nothing: {},
		odd: { ...ready.staticData(), ...(one.body.json as IDataObject) },
	}[one.remembered];
	const handled = await engine.receive(
		{
			node: {
				type: TRIGGER,
				id: `node-${count}`,
				parameters: withOdd(ready.parameters, one.fields),
			},
			credentials: ready.credentials,
			staticData,
		},
		request as never,
		response as never,
	);
	return { ...handled, ...answer };
}

describe.each(Object.keys(READY))('fuzz of webhooks of %s', (vendor) => {
	it(
		'starts nothing without a valid signature, and never throws',
		async () => {
			const odd = oddFields(engine.description(TRIGGER), '').map((fields) =>
				fields.filter(({ path }) => path !== 'vendor'),
			);
			const cased: fc.Arbitrary<Case> = fc.record({
				body: fc.record({
					kind: fc.constantFrom<Case['body']['kind']>(
						'event',
						'event',
						'other',
						'odd',
						'bytes',
						'changed',
						'changed',
					),
					json: oddJson,
					bytes: fc.uint8Array({ maxLength: 60 }),
				}),
				signing: fc.constantFrom(...SIGNINGS),
				at: fc.nat(),
				headers: fc.record(
					{
						odd: oddText,
						'content-type': fc.constantFrom('application/json', 'text/plain', 'odd'),
						'x-webhook-event-id': oddText,
					},
					{ requiredKeys: [] },
				),
				query: fc.record({ token: oddJson, challenge: oddText }, { requiredKeys: [] }),
				remembered: fc.constantFrom<Case['remembered']>(
					'right',
					'right',
					'right',
					'nothing',
					'odd',
				),
				fields: odd,
				bytes: fc.constantFrom<Case['bytes']>('there', 'there', 'to be read', 'broken off'),
			});
			let count = 0;
			await tried(
				`webhooks of ${vendor}`,
				fc.asyncProperty(cased, async (one) => {
					count += 1;
					engine.logs.length = 0;
					const { status, body, workflowData, error } = await post(vendor, one, count);
					expect(error).toBeUndefined();
					expect([200, 400, 401]).toContain(status);
					const told = JSON.stringify([body, engine.logs]);
					for (const secret of SECRETS) expect(told).not.toContain(secret);
					if (!isSigned(vendor, one)) {
						expect(workflowData).toBeUndefined();
						expect([400, 401]).toContain(status);
						expect(['Unauthorized', 'Bad Request']).toContain(body);
					}
					const isReady = one.fields.length === 0 && one.remembered === 'right';
					if (isReady && one.signing === 'right' && one.bytes !== 'broken off') {
						expect(status).not.toBe(401);
						if (one.body.kind === 'event') expect(workflowData?.flat()).toHaveLength(1);
						if (one.body.kind === 'other') expect(workflowData).toBeUndefined();
					}
				}),
				{ numRuns: cases(FEW, SHARE) },
			);
		},
		24 * 60 * 60_000,
	);
});
