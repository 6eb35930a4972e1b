import { type IncomingMessage, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';

import { sign } from '../../../sandbox/vendors/bird/webhooks';
import { Bird, channels, until } from './support';

interface Received {
	headers: IncomingMessage['headers'];
	raw: Buffer;
	body: { service: string; event: string; payload: { id: string; status: string; type: string } };
}

let bird: Bird;
let receiver: Server;
let url: string;
let received: Received[] = [];
let answers: number[] = [];

beforeAll(async () => {
	bird = await Bird.start({ autoAdvance: false, webhookRetryMs: 1100 });
	receiver = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const raw = Buffer.concat(chunks);
		received.push({ headers: request.headers, raw, body: JSON.parse(raw.toString()) });
		response.writeHead(answers.shift() ?? 200).end();
	}).listen(0, '127.0.0.1');
	await once(receiver, 'listening');
	url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook?x=1`;
});
beforeEach(async () => {
	await bird.control.reset();
	await bird.control.settings({ allowInsecureWebhookUrls: true });
	received = [];
	answers = [];
});
afterAll(async () => {
	receiver.closeAllConnections();
	receiver.close();
	await bird.close();
});

const subscription = (more = {}) => ({
	service: 'channels',
	event: 'sms.outbound',
	url,
	signingKey: 'secret key',
	...more,
});
const subscribe = (more = {}) => bird.call('POST', '/webhook-subscriptions', subscription(more));
const arrived = (count: number) =>
	until(async () => (received.length >= count ? received : undefined));

it("signs by Bird's recipe", () => {
	const body = Buffer.from('{"service":"channels","event":"sms.inbound","payload":{}}');
	expect(sign('secureSigningKey', 'https://domain.com/webhook/bird', '1719823259', body)).toBe(
		's553Pt35aNC93vUaNH4NWFGdsmqKQWr+c8KMlmJVWjc=',
	);
});

it('sends every status, signed for the registered URL', async () => {
	await subscribe();
	const { body: message } = await bird.sendText();
	for (let i = 0; i < 3; i++) {
		await arrived(i + 1);
		await bird.control.advance();
	}
	const all = await arrived(4);
	expect(all.map(({ body }) => body.payload.status)).toEqual([
		'accepted',
		'processing',
		'sent',
		'delivered',
	]);
	for (const { headers, raw, body } of all) {
		expect(body).toMatchObject({ service: 'channels', event: 'sms.outbound' });
		expect(body.payload.id).toBe(message.id);
		const timestamp = String(headers['messagebird-request-timestamp']);
		expect(Math.abs(Date.now() / 1000 - Number(timestamp))).toBeLessThan(10);
		expect(headers['messagebird-signature']).toBe(sign('secret key', url, timestamp, raw));
	}
});

it('repeats a delivery that was not taken, with its first timestamp', async () => {
	await subscribe();
	answers = [500, 404];
	await bird.sendText();
	const [first, second, third] = await arrived(3);
	const ofFirst = first?.headers['messagebird-request-timestamp'];
	expect(second?.headers['messagebird-request-timestamp']).toBe(ofFirst);
	expect(third?.headers).toMatchObject({
		'messagebird-request-timestamp': ofFirst,
		'messagebird-signature': first?.headers['messagebird-signature'],
	});
	const { deliveries } = await bird.control.webhooks();
	expect(deliveries.map(({ status }) => status)).toEqual([500, 404, 200]);
});

it('sends only what was subscribed to', async () => {
	await subscribe({
		eventFilters: [
			{ key: 'channelId', value: channels.sms },
			{ key: 'messageStatus', value: 'delivered' },
		],
	});
	await subscribe({ event: 'sms.inbound' });
	await subscribe({ event: 'sms.interaction', signingKey: undefined });
	const { body } = await bird.sendText();
	await bird.control.advance({ messageId: body.id, status: 'sent' });
	await bird.control.advance({ messageId: body.id, status: 'delivered' });
	await bird.control.advance({ messageId: body.id, status: 'clicked' });
	await bird.control.simulate('inbound', { channelId: channels.sms, text: 'Hi' });
	await bird.control.simulate('inbound', { channelId: channels.whatsapp, text: 'Hi' });
	await arrived(3);
	await new Promise((resolve) => setTimeout(resolve, 50));
	expect(
		received.map(({ body: { event, payload } }) => [event, payload.status ?? payload.type]).sort(),
	).toEqual([
		['sms.inbound', 'delivered'],
		['sms.interaction', 'clicked'],
		['sms.outbound', 'delivered'],
	]);
	const unsigned = received.find(({ body: { event } }) => event === 'sms.interaction');
	expect(unsigned?.headers['messagebird-signature']).toBeUndefined();
});

it('lists, shows and deletes subscriptions, and tells the key once', async () => {
	const created = await subscribe();
	expect(created).toMatchObject({
		status: 201,
		body: { signingKey: 'secret key', status: 'active', event: 'sms.outbound', url },
	});
	const path = `/webhook-subscriptions/${created.body.id}`;
	const shown = await bird.call('GET', path);
	expect(shown.body).toEqual({ ...created.body, signingKey: undefined });
	const listed = await bird.call('GET', '/webhook-subscriptions');
	expect(listed.body.results).toEqual([shown.body]);
	expect((await bird.call('DELETE', path)).status).toBe(204);
	expect((await bird.call('DELETE', path)).status).toBe(404);
	await bird.sendText();
	expect((await bird.control.webhooks()).deliveries).toEqual([]);
});

it.each([
	['http://n8n.example.com/hook'],
	['https://localhost/hook'],
	['https://10.0.0.1/hook'],
	['https://n8n.example.com:5678/hook'],
])('takes no URL such as %s, unless told to', async (bad) => {
	await bird.control.settings({ allowInsecureWebhookUrls: false });
	expect((await subscribe({ url: bad })).body.details['.url'][0]).toMatch(/regular expression/);
	expect((await subscribe({ url: 'https://n8n.example.com/hook' })).status).toBe(201);
	await bird.control.settings({ allowInsecureWebhookUrls: true });
	expect((await subscribe({ url: bad })).status).toBe(201);
});

it('refuses unknown events, filters and keys, and a sixth of the same', async () => {
	expect((await subscribe({ event: 'sms.sent' })).status).toBe(422);
	expect((await subscribe({ service: 'letters' })).status).toBe(422);
	expect((await subscribe({ secret: 'x' })).status).toBe(422);
	const filter = (key: string) => ({ key, value: 'x' });
	expect((await subscribe({ eventFilters: [filter('colour')] })).status).toBe(422);
	const twice = { eventFilters: [filter('channelId'), filter('channelId')] };
	expect((await subscribe(twice)).status).toBe(422);
	for (let i = 0; i < 5; i++) expect((await subscribe()).status).toBe(201);
	expect((await subscribe()).status).toBe(409);
	expect((await subscribe({ eventFilters: [filter('channelId')] })).status).toBe(201);
});

it('lists the events that can be subscribed to', async () => {
	const { body } = await bird.call('GET', '/available-webhooks?service=channels');
	expect(body.results).toHaveLength(1);
	expect(body.results[0].events).toContainEqual({
		name: 'whatsapp.interaction',
		filterKeys: ['channelId', 'platformId', 'interactionType'],
	});
});

it('does not write to other machines, and delivers to targets set by hand', async () => {
	await subscribe({ url: 'https://n8n.example.com/hook' });
	await bird.control.addWebhook({ url, secret: 'k', event: 'sms.outbound' });
	await bird.sendText();
	await arrived(1);
	const { deliveries } = await bird.control.webhooks();
	expect(deliveries.find((one) => one.url.startsWith('https'))).toMatchObject({
		status: 0,
		error: expect.stringContaining('not on this machine') as string,
	});
});
