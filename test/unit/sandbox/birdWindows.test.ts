import { sendOnlyKey } from '../../../sandbox/vendors/bird/demo';
import { Bird, channels } from './support';

const somebody = '+31612345678';
const never = '+31612340005';
const hour = 3_600_000;

let bird: Bird;
beforeAll(async () => (bird = await Bird.start({ autoAdvance: false })));
beforeEach(() => bird.control.reset());
afterAll(() => bird.close());

const to = (identifierValue: string) => ({ contacts: [{ identifierValue }] });
const sendText = (number: string, channel = channels.whatsapp) =>
	bird.send({ receiver: to(number), body: { type: 'text', text: { text: 'Hello' } } }, channel);
const sendTemplate = (number: string) =>
	bird.send({ receiver: to(number), template: { projectId: 'p' } }, channels.whatsapp);
const move = (hours: number | null, from = somebody) =>
	bird.control.simulate('window', { channelId: channels.whatsapp, from, hours });
const writes = (from: string, text = 'Hi') =>
	bird.control.simulate('inbound', { channelId: channels.whatsapp, from, text });
const contactIdOf = async (value: string) => {
	const search = await bird.call('POST', '/contacts/search', {
		identifier: { key: 'phonenumber', value },
	});
	return search.body.results[0].id;
};
const windowOf = async (number: string, channel = channels.whatsapp) =>
	bird.call('GET', `/channels/${channel}/contacts/${await contactIdOf(number)}`);

/** Where a message comes to in the end, and why. */
async function ending({ body }: Awaited<ReturnType<typeof sendText>>, channel = channels.whatsapp) {
	for (let step = 0; step < 3; step++) await bird.control.advance();
	return (await bird.call('GET', `/channels/${channel}/messages/${body.id}`)).body;
}

