import { ALEX, ALEX_WHATSAPP, byId, ConduitBench } from '../conduit/support';
import { AelystBench } from '../aelyst/support';
import { loadEngine } from '../support/engine';
import { people, withBird } from './support';

/** How each vendor's messages are looked at; what comes of it is in the contract of all vendors. */

const shortly = { waitForDelivery: 0.5 };
/** Ends with the statuses, not with the time. */
const untilFinal = { waitForDelivery: 20 };

describe('Bird', () => {
	it('shows a hundred messages of a channel with each request', async () => {
		await withBird(await loadEngine(), async (bird) => {
			await bird.settings({ stepMs: 10 });
			const run = await bird.send(250, { ...untilFinal, requestsPerSecond: 100_000 });
			for (const json of run.json[0]) {
				expect(json).toMatchObject({ status: 'delivered', final: true, reason: null });
			}
			const looks = (await bird.requests()).filter(({ method }) => method === 'GET');
			expect(looks.map(({ path }) => path.split('/').pop())).toEqual(Array(3).fill('messages'));
			expect(looks.map(({ query }) => [query.id].flat().length).sort()).toEqual([100, 100, 50]);
		});
	});

	it('says why a message came to grief', async () => {
		await withBird(await loadEngine(), async (bird) => {
			await bird.settings({ stepMs: 10 });
			// The sandbox delivers nothing to numbers that end in 0001.
			const items = [{ json: { phone: '+14155550001', name: 'Zoë 🐝' } }];
			const orFail = { ...untilFinal, onNotDelivered: 'fail' };
			const run = await bird.send(1, orFail, { onError: 'continueRegularOutput' }, { items });
			expect(run.json[0]).toMatchObject([
				{
					error: expect.stringContaining('delivery_failed (unknown subscriber)'),
					details: { outcome: 'undelivered', code: '15005', delivery: { final: true } },
				},
			]);
		});
	});

	it('gives the item its own ending where only some wait', async () => {
		await withBird(await loadEngine(), async (bird) => {
			await bird.settings({ stepMs: 10 });
			const wait = { waitForDelivery: '={{ $json.name.endsWith("0") ? 20 : "" }}' };
			const run = await bird.send(2, wait, {}, { items: people(2) });
			expect(run.json[0]).toMatchObject([{ status: 'delivered', final: true }, {}]);
			expect(run.json[0][1]).not.toHaveProperty('final');
		});
	});
});

describe('Aelyst', () => {
	const aelyst = new AelystBench();
	beforeAll(async () => await aelyst.load());
	beforeEach(async () => await aelyst.open());
	afterEach(async () => await aelyst.close());

	it('shows several messages of one contact with one request', async () => {
		await aelyst.vendor.settings({ stepMs: 10 });
		const send = { phone: '+60121233112', text: '={{ $json.text }}', options: untilFinal };
		const items = ['Hi', 'Selamat pagi ☀️'].map((text) => ({ json: { text } }));
		const run = await aelyst.run('send', send, { items });
		expect(run.json[0]).toMatchObject([{ final: true }, { final: true }]);
		const looks = (await aelyst.seen()).filter(({ method }) => method === 'GET');
		expect(looks).toMatchObject([
			{ path: '/contact/phone:%2B60121233112/message/list', query: { limit: '50' } },
		]);
	});

	it('shows the only message of a contact alone', async () => {
		await aelyst.vendor.settings({ stepMs: 10 });
		const send = { phone: '+60121233112', text: 'Hi', options: untilFinal };
		const run = await aelyst.run('send', send);
		expect(run.json[0]).toMatchObject([{ recipient: '+60121233112', final: true }]);
		const [, look] = await aelyst.seen();
		expect(look.path).toBe('/contact/phone:%2B60121233112/message/1262965213');
	});
});

describe('Conduit', () => {
	const conduit = new ConduitBench();
	beforeAll(async () => await conduit.load());
	beforeEach(async () => await conduit.open());
	afterEach(async () => await conduit.close());

	it('knows no more than that a message was sent', async () => {
		const reply = { sendTo: 'conversation', conversationId: byId(ALEX), body: 'Hi' };
		const run = await conduit.run('send', { ...reply, options: shortly });
		expect(run.json[0]).toMatchObject([{ status: 'sent', providerStatus: 'sent', final: false }]);
		const looks = (await conduit.seen()).filter(({ method }) => method === 'GET');
		expect(looks).toMatchObject([
			{ path: `/v1/conversations/${ALEX}/messages`, query: { limit: '100', order: 'desc' } },
		]);
	});

	it('looks for a message to a contact in the conversation of its ID', async () => {
		const toAlex = { contactId: byId(ALEX), channelNodeId: byId(ALEX_WHATSAPP), body: 'Hi' };
		const run = await conduit.run('send', { sendTo: 'contact', ...toAlex, options: shortly });
		expect(run.json[0]).toMatchObject([{ status: 'sent', final: false }]);
		expect((await conduit.seen()).at(-1)?.path).toBe(`/v1/conversations/${ALEX}/messages`);
	});

	it('says where that conversation is not there', async () => {
		const { id, channels } = await conduit.contact('Guest 001');
		const toGuest = { contactId: byId(id), channelNodeId: byId(channels[0].id), body: 'Hi' };
		const options = { ...shortly, onNotDelivered: 'fail' };
		const send = { sendTo: 'contact', ...toGuest, options };
		const run = await conduit.run('send', send, { onError: 'continueRegularOutput' });
		expect(run.json[0]).toMatchObject([
			{
				error: expect.stringContaining('It could not be looked at: Conduit refused the request'),
				details: { outcome: 'undelivered', delivery: { status: 'sent', final: false } },
			},
		]);
	});
});
