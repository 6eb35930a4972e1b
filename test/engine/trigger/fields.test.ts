import { createHmac } from 'node:crypto';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import * as birdDemo from '../../../sandbox/vendors/bird/demo';
import { differences, leaves } from '../fields/observe';
import { planFor } from '../fields/plan';
import { byId, type Knowledge } from '../fields/values';
import { type Engine, loadEngine } from '../support/engine';
import { openSandbox, type VendorSandbox } from '../support/sandbox';
import { birdEvent, post, type Post, READY, SHARED_SECRET, TRIGGER, URL_OF_HOOK } from './support';

/**
 * Every field of the trigger changes what is registered at the vendor, or what becomes of one of
 * these deliveries.
 */

let engine: Engine;
beforeAll(async () => void (engine = await loadEngine()));

interface VendorCase extends Knowledge {
	/** Of which kinds everything that the vendor can send has one. */
	posts: Post[];
}

const now = Math.floor(Date.now() / 1000);
const longAgo = now - 600;
const signed = (vendor: string, body: object, at?: number): Post => ({
	body,
	headers: { 'content-type': 'application/json', ...READY[vendor].sign(JSON.stringify(body), at) },
});
/** All of them, and each alone. */
const eachOf = (...all: string[]) => [all, ...all.map((one) => [one])];

const BIRD_STATUSES = {
	accepted: 'accepted',
	processing: 'queued',
	scheduled: 'scheduled',
	sent: 'sent',
	delivered: 'delivered',
	delivery_failed: 'failed',
	rejected: 'rejected',
	deleted: 'canceled',
	never_heard_of: 'unknown',
};
const INTERACTIONS = [
	'clicked',
	'conversion',
	'delete-request',
	'invalid',
	'opened',
	'reaction',
	'read',
	'reported-as-spam',
	'subscribe-consent',
	'subscribe-request',
	'unsubscribe-request',
];
const SENT_STATUSES = {
	QUEUED: 'queued',
	SCHEDULED: 'scheduled',
	SENT: 'sent',
	DELIVERED: 'delivered',
	READ: 'read',
	FAILED: 'failed',
	BLOCKED: 'rejected',
	CANCELLED: 'canceled',
	NEVER_HEARD_OF: 'unknown',
};
const GENERIC_STATUSES = [...new Set([...Object.values(BIRD_STATUSES), 'read'])];

const sentMessage = (status: string) => ({
	field: 'message',
	event: `message.${status.toLowerCase()}`,
	timestamp: '2026-05-28T20:26:40Z',
	payload: { message_id: 'm1', message_status: status, channel: 'sms' },
});
const aelystMessage = (event_type: string, source: string) => ({
	event_type,
	event_id: 'e1',
	message: { messageId: 1 },
	sender: { source },
});
const genericPost = (body: object, sign: (body: string) => Record<string, string>): Post => ({
	body,
	headers: { 'content-type': 'application/json', ...sign(JSON.stringify(body)) },
});
const hmac = (
	body: string,
	algorithm = 'sha256',
	encoding: 'hex' | 'base64' | 'base64url' = 'hex',
) => createHmac(algorithm, SHARED_SECRET).update(body).digest(encoding);
/** Its signature has a + or a /, by which the two kinds of base64 differ. */
const delivered = { messageId: 'm1', status: 'delivered', n: 1 };

/** Whoever posts JSON with a secret or a signature. */
const bySecret: VendorCase = {
	posts: [
		...[
			[
				...GENERIC_STATUSES.map((status) => ({ messageId: 'm1', status })),
				{ messageId: 'm2', direction: 'incoming', text: 'Hi' },
				{ hello: 'world' },
				{ messageId: 'm3', status: 'DELIVRD' },
				{ ...delivered, data: { message: { status: 'read', way: 'in', at: 1_780_000_000 } } },
			],
			{ challenge: 'one', other_challenge: 'two' },
		].flatMap((body) => [
			genericPost(body, (text) => ({ 'X-Sig': hmac(text) })),
			genericPost(body, () => ({ 'X-Sig': SHARED_SECRET })),
		]),
		genericPost(delivered, () => ({ 'X-Other': SHARED_SECRET })),
		genericPost(delivered, (body) => ({ 'X-Other': hmac(body) })),
		genericPost(delivered, (body) => ({ 'X-Sig': `sha256=${hmac(body)}` })),
		...[now, longAgo].map((time) =>
			genericPost(delivered, (body) => ({
				'X-Sig': hmac(`${time}.${body}`),
				'X-Timestamp': String(time),
			})),
		),
		...['sha1', 'sha512'].map((algorithm) =>
			genericPost(delivered, (body) => ({ 'X-Sig': hmac(body, algorithm) })),
		),
		...(['base64', 'base64url'] as const).map((encoding) =>
			genericPost(delivered, (body) => ({ 'X-Sig': hmac(body, 'sha256', encoding) })),
		),
	],
	companions: { 'options.maxAge': { timestampHeader: 'X-Timestamp' } },
	values: {
		challengeField: ['challenge', 'other_challenge'],
		events: eachOf('message.status', 'message.received', 'other'),
		headerName: ['X-Sig', 'X-Other'],
		statuses: eachOf(...GENERIC_STATUSES),
		'mapping.direction': ['data.message.way', 'data.message.none'],
		'mapping.occurredAt': ['data.message.at', 'data.message.none'],
		'options.maxAge': [300, 3600],
	},
};

