import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';

import { smsChannelId, whatsappChannelId } from '../../../sandbox/vendors/bird/demo';
import { type Engine, type HookOptions, loadEngine } from '../support/engine';
import { nodeGlobal } from '../support/n8n';
import { openSandbox, type VendorSandbox } from '../support/sandbox';
import { TRIGGER } from './support';

const URL_OF_HOOK = 'http://127.0.0.1:5678/webhook/1234/webhook';
const SETTINGS = { allowInsecureWebhookUrls: true, autoAdvance: false, webhookRetryMs: 20 };

let engine: Engine;
let bird: VendorSandbox;
beforeAll(async () => void (engine = await loadEngine()));
beforeEach(async () => {
	bird = await openSandbox('bird', SETTINGS);
	engine.logs.splice(0);
});
afterEach(async () => await bird.close());

const parameters = { vendor: 'bird', events: ['sms.outbound', 'whatsapp.outbound'] };

interface Stored extends IDataObject {
	signingKey: string;
	subscriptionIds: string[];
}

type Given = Partial<Omit<HookOptions, 'staticData'>> & { staticData?: Stored };

const trigger = ({ staticData = {} as Stored, ...more }: Given = {}, params: IDataObject = {}) => ({
	node: { type: TRIGGER, parameters: { ...parameters, ...params } },
	credentials: bird.credentials,
	webhookUrl: URL_OF_HOOK,
	staticData,
	...more,
});

/** As n8n does it: create only if checkExists finds nothing. */
async function activate(options: HookOptions): Promise<void> {
	if (!(await engine.hook('checkExists', options))) await engine.hook('create', options);
}

/** What stands at Bird: event, URL, key and channel of each subscription. */
async function registered() {
	const { targets } = await bird.vendor.webhooks();
	return targets.map(({ id, url, secret, details }) => ({
		id,
		url,
		secret,
		event: details.event,
		filters: details.eventFilters,
	}));
}

const sendSms = async (to = '+31620011001') => {
	const run = await engine.run({
		node: {
			type: 'bird',
			parameters: {
				resource: 'message',
				operation: 'send',
				channelId: { __rl: true, mode: 'id', value: smsChannelId },
				recipient: to,
				text: 'Hello',
			},
		},
		credentials: bird.credentials,
		items: [{ json: {} }],
	});
	expect(run.error).toBeUndefined();
	return String(run.json[0][0].messageId);
};

describe('switched on', () => {
	it('registers one subscription for each event, with a key of its own making', async () => {
		const given = trigger();
		await activate(given);
		const { signingKey, ...rest } = given.staticData;
		expect(Buffer.from(signingKey, 'base64')).toHaveLength(32);
		const all = await registered();
		expect(all).toEqual(
			parameters.events.map((event) => ({
				id: expect.any(String),
				event,
				url: URL_OF_HOOK,
				secret: signingKey,
				filters: undefined,
			})),
		);
		expect(rest).toEqual({
			vendor: 'bird',
			url: URL_OF_HOOK,
			subscriptionIds: all.map(({ id }) => id),
		});
		expect(await engine.hook('checkExists', given)).toBe(true);
	});

	it('limits them to a channel', async () => {
		const channelId = { __rl: true, mode: 'list', value: smsChannelId };
		await activate(trigger({}, { events: ['sms.outbound'], channelId }));
		expect(await registered()).toEqual([
			expect.objectContaining({ filters: [{ key: 'channelId', value: smsChannelId }] }),
		]);
	});

	it('twice, registers nothing twice', async () => {
		const given = trigger();
		await activate(given);
		const before = { stored: structuredClone(given.staticData), all: await registered() };
		await activate(given);
		await engine.hook('create', given);
		expect({ stored: given.staticData, all: await registered() }).toEqual(before);
	});

	it('with other settings, changes only what is different', async () => {
		const given = trigger();
		await activate(given);
		const [sms] = await registered();
		const changed = trigger(
			{ staticData: given.staticData },
			{ events: ['sms.outbound', 'sms.inbound'] },
		);
		await activate(changed);
		const all = await registered();
		expect(all.map(({ event }) => event)).toEqual(['sms.outbound', 'sms.inbound']);
		expect(all[0]).toEqual(sms);
		expect(all[1].secret).toBe(sms.secret);
		const value = smsChannelId;
		const filtered = trigger(
			{ staticData: given.staticData },
			{
				events: ['sms.outbound'],
				channelId: { __rl: true, mode: 'id', value },
			},
		);
		await activate(filtered);
		expect(await registered()).toEqual([
			expect.objectContaining({ filters: [{ key: 'channelId', value }] }),
		]);
	});

	it('leaves alone what belongs to somebody else', async () => {
		const foreign = trigger({ webhookUrl: `${URL_OF_HOOK}-of-another-node` });
		await activate(foreign);
		const test = trigger({ webhookUrl: URL_OF_HOOK.replace('/webhook/', '/webhook-test/') });
		await activate(test);
		const mine = trigger();
		await activate(mine);
		await engine.hook('delete', mine);
		await engine.hook('delete', test);
		expect((await registered()).map(({ url }) => url)).toEqual([
			foreign.webhookUrl,
			foreign.webhookUrl,
		]);
		expect(await engine.hook('checkExists', foreign)).toBe(true);
	});

	it('finds its own among more than a page', async () => {
		const { baseUrl, accessKey, workspaceId } = bird.credentials.birdChannelsApi;
		const headers = {
			authorization: `AccessKey ${String(accessKey)}`,
			'content-type': 'application/json',
		};
		for (let n = 0; n < 110; n++) {
			await fetch(`${String(baseUrl)}/workspaces/${String(workspaceId)}/webhook-subscriptions`, {
				method: 'POST',
				headers,
				body: JSON.stringify({
					service: 'channels',
					event: 'sms.inbound',
					url: 'https://example.com/other',
					eventFilters: [{ key: 'channelId', value: `channel-${n}` }],
				}),
			});
		}
		const given = trigger();
		await activate(given);
		expect(await registered()).toHaveLength(112);
		expect(await engine.hook('checkExists', given)).toBe(true);
		await engine.hook('delete', given);
		expect(await registered()).toHaveLength(110);
	});
});

