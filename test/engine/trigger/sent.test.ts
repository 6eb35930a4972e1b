import type { IDataObject } from 'n8n-workflow';

import type { Hook } from '../../../sandbox/vendors/sent/delivery';
import { type Engine, type HookOptions, loadEngine } from '../support/engine';
import { openSandbox, type VendorSandbox } from '../support/sandbox';
import { TRIGGER } from './support';

const URL_OF_HOOK = 'http://127.0.0.1:5678/webhook/1234/webhook';

let engine: Engine;
let sent: VendorSandbox;
beforeAll(async () => void (engine = await loadEngine()));
beforeEach(async () => {
	sent = await openSandbox('sent', { autoAdvance: false, webhookRetryMs: 20 });
	await sent.vendor.limit({ requests: null });
	engine.logs.splice(0);
});
afterEach(async () => await sent.close());

const parameters = {
	vendor: 'sent',
	events: ['message.status'],
	statuses: ['sent', 'delivered', 'failed'],
};

interface Stored extends IDataObject {
	webhookId: string;
	secret: string;
}

type Given = Partial<Omit<HookOptions, 'staticData'>> & { staticData?: Stored };

const trigger = ({ staticData = {} as Stored, ...more }: Given = {}, params: IDataObject = {}) => ({
	node: { type: TRIGGER, parameters: { ...parameters, ...params } },
	credentials: sent.credentials,
	webhookUrl: URL_OF_HOOK,
	staticData,
	...more,
});

async function activate(options: HookOptions): Promise<void> {
	if (!(await engine.hook('checkExists', options))) await engine.hook('create', options);
}

async function registered() {
	const { targets } = await sent.vendor.webhooks();
	return targets.map(({ id, url, secret, details }) => ({
		id,
		url,
		secret,
		...(details.hook as Hook),
	}));
}

/** Asks Sent's API as somebody else with the same key. */
async function ask(method: string, path: string, body?: object) {
	const { baseUrl, apiKey } = sent.credentials.sentDmApi;
	const answer = await fetch(`${String(baseUrl)}${path}`, {
		method,
		headers: { 'x-api-key': String(apiKey), 'content-type': 'application/json' },
		...(body && { body: JSON.stringify(body) }),
	});
	expect(answer.ok).toBe(true);
}

async function expectWhole(
	{ staticData, webhookUrl }: { staticData: Stored; webhookUrl: string },
	message = ['sent', 'delivered', 'failed'],
) {
	expect(await registered()).toEqual([
		expect.objectContaining({
			id: staticData.webhookId,
			url: webhookUrl,
			secret: staticData.secret,
			is_active: true,
			event_types: ['message'],
			event_filters: { message },
		}),
	]);
}

describe('switched on', () => {
	it('registers one webhook for what is chosen, and keeps the secret that is shown once', async () => {
		const given = trigger();
		await activate(given);
		expect(given.staticData).toEqual({
			vendor: 'sent',
			url: URL_OF_HOOK,
			webhookId: expect.any(String),
			secret: expect.stringMatching(/^whsec_/),
		});
		await expectWhole(given);
		const [{ display_name: name }] = await registered();
		expect(name).toBe('n8n: Workflow under test');
		expect(await engine.hook('checkExists', given)).toBe(true);
	});

	it('asks for all events of a family without filters', async () => {
		await activate(trigger({}, { events: ['contact', 'templates'] }));
		expect(await registered()).toEqual([
			expect.objectContaining({ event_types: ['contact', 'templates'], event_filters: null }),
		]);
	});

	it('twice, registers nothing twice', async () => {
		const given = trigger();
		await activate(given);
		const stored = structuredClone(given.staticData);
		await activate(given);
		await engine.hook('create', given);
		expect(given.staticData).toEqual(stored);
		await expectWhole(given);
	});

	it('with other statuses, changes the webhook and keeps its secret', async () => {
		const given = trigger();
		await activate(given);
		const stored = structuredClone(given.staticData);
		const changed = trigger({ staticData: given.staticData }, { statuses: ['read'] });
		expect(await engine.hook('checkExists', changed)).toBe(false);
		await activate(changed);
		expect(changed.staticData).toEqual(stored);
		await expectWhole(changed, ['read']);
	});

	it('leaves alone what belongs to somebody else, on any page', async () => {
		for (let n = 0; n < 105; n++) {
			await ask('POST', '/v3/webhooks', {
				display_name: `Other ${n}`,
				endpoint_url: `https://example.com/${n}`,
				event_types: ['message'],
			});
		}
		const given = trigger();
		await activate(given);
		expect(await engine.hook('checkExists', given)).toBe(true);
		await engine.hook('delete', given);
		expect(await registered()).toHaveLength(105);
		expect(given.staticData).toEqual({});
	});
});