describe("WhatsApp's service window", () => {
	it('is open for people of whom nothing else is said', async () => {
		expect(await ending(await sendText(somebody))).toMatchObject({ status: 'delivered' });
		const { status, body } = await windowOf(somebody);
		expect(status).toBe(200);
		expect(Date.parse(body.serviceWindowExpireAt)).toBeGreaterThan(Date.now());
		expect(body).toMatchObject({ isPermanentSession: false, metadata: {} });
	});

	it('is closed for those who did not write, where that is the setting', async () => {
		await bird.control.settings({ whatsappWindow: 'closed' });
		expect(await ending(await sendText(somebody))).toMatchObject({ status: 'sending_failed' });
		expect((await windowOf(somebody)).body.serviceWindowExpireAt).toBeNull();
		await writes(somebody);
		expect(await ending(await sendText(somebody))).toMatchObject({ status: 'delivered' });
	});

	it('is closed for numbers that end in 0005, until they write', async () => {
		expect(await ending(await sendText(never))).toMatchObject({
			status: 'sending_failed',
			reason: expect.stringContaining('24 hours'),
			failure: { code: 15000, source: { name: 'whatsapp', code: '131047' } },
		});
		expect((await windowOf(never)).body.serviceWindowExpireAt).toBeNull();
		expect(await ending(await sendTemplate(never))).toMatchObject({ status: 'delivered' });
		expect(await ending(await sendText(never))).toMatchObject({ status: 'sending_failed' });
		await writes(never);
		expect(await ending(await sendText(never))).toMatchObject({ status: 'delivered' });
	});

	it('ends 24 hours after the last message', async () => {
		await move(23.5);
		const { body } = await windowOf(somebody);
		expect(Math.abs(Date.parse(body.serviceWindowExpireAt) - Date.now() - hour / 2)).toBeLessThan(
			5000,
		);
		expect(await ending(await sendText(somebody))).toMatchObject({ status: 'delivered' });
		await move(24);
		expect(Date.parse((await windowOf(somebody)).body.serviceWindowExpireAt)).toBeLessThan(
			Date.now() + 1,
		);
		expect(await ending(await sendText(somebody))).toMatchObject({ status: 'sending_failed' });
		await move(null);
		expect((await windowOf(somebody)).body.serviceWindowExpireAt).toBeNull();
	});

	it.each(['sending_failed', 'delivery_failed', 'rejected'])(
		'lets a message become %s outside of it',
		async (outsideWindow) => {
			await bird.control.settings({ outsideWindow, outsideWindowCode: 15042 });
			await move(null);
			const sent = await sendText(somebody);
			expect(sent).toMatchObject({ status: 202, body: { status: 'accepted' } });
			expect(await ending(sent)).toMatchObject({
				status: outsideWindow,
				failure: { code: 15042 },
			});
		},
	);

	it('or has it refused at once', async () => {
		await bird.control.settings({ outsideWindow: 'refused' });
		await move(null);
		const refused = await sendText(somebody);
		expect(refused.status).toBe(422);
		expect(Object.keys(refused.body.details)).toEqual(['.receiver.contacts[0]']);
		expect((await sendTemplate(somebody)).status).toBe(202);
		expect(await bird.control.messages()).toHaveLength(1);
	});

	it('is one for each channel and contact; other platforms have none', async () => {
		await move(null);
		expect(await ending(await sendText('+31612345679'))).toMatchObject({ status: 'delivered' });
		const sms = await sendText(somebody, channels.sms);
		expect(await ending(sms, channels.sms)).toMatchObject({ status: 'delivered' });
		expect((await windowOf(somebody, channels.sms)).body).toEqual({
			serviceWindowExpireAt: null,
			isPermanentSession: true,
			metadata: {},
		});
	});

	it('is not told about contacts and channels that do not exist, nor to every key', async () => {
		const nobody = '00000000-0000-4000-8000-000000000000';
		const path = `/channels/${channels.whatsapp}/contacts/${nobody}`;
		expect((await bird.call('GET', path)).status).toBe(404);
		await sendText(somebody);
		expect((await windowOf(somebody, nobody)).status).toBe(404);
		const key = { authorization: `AccessKey ${sendOnlyKey}` };
		expect((await bird.call('GET', path, undefined, key)).status).toBe(403);
	});

	it('takes no hours that are none, and no settings that it does not know', async () => {
		await expect(move('1' as never)).rejects.toThrow(/hours: a number/);
		await expect(bird.control.settings({ outsideWindow: 'lost' })).rejects.toThrow(
			/outsideWindow: one of sending_failed, delivery_failed, rejected, refused/,
		);
	});
});

describe('somebody who opted out', () => {
	const optOut = (what = 'opt-out') =>
		bird.control.simulate(what, { channelId: channels.sms, from: somebody });
	const sms = async () => {
		const sent = await sendText(somebody, channels.sms);
		return sent.status === 202 ? await ending(sent, channels.sms) : sent;
	};

	it('writes so, and it is an interaction with what was sent last', async () => {
		const sent = await sendText(somebody, channels.sms);
		const { messageId } = (await optOut()) as { messageId: string };
		const path = `/channels/${channels.sms}/messages`;
		expect((await bird.call('GET', `${path}/${messageId}`)).body).toMatchObject({
			direction: 'incoming',
			body: { text: { text: 'STOP' } },
		});
		const { body } = await bird.call('GET', `${path}/${sent.body.id}/interactions`);
		expect(body.results).toMatchObject([{ type: 'unsubscribe-request' }]);
	});

	it.each([
		['rejected', { status: 'rejected', failure: { code: 14000 } }],
		['skipped', { status: 'skipped' }],
		['refused', { status: 422 }],
		['taken', { status: 'delivered' }],
	])('gets nothing, as far as Bird is set to see to it: %s', async (optedOut, end) => {
		await bird.control.settings({ optedOut });
		await optOut();
		expect(await sms()).toMatchObject(end);
		await optOut('opt-in');
		expect(await sms()).toMatchObject({ status: 'delivered' });
	});
});