describe('goes on after', () => {
	/** Every subscription that stands at Bird is wanted, and signed with the key that is stored. */
	async function expectWhole({ staticData }: { staticData: Stored }, events = parameters.events) {
		const all = await registered();
		expect(all.map(({ event }) => event).sort()).toEqual([...events].sort());
		expect(all.map(({ id }) => id).sort()).toEqual([...staticData.subscriptionIds].sort());
		for (const { secret } of all) expect(secret).toBe(staticData.signingKey);
	}

	it('n8n was killed after the registration and before it was stored', async () => {
		await activate(trigger());
		const orphans = (await registered()).map(({ id }) => id);
		const restarted = trigger({ activation: 'init' });
		await activate(restarted);
		await expectWhole(restarted);
		for (const { id } of await registered()) expect(orphans).not.toContain(id);
	});

	it('that happened more often than Bird takes subscriptions that are alike', async () => {
		for (let time = 0; time < 7; time++) await activate(trigger());
		const given = trigger();
		await activate(given);
		await expectWhole(given);
	});

	it.each(['500', 'reset-before', 'reset-after', 'garbage'] as const)(
		'a registration broke off half-way (%s)',
		async (fault) => {
			await bird.vendor.fault({ fault, operationId: 'createWebhookSubscription', skip: 1 });
			const given = trigger();
			await expect(activate(given)).rejects.toThrow(/Bird/);
			expect((await registered()).length).toBeGreaterThan(0);
			await activate(given);
			await expectWhole(given);
		},
	);

	it('n8n cleans up what it could not finish', async () => {
		await bird.vendor.fault({ fault: '500', operationId: 'createWebhookSubscription', skip: 1 });
		await expect(activate(trigger())).rejects.toThrow(/Bird/);
		expect(await engine.hook('delete', trigger())).toBe(true);
		expect(await registered()).toEqual([]);
	});

	it.each(['503', 'reset-before', 'unauthorized'] as const)(
		'a deactivation that Bird did not take (%s)',
		async (fault) => {
			const given = trigger();
			await activate(given);
			await bird.vendor.fault({ fault, everyNth: 1 });
			const stored = structuredClone(given.staticData);
			expect(await engine.hook('delete', given)).toBe(false);
			expect(given.staticData).toEqual(stored);
			expect(engine.logs).toContainEqual(
				expect.objectContaining({
					level: 'error',
					message: expect.stringContaining('could not remove its webhook at Bird'),
				}),
			);
			expect(JSON.stringify(engine.logs)).not.toContain(stored.signingKey);
			await bird.vendor.clearFaults();

			const again = trigger({ staticData: given.staticData }, { events: ['sms.outbound'] });
			await activate(again);
			await expectWhole(again, ['sms.outbound']);
			expect(await engine.hook('delete', again)).toBe(true);
			expect(await registered()).toEqual([]);
			expect(again.staticData).toEqual({});
		},
	);

	it('somebody removed a subscription at Bird', async () => {
		const given = trigger();
		await activate(given);
		await fetch(
			`${bird.vendor.baseUrl.replace(/\/bird$/, '')}/_sandbox/webhooks/${given.staticData.subscriptionIds[0]}`,
			{ method: 'DELETE' },
		);
		await activate(given);
		await expectWhole(given);
	});

	it('somebody removed all of them before the deactivation', async () => {
		const given = trigger();
		await activate(given);
		await bird.vendor.reset();
		expect(await engine.hook('delete', given)).toBe(true);
		expect(given.staticData).toEqual({});
	});

	it('n8n got another address, and leaves alone what may be in use', async () => {
		const given = trigger();
		await activate(given);
		const before = await registered();
		const moved = trigger({
			staticData: given.staticData,
			webhookUrl: 'http://127.0.0.1:9999/webhook/1234/webhook',
		});
		await activate(moved);
		const all = await registered();
		expect(all.filter(({ url }) => url === URL_OF_HOOK)).toEqual(before);
		const own = all.filter(({ url }) => url === moved.webhookUrl);
		expect(own.map(({ id }) => id).sort()).toEqual([...moved.staticData.subscriptionIds].sort());
		expect(engine.logs).toContainEqual(
			expect.objectContaining({
				level: 'warn',
				message: expect.stringMatching(
					/webhook at bird that delivers to http:\/\/127\.0\.0\.1:5678.*copy/,
				),
			}),
		);
		engine.logs.splice(0);
		await activate(moved);
		expect(engine.logs).toEqual([]);
	});

	it('the key is lost but not the rest', async () => {
		const given = trigger();
		await activate(given);
		delete (given.staticData as Partial<Stored>).signingKey;
		await activate(given);
		await expectWhole(given);
	});
});