describe('goes on after', () => {
	it('n8n was killed after the registration and before it was stored', async () => {
		await activate(trigger());
		const [{ id, secret }] = await registered();
		const restarted = trigger({ activation: 'init' });
		await activate(restarted);
		await expectWhole(restarted);
		expect(restarted.staticData.webhookId).toBe(id);
		expect(restarted.staticData.secret).not.toBe(secret);
	});

	it.each(['500', 'reset-before', 'reset-after', 'garbage', 'empty'] as const)(
		'a registration broke off (%s)',
		async (fault) => {
			await sent.vendor.fault({ fault, operationId: 'createWebhook' });
			const given = trigger();
			await expect(activate(given)).rejects.toThrow(/Sent/);
			await activate(given);
			await expectWhole(given);
		},
	);

	it('the answer to a rotation was lost', async () => {
		await activate(trigger());
		await sent.vendor.fault({ fault: 'reset-after', operationId: 'rotateWebhookSecret' });
		const restarted = trigger();
		await expect(activate(restarted)).rejects.toThrow(/Sent/);
		await activate(restarted);
		await expectWhole(restarted);
	});

	it('several were registered for the same URL', async () => {
		for (let n = 0; n < 3; n++) {
			await ask('POST', '/v3/webhooks', {
				display_name: 'n8n',
				endpoint_url: URL_OF_HOOK,
				event_types: ['message'],
			});
		}
		const given = trigger();
		await activate(given);
		await expectWhole(given);
	});

	it('Sent has switched the webhook off', async () => {
		const given = trigger();
		await activate(given);
		const { webhookId } = given.staticData;
		await ask('PATCH', `/v3/webhooks/${webhookId}/toggle-status`, { is_active: false });
		await activate(given);
		await expectWhole(given);
		expect(given.staticData.webhookId).toBe(webhookId);
	});

	it('somebody removed the webhook at Sent', async () => {
		const given = trigger();
		await activate(given);
		await ask('DELETE', `/v3/webhooks/${given.staticData.webhookId}`);
		await activate(given);
		await expectWhole(given);
	});

	it('the secret is lost but not the rest', async () => {
		const given = trigger();
		await activate(given);
		const { secret } = given.staticData;
		given.staticData.secret = '';
		await activate(given);
		await expectWhole(given);
		expect(given.staticData.secret).not.toBe(secret);
	});

	it('n8n got another address, and leaves alone what may be in use', async () => {
		const given = trigger();
		await activate(given);
		const [before] = await registered();
		const moved = trigger({
			staticData: given.staticData,
			webhookUrl: 'http://127.0.0.1:9999/webhook/1234/webhook',
		});
		await activate(moved);
		const all = await registered();
		expect(all.find(({ url }) => url === URL_OF_HOOK)).toEqual(before);
		expect(all.find(({ url }) => url === moved.webhookUrl)).toMatchObject({
			id: moved.staticData.webhookId,
			secret: moved.staticData.secret,
		});
		expect(engine.logs).toContainEqual(
			expect.objectContaining({
				level: 'warn',
				message: expect.stringMatching(/webhook at sent that delivers to .*:5678.*copy/),
			}),
		);
	});

	it('it was copied, and neither moves nor removes the webhook of the first', async () => {
		const first = trigger();
		await activate(first);
		const copy = trigger({
			staticData: structuredClone(first.staticData),
			webhookUrl: URL_OF_HOOK.replace('1234', '5678'),
		});
		await activate(copy);
		expect(copy.staticData.webhookId).not.toBe(first.staticData.webhookId);
		expect(await engine.hook('delete', copy)).toBe(true);
		await expectWhole(first);
		expect(await engine.hook('checkExists', first)).toBe(true);
	});

	it('a deactivation that Sent did not take', async () => {
		const given = trigger();
		await activate(given);
		await sent.vendor.fault({ fault: '503', everyNth: 1 });
		expect(await engine.hook('delete', given)).toBe(false);
		expect(given.staticData.secret).toMatch(/^whsec_/);
		expect(JSON.stringify(engine.logs)).not.toContain(given.staticData.secret);
		await sent.vendor.clearFaults();
		await activate(given);
		await expectWhole(given);
		expect(await engine.hook('delete', given)).toBe(true);
		expect(await registered()).toEqual([]);
	});

	it('the vendor was changed while the other one could not be reached', async () => {
		const given = trigger({
			staticData: { vendor: 'bird', url: 'https://n8n.example.com/x' } as never,
		});
		await activate(given);
		await expectWhole(given);
		expect(engine.logs).toContainEqual(
			expect.objectContaining({
				level: 'warn',
				message: expect.stringMatching(/webhook at bird .*https:\/\/n8n\.example\.com\/x.*by hand/),
			}),
		);
	});
});

