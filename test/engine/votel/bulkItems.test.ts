import { loadEngine } from '../support/engine';
import { byId, channelId, openBench, type VotelBench } from './support';

let bench: VotelBench;
let close: () => Promise<void>;
beforeAll(async () => void ({ bench, close } = await openBench(await loadEngine())));
beforeEach(async () => void (await bench.vendor.reset()));
afterAll(async () => await close());

const email = { sendAs: 'email', subject: 'Hi [[name]]', text: 'Hello [[name]]' };
const sms = { sendAs: 'sms', text: 'Hello' };

it('sends each item its own message, one request each', async () => {
	const items = [
		{ email: 'ana@example.com', name: 'Ana' },
		{ email: 'ben@example.com', name: 'Ben' },
	];
	const run = await bench.run('bulkSend', { ...email, messageType: 'MARKETING' }, { items });
	const seen = await bench.seen();
	expect(seen).toHaveLength(2);
	expect(seen).toEqual(
		expect.arrayContaining(
			items.map(({ email: recipient, name }) => ({
				method: 'POST',
				path: '/api/messaging/send',
				query: {},
				body: {
					message_data: { recipient, subject: `Hi ${name}`, content: `Hello ${name}` },
					message_type: 'MARKETING',
				},
			})),
		),
	);
	expect(run.json[0]).toMatchObject(
		items.map(({ email: recipient }) => ({ provider: 'votel', recipient, status: 'sent' })),
	);
	expect(run.origins[0]).toEqual([0, 1]);
});

it('goes by the channel of the query too, and takes contacts and metadata from the items', async () => {
	await bench.run(
		'bulkSend',
		{
			...sms,
			channelId: byId(channelId),
			contactId: byId('={{ $json.contact }}'),
			metadata: { entries: [{ name: 'order', value: '[[order]]' }] },
			options: { channelIn: 'query' },
		},
		{ items: [{ phone: '+14155550123', contact: 'c-1', order: 7 }] },
	);
	expect(await bench.seen()).toMatchObject([
		{
			query: { send_identifier: channelId },
			body: {
				sender_type: 'sms',
				message_data: {
					recipient: '+14155550123',
					content: 'Hello',
					contact_id: 'c-1',
					metadata: { order: '7' },
				},
			},
		},
	]);
});

it.each([
	['email', 'email', 'ana@example.com'],
	['sms', 'phone', '+14155550123'],
	['instagramDm', 'instagramId', '1234567890123456'],
])('looks for recipients of %s in the field %s', async (sendAs, field, recipient) => {
	const parameters = { sendAs, subject: 'Hi', text: 'Hello' };
	await bench.run('bulkSend', parameters, { items: [{ [field]: recipient }] });
	expect(await bench.recipients()).toEqual([recipient]);
});

it('takes a list, and reports bad recipients and refusals beside the rest', async () => {
	const run = await bench.run('bulkSend', {
		...sms,
		recipientsFrom: 'list',
		recipientList: '+14155550101, 0123, +12025550144, +14155550101',
	});
	expect(run.json[0]).toMatchObject([
		{ status: 'sent', recipient: '+14155550101' },
		{ error: expect.stringContaining('"0123" needs'), details: { outcome: 'not_sent' } },
		{
			error: expect.stringContaining('The provider rejected the recipient'),
			details: { outcome: 'rejected', recipient: '+12025550144' },
		},
		{ recipient: '+14155550101', duplicateOf: 0 },
	]);
	expect(await bench.recipients()).toEqual(['+14155550101']);
});

it('sums up', async () => {
	const items = ['+14155550101', '+14155550102', '+12025550145'].map((phone) => ({ phone }));
	const run = await bench.run('bulkSend', { ...sms, output: 'summary' }, { items });
	expect(run.json[0]).toMatchObject([
		{ total: 3, accepted: 2, rejected: 1, notSent: 0, unknown: 0, successRatePercent: 66.67 },
	]);
});

it('gets everybody through a limit, once', async () => {
	await bench.vendor.limit({ requests: 20, perMs: 100, retryAfter: 0 });
	const items = Array.from({ length: 60 }, (_, at) => ({ phone: `+4477009${10_000 + at}` }));
	const run = await bench.run('bulkSend', sms, { items });
	expect(run.json[0].map(({ status }) => status)).toEqual(items.map(() => 'sent'));
	expect(await bench.recipients()).toEqual(items.map(({ phone }) => phone).sort());
	expect(await bench.vendor.duplicates()).toEqual([]);
});

it('never sends again what may have been accepted', async () => {
	await bench.vendor.fault({ fault: 'reset-after', skip: 1 });
	const items = ['+14155550101', '+14155550102', '+14155550103'].map((phone) => ({ phone }));
	const run = await bench.run('bulkSend', { ...sms, options: { maxInFlight: 1 } }, { items });
	expect(run.json[0]).toMatchObject([
		{ status: 'sent' },
		{ details: { outcome: 'unknown' } },
		{ status: 'sent' },
	]);
	expect(await bench.recipients()).toEqual(items.map(({ phone }) => phone));
});
