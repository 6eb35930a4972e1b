import { createHmac } from 'node:crypto';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import * as birdDemo from '../../../sandbox/vendors/bird/demo';
import { differences, leaves } from '../fields/observe';
import { planFor } from '../fields/plan';
import { byId, type Knowledge } from '../fields/values';
import { type Engine, loadEngine } from '../support/engine';
import { openSandbox, type VendorName, type VendorSandbox } from '../support/sandbox';
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

const longAgo = () => Math.floor(Date.now() / 1000) - 600;
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
const usual = (body: string) => ({ 'X-Sig': hmac(body) });
/** Its signature has a + or a /, by which the two kinds of base64 differ. */
const delivered = { messageId: 'm1', status: 'delivered', n: 1 };

const CASES: Record<string, VendorCase> = {
	bird: {
		posts: [
			...Object.keys(BIRD_STATUSES).map((status) => signed('bird', birdEvent(status))),
			...INTERACTIONS.map((type) =>
				signed('bird', {
					service: 'channels',
					event: 'sms.interaction',
					payload: { id: type, messageId: 'm1', type },
				}),
			),
			signed('bird', birdEvent('delivered'), longAgo()),
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
			...Object.keys(SENT_STATUSES).map((status) => signed('sent', sentMessage(status))),
			signed('sent', sentMessage('DELIVERED'), longAgo()),
			...['one', 'two'].map((token) => ({
				body: sentMessage('DELIVERED'),
				headers: { 'content-type': 'application/json' },
				query: { token },
			})),
			...['channel', 'contact', 'link', 'templates'].map((field) =>
				signed('sent', { field, event: `${field}.changed`, payload: {} }),
			),
			signed('sent', { ...sentMessage('RECEIVED'), event: 'message.received' }),
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
			'options.v1Token': ['one', 'two'],
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
	generic: {
		posts: [
			...GENERIC_STATUSES.map((status) => genericPost({ messageId: 'm1', status }, usual)),
			genericPost({ messageId: 'm2', direction: 'incoming', text: 'Hi' }, usual),
			genericPost({ hello: 'world' }, usual),
			genericPost({ messageId: 'm3', status: 'DELIVRD' }, usual),
			genericPost({ ...delivered, data: { message: { status: 'delivered' } } }, usual),
			genericPost({ challenge: 'one', other_challenge: 'two' }, usual),
			genericPost(delivered, () => ({ 'X-Sig': SHARED_SECRET })),
			genericPost(delivered, (body) => ({ 'X-Other': hmac(body) })),
			genericPost(delivered, (body) => ({ 'X-Sig': `sha256=${hmac(body)}` })),
			genericPost(delivered, (body) => ({
				'X-Sig': hmac(`${longAgo()}.${body}`),
				'X-Timestamp': String(longAgo()),
			})),
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
			'options.maxAge': [300, 3600],
		},
	},
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
	const outcomes = [];
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
			sandbox = await openSandbox(vendor as VendorName);
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
		const same: string[] = [];
		for (const { field, path, alternatives } of variations) {
			const [first] = alternatives;
			const observed = [];
			for (const one of alternatives) observed.push(await observe(vendor, one, sandbox));
			const again = await observe(vendor, first, sandbox);
			const unsteady = new Set(differences(observed[0], again));
			const isSame = (a: number, b: number) =>
				differences(observed[a], observed[b]).every((leaf) => unsteady.has(leaf));
			for (let a = 0; a < observed.length; a++) {
				for (let b = a + 1; b < observed.length; b++) {
					if (isSame(a, b)) same.push(`${field} (${path}): ${a} and ${b}`);
				}
			}
			expect(observed.length).toBeGreaterThan(1);
		}
		expect(same).toEqual([]);
	}, 60_000);
});