describe('says on activation', () => {
	it('that nobody outside reaches this machine, before Sent is asked', async () => {
		const { sentDmApi } = sent.credentials;
		const credentials = { sentDmApi: { ...sentDmApi, baseUrl: 'https://api.sent.dm' } };
		await expect(activate(trigger({ credentials }))).rejects.toThrow(
			"n8n's address is http://127.0.0.1:5678; Sent needs an address that it can reach from the internet. Set WEBHOOK_URL.",
		);
	});

	it.each([
		['no event', { events: [] }, {}, /^Event Types is empty/],
		['no status that Sent has', { statuses: ['accepted'] }, {}, /^Statuses has none/],
		['a wrong key', {}, { apiKey: 'nonsense' }, /^Sent refused .*Invalid API key/],
		['a key that may only read', {}, { apiKey: 'sandbox-sent-viewer-key' }, /^Sent refused .*role/],
	])('that there is %s', async (_what, params, access, expected) => {
		const { sentDmApi } = sent.credentials;
		const credentials = { sentDmApi: { ...sentDmApi, ...access } };
		await expect(activate(trigger({ credentials }, params))).rejects.toThrow(expected);
		expect(await registered()).toEqual([]);
	});
});

describe('from sending to the flow', () => {
	const send = async () => {
		const run = await engine.run({
			node: {
				type: 'sent',
				parameters: {
					resource: 'message',
					operation: 'send',
					recipients: '+12025550111',
					text: 'Hi',
				},
			},
			credentials: sent.credentials,
			items: [{ json: {} }],
		});
		expect(run.error).toBeUndefined();
		return String(run.json[0][0].messageId);
	};

	it('runs once for each chosen status, with the id that Send Message gave', async () => {
		const active = await engine.activate(trigger());
		const messageId = await send();
		for (let step = 0; step < 3; step++) await sent.vendor.advance();
		const runs = await active.started(2);
		expect(runs.flat(2).map(({ json }) => [json.messageId, json.status])).toEqual([
			[messageId, 'sent'],
			[messageId, 'delivered'],
		]);
		// What was not chosen was not even delivered.
		const { deliveries } = await sent.vendor.webhooks();
		expect(deliveries.map(({ event, status }) => [event, status])).toEqual([
			['message.sent', 200],
			['message.delivered', 200],
		]);
		await active.deactivate();
		expect(await registered()).toEqual([]);
	});

	it('hands on who opts out', async () => {
		const active = await engine.activate(trigger({}, { events: ['contact'] }));
		await sent.vendor.simulate('opt-out', { phone: '+12025550111' });
		const [[[{ json }]]] = await active.started(1);
		expect(json).toMatchObject({
			type: 'message.opt_out',
			providerStatus: 'opt_out',
			sender: '+12025550111',
			text: 'STOP',
		});
		await active.deactivate();
	});

	it("answers Sent's own test of the webhook", async () => {
		const active = await engine.activate(trigger());
		await ask('POST', `/v3/webhooks/${String(active.staticData.webhookId)}/test`, {
			event_type: 'message',
		});
		const [[[{ json }]]] = await active.started(1);
		expect(json).toMatchObject({ type: 'message.status', status: 'sent' });
		await active.deactivate();
	});
});