describe('a copy of a workflow, with what the first one remembers', () => {
	const copyOf = (first: { staticData: Stored }, more: Given = {}) =>
		trigger({
			staticData: structuredClone(first.staticData),
			webhookUrl: URL_OF_HOOK.replace('1234', '5678'),
			...more,
		});

	it('registers its own, and its end is not the end of the first', async () => {
		const first = trigger();
		await activate(first);
		const stored = structuredClone(first.staticData);
		const copy = copyOf(first);
		await activate(copy);
		expect(await registered()).toHaveLength(4);
		expect(copy.staticData.signingKey).not.toBe(stored.signingKey);
		expect(await engine.hook('delete', copy)).toBe(true);
		expect((await registered()).map(({ id }) => id)).toEqual(stored.subscriptionIds);
		expect(await engine.hook('checkExists', first)).toBe(true);
		expect(first.staticData).toEqual(stored);
	});

	it('that is switched off before it was on removes nothing', async () => {
		const first = trigger();
		await activate(first);
		const before = await registered();
		expect(await engine.hook('delete', copyOf(first))).toBe(true);
		expect(await registered()).toEqual(before);
	});

	it('says nothing while n8n listens for a test event', async () => {
		const first = trigger();
		await activate(first);
		const webhookUrl = URL_OF_HOOK.replace('/webhook/', '/webhook-test/');
		const test = trigger({
			staticData: structuredClone(first.staticData),
			webhookUrl,
			activation: 'manual',
		});
		await activate(test);
		expect(engine.logs).toEqual([]);
		await engine.hook('delete', test);
		expect(await engine.hook('checkExists', first)).toBe(true);
	});
});

