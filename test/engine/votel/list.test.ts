import type { IDataObject } from 'n8n-workflow';
import { loadEngine } from '../support/engine';
import { byId, leadId, openBench, type VotelBench } from './support';

let bench: VotelBench;
let close: () => Promise<void>;
beforeAll(async () => void ({ bench, close } = await openBench(await loadEngine())));
beforeEach(async () => void (await bench.vendor.reset()));
afterAll(async () => await close());

/** The one with 60 activities, 12 of each kind. */
const lead = { leadId: byId(leadId(1)) };
const path = `/api/activities/lead/${leadId(1)}`;

it('lists emails and SMS together, newest first', async () => {
	const run = await bench.run('list', lead);
	expect(await bench.seen()).toMatchObject([
		{ method: 'GET', path, query: { activity_type: 'email', limit: '50' } },
		{ method: 'GET', path, query: { activity_type: 'sms', limit: '50' } },
	]);
	const [listed] = run.json;
	expect(listed).toHaveLength(24);
	expect(listed.slice(0, 2)).toEqual([
		{
			messageId: null,
			provider: 'votel',
			channel: 'sms',
			recipient: null,
			status: 'unknown',
			providerStatus: null,
			sentAt: '2025-10-06T00:57:00.000Z',
			reference: null,
			text: 'Earlier sms 58',
			leadId: leadId(1),
		},
		expect.objectContaining({ channel: 'email', text: 'Earlier email 57' }),
	]);
	const times = listed.map(({ sentAt }) => String(sentAt));
	expect(times).toEqual([...times].sort().reverse());
	expect(run.origins[0]).toEqual(listed.map(() => 0));
});

it('keeps to the limit over both kinds', async () => {
	const run = await bench.run('list', { ...lead, limit: 3 });
	expect(run.json[0].map(({ text }) => text)).toEqual([
		'Earlier sms 58',
		'Earlier email 57',
		'Earlier sms 53',
	]);
	expect(await bench.seen()).toMatchObject([{ query: { limit: '3' } }, { query: { limit: '3' } }]);
});

it.each(['email', 'sms'])('lists only %s', async (kind) => {
	const run = await bench.run('list', { ...lead, messageKinds: kind });
	expect(await bench.seen()).toMatchObject([{ query: { activity_type: kind } }]);
	expect(new Set(run.json[0].map(({ channel }) => channel))).toEqual(new Set([kind]));
});

it('gives activities untouched without Simplify', async () => {
	const run = await bench.run('list', { ...lead, limit: 1, simplify: false });
	expect(run.json[0]).toEqual([
		{
			activity_type: 'sms',
			content: 'Earlier sms 58',
			created_at: '2025-10-06T00:57:00.000Z',
		},
	]);
});

it('finds what was just sent, and nothing where nothing was', async () => {
	const sent = { sendAs: 'sms', recipient: '+447700900002', text: 'Just now' };
	await bench.run('send', sent);
	const parameters = { leadId: byId('={{ $json.lead }}') };
	const items = [{ lead: leadId(2) }, { lead: leadId(3) }];
	const run = await bench.run('list', parameters, { items });
	expect(run.json[0]).toMatchObject([{ text: 'Just now', leadId: leadId(2) }]);
	expect(run.origins[0]).toEqual([0]);
});

it.each(['500', 'reset-before'] as const)('reads again after %s', async (fault) => {
	await bench.vendor.fault({ fault });
	const run = await bench.run('list', { ...lead, messageKinds: 'sms' });
	expect(run.json[0]).toHaveLength(12);
	expect(await bench.seen()).toHaveLength(2);
});

it('says when an answer cannot be read', async () => {
	await bench.vendor.fault({ fault: 'garbage', skip: 1 });
	const run = await bench.run('list', lead);
	expect(run.error?.message).toContain('a body that cannot be read');
});

it('says what Votel says of an unknown lead', async () => {
	const unknown = byId('00000000-0000-4000-8000-000000000000');
	const run = await bench.run('list', { leadId: unknown });
	expect(run.error).toMatchObject({ httpCode: '404' });
	expect(run.error?.message).toContain('Lead not found');
});

it.each<[IDataObject, string, string]>([
	[{ leadId: byId('={{ "../agents" }}') }, 'Lead "../agents" is not a valid ID', 'Pick a lead'],
	[
		{ ...lead, limit: '={{ 51 }}' },
		'Limit "51" is not a whole number from 1 to 50',
		'from 1 to 50',
	],
	[{ ...lead, limit: '={{ 0 }}' }, 'Limit "0" is not', 'from 1 to 50'],
	[
		{ ...lead, messageKinds: '={{ "call" }}' },
		'Message Kinds "call" is none of the choices',
		'email, sms',
	],
])('refuses %p', async (parameters, problem, cure) => {
	const run = await bench.run('list', parameters);
	expect(run.error?.message).toContain(problem);
	expect(run.error?.message).toContain('[item 0]');
	expect(run.error?.description).toContain(cure);
	expect(await bench.seen()).toEqual([]);
});