const CASES: Record<string, VendorCase> = {
	bird: {
		posts: [
			signed('bird', [
				...Object.keys(BIRD_STATUSES).map((status) => birdEvent(status)),
				...INTERACTIONS.map((type) => ({
					service: 'channels',
					event: 'sms.interaction',
					payload: { id: type, messageId: 'm1', type },
				})),
			]),
			signed('bird', birdEvent('delivered'), longAgo),
		],
		values: {
			events: eachOf('sms.outbound', 'sms.interaction'),
			channelId: [byId(''), byId(birdDemo.smsChannelId)],
			statuses: eachOf(...Object.values(BIRD_STATUSES)),
			'options.interactions': eachOf(...INTERACTIONS),
			'options.maxAge': [86_400, 300],
		},
	},
	sent: {
		posts: [
			signed('sent', [
				...Object.keys(SENT_STATUSES).map(sentMessage),
				...['channel', 'contact', 'link', 'templates'].map((field) => ({
					field,
					event: `${field}.changed`,
					payload: {},
				})),
				{ ...sentMessage('RECEIVED'), event: 'message.received' },
			]),
			signed('sent', sentMessage('DELIVERED'), longAgo),
		],
		values: {
			events: eachOf(
				'message.status',
				'message.received',
				'channel',
				'contact',
				'link',
				'templates',
			),
			statuses: eachOf(...Object.values(SENT_STATUSES)),
			'options.maxAge': [300, 3600],
		},
	},
	aelyst: {
		posts: [
			signed('aelyst', aelystMessage('message.received', 'user')),
			signed('aelyst', aelystMessage('message.sent', 'user')),
			signed('aelyst', aelystMessage('message.sent', 'api')),
			signed('aelyst', { event_type: 'contact.created', event_id: 'e2' }),
		],
		values: { events: eachOf('message.received', 'message.sent', 'other') },
	},
	conduit: bySecret,
	votel: bySecret,
	generic: bySecret,
};

/** Registers, removes and posts, and says what came of it. */
async function observe(vendor: string, parameters: INodeParameters, sandbox?: VendorSandbox) {
	const before = (await sandbox?.vendor.requests())?.length;
	if (sandbox) {
		const staticData: IDataObject = {};
		const node = { type: TRIGGER, parameters };
		const options = { node, credentials: sandbox.credentials, webhookUrl: URL_OF_HOOK, staticData };
		await engine.hook('create', options);
		await engine.hook('delete', options);
	}
	const requests = (await sandbox?.vendor.requests(before)) ?? [];
	const outcomes: object[] = [];
	for (const one of CASES[vendor].posts) {
		const { status, body, workflowData } = await post(engine, vendor, {
			...one,
			parameters: parameters as IDataObject,
		});
		outcomes.push({ status, body, workflowData });
	}
	const seen = { requests: requests.map(({ path, body }) => ({ path, body })), outcomes };
	return { seen: leaves(JSON.parse(JSON.stringify(seen))) };
}

it('knows all vendors of the trigger', () => {
	const [{ options }] = engine.description(TRIGGER).properties;
	const values = (options as Array<{ value: string }>).map(({ value }) => value);
	expect(Object.keys(CASES).sort()).toEqual(values.sort());
});

describe.each(Object.keys(CASES))('%s', (vendor) => {
	let sandbox: VendorSandbox | undefined;
	beforeAll(async () => {
		if (vendor === 'bird' || vendor === 'sent') {
			sandbox = await openSandbox(vendor);
			await sandbox.vendor.limit({ requests: null });
		}
	});
	afterAll(async () => await sandbox?.close());

	it('has no field that changes nothing', async () => {
		const known = {
			...CASES[vendor],
			values: { simplify: [true, false], ...CASES[vendor].values },
		};
		const { variations } = planFor(engine.description(TRIGGER), { vendor }, known);
		expect(variations.length).toBeGreaterThan(0);
		const seen = new Map<string, ReturnType<typeof observe>>();
		const observed = (parameters: INodeParameters, time = '') => {
			const key = `${time}${JSON.stringify(parameters)}`;
			const known = seen.get(key) ?? observe(vendor, parameters, sandbox);
			seen.set(key, known);
			return known;
		};
		const same: string[] = [];
		for (const { field, path, alternatives } of variations) {
			expect([path, alternatives.length]).not.toEqual([path, 1]);
			const [first] = alternatives;
			const again = differences(await observed(first), await observed(first, 'again'));
			const unsteady = new Set(again);
			for (const [at, one] of alternatives.entries()) {
				for (const other of alternatives.slice(at + 1)) {
					const leafs = differences(await observed(one), await observed(other));
					if (leafs.every((leaf) => unsteady.has(leaf))) {
						same.push(`${field} (${path}): ${at} and ${alternatives.indexOf(other)}`);
					}
				}
			}
		}
		expect(same).toEqual([]);
	}, 60_000);
});