describe('a list that does not end', () => {
	/** Answers like Bird, but each page of the list has another one behind it. */
	async function endless(fresh: boolean) {
		let pages = 0;
		const server = createServer((request, response) => {
			pages++;
			const one = {
				id: fresh ? `s${pages}` : 's1',
				event: 'sms.inbound',
				url: 'https://x.example',
			};
			response.setHeader('content-type', 'application/json');
			response.end(
				request.method === 'POST'
					? JSON.stringify({ id: `made-${pages}` })
					: JSON.stringify({ results: [one], nextPageToken: `page-${pages}` }),
			);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		const { birdChannelsApi } = bird.credentials;
		return {
			credentials: { birdChannelsApi: { ...birdChannelsApi, baseUrl: `http://127.0.0.1:${port}` } },
			pages: () => pages,
			close: () => void server.close(),
		};
	}

	it('with ever new entries is given up, and counts as an outage at a start', async () => {
		const vendor = await endless(true);
		const { credentials } = vendor;
		await expect(activate(trigger({ credentials }))).rejects.toThrow(
			'Bird could not be asked: its list of webhooks has no end',
		);
		expect(vendor.pages()).toBeLessThanOrEqual(50);
		const staticData = {
			vendor: 'bird',
			url: URL_OF_HOOK,
			signingKey: 'k'.repeat(40),
			subscriptionIds: ['a'],
		};
		const atStart = trigger({ credentials, staticData, activation: 'init' });
		expect(await engine.hook('checkExists', atStart)).toBe(true);
		vendor.close();
	});

	it('with the same entries ends with them', async () => {
		const vendor = await endless(false);
		const given = trigger({ credentials: vendor.credentials });
		await activate(given);
		expect(given.staticData.subscriptionIds).toHaveLength(2);
		expect(vendor.pages()).toBeLessThan(10);
		vendor.close();
	});
});

describe('when Bird cannot be asked', () => {
	it.each(['timeout', 'drip'])('it takes no longer than 30 s (%s)', async (how) => {
		const server = createServer((_request, response) => {
			if (how !== 'drip') return;
			response.writeHead(200, { 'content-type': 'application/json' });
			const drip = setInterval(() => response.write(' '), 20);
			response.on('close', () => clearInterval(drip));
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		const { birdChannelsApi } = bird.credentials;
		const credentials = {
			birdChannelsApi: { ...birdChannelsApi, baseUrl: `http://127.0.0.1:${port}` },
		};
		const Signal = nodeGlobal<typeof AbortSignal>('AbortSignal');
		const inTime = Signal.timeout.bind(Signal);
		const timeout = jest.spyOn(Signal, 'timeout').mockImplementation(() => inTime(300));
		try {
			await expect(activate(trigger({ credentials }))).rejects.toThrow(
				'Bird could not be asked: no answer in time',
			);
			expect(timeout).toHaveBeenCalledWith(30_000);
			expect(await engine.hook('delete', trigger({ credentials }))).toBe(false);
			const staticData = {
				vendor: 'bird',
				url: URL_OF_HOOK,
				signingKey: 'k'.repeat(40),
				subscriptionIds: ['a'],
			};
			const atStart = trigger({ credentials, staticData, activation: 'init' });
			expect(await engine.hook('checkExists', atStart)).toBe(true);
		} finally {
			timeout.mockRestore();
			server.closeAllConnections();
			server.close();
		}
	});

	it.each(['503', '429', 'reset-before', 'garbage'] as const)(
		'a start of n8n takes for registered what was (%s)',
		async (fault) => {
			const given = trigger();
			await activate(given);
			await bird.vendor.fault({ fault, everyNth: 1 });
			expect(await engine.hook('checkExists', { ...given, activation: 'init' })).toBe(true);
			expect(engine.logs).toContainEqual(
				expect.objectContaining({
					level: 'warn',
					message: expect.stringContaining('takes it for registered'),
				}),
			);
			await expect(
				engine.hook('checkExists', { ...given, activation: 'activate' }),
			).rejects.toThrow(/Bird/);
			const nothing = trigger({ activation: 'init' });
			await expect(engine.hook('checkExists', nothing)).rejects.toThrow(/Bird/);
		},
	);

	it('a key that was revoked is said at every start', async () => {
		const given = trigger();
		await activate(given);
		await bird.vendor.fault({ fault: 'unauthorized', everyNth: 1 });
		await expect(
			engine.hook('checkExists', { ...given, activation: 'init' }),
		).rejects.toMatchObject({
			message: expect.stringMatching(/^Bird refused to change its webhooks: ./),
			description: expect.stringContaining('Check the credential'),
		});
	});
});

describe('says on activation', () => {
	const failure = async (options: HookOptions) =>
		(await activate(options).then(
			() => {
				throw new Error('It was activated');
			},
			(error: unknown) => error,
		)) as Error & { description?: string };

	it('that Bird needs https without a port, before Bird is asked', async () => {
		const { birdChannelsApi } = bird.credentials;
		const credentials = {
			birdChannelsApi: { ...birdChannelsApi, baseUrl: 'https://api.bird.com/' },
		};
		for (const origin of [
			'http://127.0.0.1:5678',
			'http://n8n.example.com',
			'https://n8n.example.com:5678',
			'https://localhost',
			'https://10.0.0.1',
		]) {
			const webhookUrl = `${origin}/webhook/1`;
			const plain = `n8n's address is ${origin}; Bird needs https without a port. Set WEBHOOK_URL.`;
			const error = await failure(trigger({ credentials, webhookUrl }));
			expect(error.message).toBe(plain);
			expect(error.description).toContain('tunnel');
			await expect(engine.hook('create', trigger({ credentials, webhookUrl }))).rejects.toThrow(
				plain,
			);
		}
	});

	it('the same where a sandbox or a proxy refuses the address, with its words behind', async () => {
		await bird.vendor.settings({ allowInsecureWebhookUrls: false });
		const error = await failure(trigger());
		expect(error.message).toBe(
			"n8n's address is http://127.0.0.1:5678; Bird needs https without a port. Set WEBHOOK_URL.",
		);
		expect(error.description).toMatch(/Bird refused .*HTTP 422, code InvalidPayload.*\.url/);
		expect(JSON.stringify({ ...error })).not.toMatch(/signingKey|sandbox-access-key/);
	});

	it('what is odd in an answer, without a TypeError', async () => {
		const odd = { toString: 1 };
		const answers: Record<string, unknown> = {
			GET: { results: [null, 7, { id: odd, url: odd, event: odd, eventFilters: [null] }] },
			POST: { code: odd, message: odd, details: { toString: 1, '.url': [odd, null, '\ud800'] } },
		};
		const server = createServer((request, response) => {
			response.statusCode = request.method === 'GET' ? 200 : 422;
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify(answers[String(request.method)]));
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		const { birdChannelsApi } = bird.credentials;
		const credentials = {
			birdChannelsApi: { ...birdChannelsApi, baseUrl: `http://127.0.0.1:${port}` },
		};
		const webhookUrl = 'https://n8n.example.com/webhook/1';
		const error = await failure(trigger({ credentials, webhookUrl }));
		expect(error.constructor.name).toBe('NodeApiError');
		expect(error.message).toMatch(/^Bird refused to change its webhooks: HTTP 422/);
		answers.GET = {
			results: [{ id: 's1', url: webhookUrl, event: odd, eventFilters: { a: odd } }],
		};
		expect((await failure(trigger({ credentials, webhookUrl }))).message).toMatch(/^Bird/);
		server.close();
	});

	it('nothing of the key and the signing key, though the vendor echoes them', async () => {
		const heard: string[] = [];
		const server = createServer((request, response) => {
			let body = '';
			request.on('data', (chunk) => (body += String(chunk)));
			request.on('end', () => {
				const { signingKey } = (body === '' ? {} : JSON.parse(body)) as { signingKey?: string };
				if (signingKey) heard.push(signingKey);
				response.statusCode = request.method === 'GET' ? 200 : 422;
				response.setHeader('content-type', 'application/json');
				const echo = `${String(request.headers.authorization)} with ${String(signingKey)}`;
				response.end(
					request.method === 'GET'
						? '{"results":[]}'
						: JSON.stringify({ code: 'X', message: echo, details: { '.key': [echo] } }),
				);
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		const { birdChannelsApi } = bird.credentials;
		const credentials = {
			birdChannelsApi: { ...birdChannelsApi, baseUrl: `http://127.0.0.1:${port}` },
		};
		const webhookUrl = 'https://n8n.example.com/webhook/1';
		const error = await failure(trigger({ credentials, webhookUrl }));
		server.close();
		expect(error.message).toBe('Bird refused to change its webhooks: AccessKey *** with ***');
		const said = JSON.stringify([error.message, error.description, { ...error }, engine.logs]);
		for (const secret of [String(birdChannelsApi.accessKey), ...heard]) {
			expect(said).not.toContain(secret);
		}
		expect(heard).toHaveLength(1);
	});

	it.each([
		['no event', {}, { events: [] }, /^Event Types is empty/],
		['an event that Bird does not have', {}, { events: ['fax.outbound'] }, /^Bird refused/],
	])('that there is %s', async (_what, more, params, expected) => {
		expect((await failure(trigger(more, params))).message).toMatch(expected);
	});

	it.each([
		['a key that may not do it', 'sandbox-send-only-key', /^Bird refused.*not allowed/],
		['a wrong key', 'nonsense', /^Bird refused/],
		['a key of the other Bird', 'bk_eu1_x', /^Bird could not be asked: .*another product/],
	])('that the credential is %s', async (_what, accessKey, expected) => {
		const { birdChannelsApi } = bird.credentials;
		const credentials = { birdChannelsApi: { ...birdChannelsApi, accessKey } };
		const error = await failure(trigger({ credentials }));
		expect(error.message).toMatch(expected);
		expect(await engine.hook('delete', trigger({ credentials }))).toBe(false);
	});
});

describe('the lists in the editor', () => {
	it('offer the events that Bird has', async () => {
		const events = await engine.loadOptions(TRIGGER, 'getBirdEvents', {
			credentials: bird.credentials,
			parameters,
		});
		const names = events.map(({ name }) => name);
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
		expect(events).toEqual(
			expect.arrayContaining([
				{
					name: 'SMS: Message Status Changed',
					value: 'sms.outbound',
					description: 'Every status of a message that was sent (sms.outbound)',
				},
				expect.objectContaining({
					name: 'WhatsApp: Interaction',
					value: 'whatsapp.interaction',
				}),
			]),
		);
		expect(events.map(({ value }) => value)).not.toContain('conversation.created');
		// What a fresh node has chosen is there to be chosen.
		const [field] = engine
			.description(TRIGGER)
			.properties.filter(
				({ name, displayOptions }) =>
					name === 'events' && displayOptions?.show?.vendor?.includes('bird'),
			);
		for (const value of field.default as string[]) {
			expect(events.map((option) => option.value)).toContain(value);
		}
	});

	it('offer the channels', async () => {
		const { results } = await engine.listSearch(TRIGGER, 'searchChannels', {
			credentials: bird.credentials,
			parameters,
		});
		expect(results.map(({ value }) => value)).toEqual(
			expect.arrayContaining([smsChannelId, whatsappChannelId]),
		);
	});
});

describe('from sending to the flow', () => {
	const statuses = ['sent', 'delivered', 'failed'];

	it('runs once for each chosen status, with the id that Send Message gave', async () => {
		const active = await engine.activate(trigger({}, { events: ['sms.outbound'], statuses }));
		const messageId = await sendSms();
		for (let step = 0; step < 3; step++) await bird.vendor.advance();
		const runs = await active.started(2);
		expect(runs.flat(2).map(({ json }) => [json.messageId, json.status])).toEqual([
			[messageId, 'sent'],
			[messageId, 'delivered'],
		]);
		// accepted and processing were not chosen, and were taken all the same.
		const { deliveries } = await bird.vendor.webhooks();
		expect(deliveries.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
		await active.deactivate();
		expect(await registered()).toEqual([]);
	});

	it('tells why a message failed', async () => {
		const active = await engine.activate(trigger({}, { events: ['sms.outbound'], statuses }));
		const messageId = await sendSms('+31620010001');
		for (let step = 0; step < 3; step++) await bird.vendor.advance();
		const runs = await active.started(2);
		expect(runs[1][0][0].json).toMatchObject({
			messageId,
			status: 'failed',
			providerStatus: 'delivery_failed',
			errorCode: '15005',
			reason: expect.stringContaining('unknown subscriber'),
			eventId: `${messageId}:delivery_failed`,
		});
		await active.deactivate();
	});

	it('takes what Bird delivers again, with its first timestamp', async () => {
		const active = await engine.activate(
			trigger({}, { events: ['sms.outbound'], statuses: ['accepted'] }),
		);
		const { signingKey } = active.staticData;
		// n8n has not stored the key yet when the first delivery arrives.
		delete active.staticData.signingKey;
		await sendSms();
		while ((await bird.vendor.webhooks()).deliveries.length < 2) {
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
		active.staticData.signingKey = signingKey;
		const [[[{ json }]]] = await active.started(1);
		expect(json).toMatchObject({ status: 'accepted' });
		const { deliveries } = await bird.vendor.webhooks();
		expect(deliveries[0].status).toBe(401);
		expect(deliveries.at(-1)?.status).toBe(200);
		await active.deactivate();
	});

	it('hands on what somebody writes, and what is read', async () => {
		const events = ['sms.inbound', 'whatsapp.interaction'];
		const active = await engine.activate(trigger({}, { events, outputs: 'perStatus', statuses }));
		await bird.vendor.simulate('inbound', {
			channelId: smsChannelId,
			from: '+31620011001',
			text: 'Hi',
		});
		const [outputs] = await active.started(1);
		expect(outputs.map((items) => items.length)).toEqual([0, 0, 0, 1]);
		expect(outputs[3][0].json).toMatchObject({
			type: 'message.received',
			text: 'Hi',
			sender: '+31620011001',
			direction: 'incoming',
		});
		await active.deactivate();
	});
});
