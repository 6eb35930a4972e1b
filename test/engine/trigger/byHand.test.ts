import { type Engine, loadEngine } from '../support/engine';
import { openSandbox } from '../support/sandbox';
import { TRIGGER } from './support';

let engine: Engine;
beforeAll(async () => void (engine = await loadEngine()));

const secretOf = (secret: string) => ({ messageWebhookSecretApi: { secret } });

describe('a vendor whose webhooks are set up by hand', () => {
	it.each(['aelyst', 'conduit', 'votel', 'generic'])(
		'%s: needs an event and a key, and registers nothing',
		async (vendor) => {
			const trigger = { node: { type: TRIGGER, parameters: { vendor } }, staticData: {} };
			const credentials = secretOf('key');
			expect(await engine.hook('checkExists', { ...trigger, credentials })).toBe(true);
			expect(await engine.hook('create', { ...trigger, credentials })).toBe(true);
			expect(await engine.hook('delete', { ...trigger, credentials })).toBe(true);
			expect(trigger.staticData).toEqual({});
			await expect(
				engine.hook('checkExists', { ...trigger, credentials: secretOf('') }),
			).rejects.toMatchObject({
				message: 'Secret is empty in the credential',
				description: expect.stringContaining('every webhook is refused'),
			});
			const node = { type: TRIGGER, parameters: { vendor, events: [] } };
			await expect(engine.hook('checkExists', { node, credentials })).rejects.toThrow(
				'Event Types is empty',
			);
		},
	);

	it('a vendor that the package does not have is named', async () => {
		const node = { type: TRIGGER, parameters: { vendor: 'pigeon' } };
		await expect(engine.hook('checkExists', { node })).rejects.toThrow(
			'Vendor "pigeon" is not known',
		);
	});

	it.each([
		['key', 'OK'],
		[' key', 'Error'],
		['', 'Error'],
	])('the credential test of %j: %s', async (secret, status) => {
		expect(await engine.testCredential('messageWebhookSecretApi', { secret })).toMatchObject({
			status,
		});
	});
});

describe("Aelyst's deliveries", () => {
	it('start the flow with what contacts write, and not with what it sends itself', async () => {
		const aelyst = await openSandbox('aelyst', { autoAdvance: false });
		const credentials = { ...aelyst.credentials, ...secretOf('the key that Aelyst shows') };
		const events = ['message.received', 'message.sent'];
		const active = await engine.activate({
			node: { type: TRIGGER, parameters: { vendor: 'aelyst', events } },
			credentials,
		});
		await aelyst.vendor.addWebhook({ url: active.url, secret: 'the key that Aelyst shows' });
		const { baseUrl, accessToken } = aelyst.credentials.aelystApi;
		const answer = await fetch(`${String(baseUrl)}/contact/id:124/message`, {
			method: 'POST',
			headers: {
				authorization: `Bearer ${String(accessToken)}`,
				'content-type': 'application/json',
			},
			body: JSON.stringify({ channelId: 551174, message: { type: 'text', text: 'from us' } }),
		});
		expect(answer.status).toBe(200);
		await aelyst.vendor.advance({ status: 'sent' });
		await aelyst.vendor.simulate('incoming', {
			contact: 'id:124',
			channelId: 551174,
			text: 'to us',
		});
		const [[[{ json }]]] = await active.started(1);
		expect(json).toMatchObject({ type: 'message.received', text: 'to us', direction: 'incoming' });
		const delivered = async () => (await aelyst.vendor.webhooks()).deliveries;
		while ((await delivered()).some(({ status }) => status === 0)) {
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
		expect((await delivered()).map(({ event, status }) => [event, status]).sort()).toEqual([
			['message.received', 200],
			['message.sent', 200],
		]);
		expect(await active.started(1)).toHaveLength(1);
		await active.deactivate();
		await aelyst.close();
	});
});
