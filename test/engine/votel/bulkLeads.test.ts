import type { IDataObject } from 'n8n-workflow';
import { loadEngine } from '../support/engine';
import { bulkExamples } from './ownersExamples';
import { byId, channelId, leadId, openBench, type VotelBench } from './support';

let bench: VotelBench;
let close: () => Promise<void>;
beforeAll(async () => void ({ bench, close } = await openBench(await loadEngine())));
beforeEach(async () => void (await bench.vendor.reset()));
afterAll(async () => await close());

const leads = { recipients: 'leads', sendAs: 'sms', text: 'Hello' };
const one = { ...leads, leadIds: leadId(1) };
const filters = (...conditions: IDataObject[]) => ({
	filtersBy: 'groups',
	filterGroups: { groups: [{ conditions: { conditions } }] },
});

describe("the owner's examples", () => {
	it.each(bulkExamples)('$name', async ({ parameters, json, answer }) => {
		const run = await bench.run('bulkSend', { recipients: 'leads', ...parameters });
		expect(run.error).toBeUndefined();
		expect(await bench.seen()).toEqual([
			{ method: 'POST', path: '/api/messaging/send', query: {}, body: JSON.parse(json) },
		]);
		expect(run.json[0]).toMatchObject([answer]);
		expect(await bench.vendor.messages()).toHaveLength(Number(answer.accepted));
	});
});

describe('a request', () => {
	it('combines criteria and goes by a channel', async () => {
		await bench.run('bulkSend', {
			...leads,
			leads: { entries: [{ leadId: byId(leadId(1)) }, { leadId: byId(leadId(2)) }] },
			leadIds: `${leadId(2)}, ${leadId(16)}`,
			searchKeyword: 'enterprise',
			assignees: 'user-uuid-1',
			...filters({ field: 'city', operator: 'contains', value: 'Berlin' }),
			channelId: byId(channelId),
			options: { channelIn: 'both' },
		});
		expect(await bench.seen()).toEqual([
			{
				method: 'POST',
				path: '/api/messaging/send',
				query: { send_identifier: channelId },
				body: {
					sender_type: 'sms',
					sender_identifier: channelId,
					bulk_settings: {
						lead_ids: [leadId(1), leadId(2), leadId(16)],
						search_keyword: 'enterprise',
						assignees: ['user-uuid-1'],
						filters: {
							conditions: [
								{
									id: 'group-1',
									conditions: [
										{ id: 'cond-1', field: 'city', operator: 'contains', value: 'Berlin' },
									],
								},
							],
						},
					},
					message_data: { recipient: '+1234567890', content: 'Hello' },
				},
			},
		]);
	});

	it('names groups and conditions by number, and passes any operator on', async () => {
		const condition = { field: 'city', operator: 'starts_with', value: 'B' };
		const groups = [
			{ conditions: { conditions: [condition, { ...condition, id: 'mine' }] } },
			{ id: 'towns', conditions: { conditions: [{ ...condition, value: ['Bonn', 'Bern'] }] } },
		];
		await bench.run('bulkSend', { ...leads, filtersBy: 'groups', filterGroups: { groups } });
		const [body] = (await bench.bodies()) as Array<{ bulk_settings: IDataObject }>;
		expect(body.bulk_settings.filters).toEqual({
			conditions: [
				{
					id: 'group-1',
					conditions: [
						{ id: 'cond-1', field: 'city', operator: 'starts_with', value: 'B' },
						{ id: 'mine', field: 'city', operator: 'starts_with', value: 'B' },
					],
				},
				{
					id: 'towns',
					conditions: [
						{ id: 'cond-3', field: 'city', operator: 'starts_with', value: ['Bonn', 'Bern'] },
					],
				},
			],
		});
	});

	it('has all input items in it, where an expression makes them one list', async () => {
		const items = [1, 2, 3].map((number) => ({ lead: leadId(number) }));
		const leadIds = '={{ $input.all().map((item) => item.json.lead) }}';
		const run = await bench.run('bulkSend', { ...leads, leadIds }, { items });
		expect(await bench.bodies()).toMatchObject([
			{ bulk_settings: { lead_ids: [leadId(1), leadId(2), leadId(3)] } },
		]);
		expect(run.json[0]).toMatchObject([
			{ total: 3 },
			{ total: 3, duplicateOf: 0 },
			{ total: 3, duplicateOf: 0 },
		]);
		expect(run.origins[0]).toEqual([0, 1, 2]);
	});

	it('is one for each item that asks for something else', async () => {
		const items = [{ keyword: 'enterprise' }, { keyword: 'old mill' }, { keyword: 'enterprise' }];
		const searchKeyword = '={{ $json.keyword }}';
		const run = await bench.run('bulkSend', { ...leads, searchKeyword }, { items });
		const asked = ((await bench.bodies()) as Array<{ bulk_settings: IDataObject }>).map(
			({ bulk_settings: settings }) => settings,
		);
		expect(asked).toHaveLength(2);
		expect(asked).toEqual(
			expect.arrayContaining([{ search_keyword: 'enterprise' }, { search_keyword: 'old mill' }]),
		);
		expect(run.json[0]).toMatchObject([{ total: 150 }, { total: 20 }, { duplicateOf: 0 }]);
		expect(await bench.vendor.duplicates()).toEqual([]);
	});
});

describe('what the next node gets', () => {
	it('is a summary in the words of every Bulk Send', async () => {
		const run = await bench.run('bulkSend', { ...leads, searchKeyword: 'enterprise customers' });
		expect(run.json[0]).toEqual([
			{
				provider: 'votel',
				channel: 'sms',
				total: 150,
				accepted: 148,
				rejected: 2,
				notSent: 0,
				unknown: 0,
				duplicates: 0,
				successRatePercent: 98.67,
			},
		]);
	});

	it('is the documented answer without Simplify', async () => {
		const parameters = { ...leads, searchKeyword: 'enterprise customers', simplify: false };
		const run = await bench.run('bulkSend', parameters);
		expect(run.json[0]).toEqual([
			{ total_leads: 150, messages_sent: 148, messages_failed: 2, success_rate: 98.67 },
		]);
	});

	it('says so when no lead fits', async () => {
		const run = await bench.run('bulkSend', { ...leads, searchKeyword: 'nobody at all' });
		expect(run.json[0]).toMatchObject([{ total: 0, accepted: 0, successRatePercent: 0 }]);
	});
});

describe('faults', () => {
	it.each(['reset-after', 'garbage', '502', '504'] as const)(
		'never sends again what may have reached the leads: %s',
		async (fault) => {
			await bench.vendor.fault({ fault });
			const run = await bench.run('bulkSend', { ...leads, searchKeyword: 'enterprise' });
			expect(run.error?.message).toContain('unknown whether');
			expect(run.error?.description).toContain('Look in Votel, under Activity');
			expect(await bench.seen()).toHaveLength(1);
		},
	);

	it('does not even when n8n runs the node again', async () => {
		await bench.vendor.fault({ fault: 'reset-after' });
		const run = await bench.run(
			'bulkSend',
			{ ...leads, searchKeyword: 'enterprise' },
			{ retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
		);
		expect(run.error?.message).toContain('unknown whether');
		expect(await bench.seen()).toHaveLength(1);
		expect(await bench.vendor.duplicates()).toEqual([]);
	});

	it('gives up waiting for an answer after the time that the user set', async () => {
		await bench.vendor.fault({ fault: 'timeout' });
		const run = await bench.run('bulkSend', { ...one, options: { answerTimeout: 0.2 } });
		expect(run.error?.message).toContain('unknown whether');
		expect(await bench.seen()).toHaveLength(1);
	});

	it('waits when told to, since nothing was processed', async () => {
		await bench.vendor.fault({ fault: '429', retryAfter: 0 });
		const run = await bench.run('bulkSend', one);
		expect(run.json[0]).toMatchObject([{ total: 1, accepted: 1 }]);
		expect(await bench.vendor.messages()).toHaveLength(1);
	});

	it('reports a refusal for the item that asked for it', async () => {
		const run = await bench.run(
			'bulkSend',
			{ ...leads, ...filters({ field: '={{ $json.field }}', value: 'Berlin' }) },
			{ items: [{ field: 'shoe_size' }, { field: 'city' }] },
		);
		expect(run.json[0]).toMatchObject([
			{
				error: 'Votel refused the request: Unknown lead field: shoe_size [item 0]. HTTP 400.',
				details: { outcome: 'rejected', httpCode: 400 },
			},
			{ total: 70 },
		]);
		expect(run.origins[0]).toEqual([0, 1]);
	});

	it('names the part of a filter that does not fit', async () => {
		const condition = { field: 'city', value: 'B' };
		const run = await bench.run('bulkSend', {
			...leads,
			...filters(condition, { ...condition, operator: 'equals' }),
		});
		expect(run.error?.message).toContain('Filters group 1 condition 2 Operator: value is not');
	});

	it('sends nothing more once the key is refused', async () => {
		await bench.vendor.fault({ fault: 'unauthorized' });
		const run = await bench.run(
			'bulkSend',
			{ ...leads, searchKeyword: '={{ $json.keyword }}', options: { maxInFlight: 1 } },
			{ items: [{ keyword: 'a' }, { keyword: 'b' }, { keyword: 'c' }] },
		);
		expect(run.error?.message).toContain('Invalid API key');
		expect(await bench.seen()).toHaveLength(1);
	});
});

describe('bad input', () => {
	const conditions = (condition: IDataObject) => ({ ...leads, ...filters(condition) });

	it.each<[string, IDataObject, string, string]>([
		['no criterion', leads, 'The selection of leads is empty', 'Votel might send to everyone'],
		[
			'blank criteria',
			{ ...leads, leadIds: ' ', searchKeyword: ' ', assignees: '' },
			'The selection of leads is empty',
			'Votel might send to everyone',
		],
		[
			'an empty list beside another criterion',
			{ ...leads, searchKeyword: 'mill', leadIds: '={{ [] }}' },
			'Lead IDs is empty',
			'to more leads than you meant',
		],
		[
			'an expression without a value beside another criterion',
			{ ...leads, searchKeyword: '={{ $json.missing }}', assignees: 'user-uuid-1' },
			'Search Keyword is empty',
			'to more leads than you meant',
		],
		[
			'a list of commas',
			{ ...leads, searchKeyword: 'mill', assignees: ',' },
			'Assignees is empty',
			'to more leads than you meant',
		],
		[
			'an ID that is none',
			{ ...leads, leadIds: 'ana' },
			'Lead IDs "ana" is not',
			'An ID looks like',
		],
		[
			'a lead that was not picked',
			{ ...leads, leads: { entries: [{ leadId: byId('={{ "" }}') }] } },
			'Leads is empty',
			'remove the entry',
		],
		['no group', { ...leads, filtersBy: 'groups' }, 'Filter Groups is empty', 'Add a group'],
		[
			'a group without a condition',
			{ ...leads, filtersBy: 'groups', filterGroups: { groups: [{ conditions: {} }] } },
			'Filter Groups group 1 has no condition',
			'Add a condition',
		],
		[
			'a condition without a field',
			conditions({ field: '', value: 'x' }),
			'Filter Groups group 1 condition 1 Field is empty',
			'Choose a field',
		],
		[
			'a condition without an operator',
			conditions({ field: 'city', operator: ' ', value: 'x' }),
			'condition 1 Operator is empty',
			'contains',
		],
		[
			'a condition without a value',
			conditions({ field: 'city', value: '={{ $json.missing }}' }),
			'condition 1 Value is empty',
			'what to look for',
		],
		[
			'a condition with an empty list',
			conditions({ field: 'tags', valueIs: 'list', value: ' , ' }),
			'condition 1 Value is empty',
			'what to look for',
		],
		...['{}', '{"conditions":[]}', '{"conditions":[{"id":"g","conditions":[]}]}', '[]'].map(
			(json): [string, IDataObject, string, string] => [
				`filters ${json}`,
				{ ...leads, filtersBy: 'json', filtersJson: json },
				'Filters (JSON)',
				json === '[]' ? 'starts with {' : 'a list "conditions" of groups',
			],
		),
		[
			'a kind that cannot go to leads',
			{ ...one, sendAs: 'instagramDm' },
			'Channel Type "instagramDm" is not possible here',
			'email, sms',
		],
		[
			'a timeout that is none',
			{ ...one, options: { answerTimeout: 0 } },
			'Answer Timeout is not a number above 0',
			'seconds',
		],
	])('%s', async (_name, parameters, problem, cure) => {
		const run = await bench.run('bulkSend', parameters);
		expect(run.error?.message).toContain(problem);
		expect(run.error?.message).toContain('[item 0]');
		expect(run.error?.description).toContain(cure);
		expect(await bench.seen()).toEqual([]);
	});
});

describe('a dry run', () => {
	const dry = { ...leads, dryRun: true };
	const count = async (parameters: IDataObject) => {
		const run = await bench.run('bulkSend', { ...dry, ...parameters });
		expect(run.error).toBeUndefined();
		expect(await bench.vendor.messages()).toEqual([]);
		return run.json[0][0];
	};

	it('counts IDs without asking, and shows the request', async () => {
		expect(await count({ leadIds: [leadId(1), leadId(2)].join() })).toEqual({
			dryRun: true,
			provider: 'votel',
			total: 2,
			note: expect.stringContaining('As many as there are IDs'),
			request: {
				bulk_settings: { lead_ids: [leadId(1), leadId(2)] },
				message_data: { recipient: '+1234567890', content: 'Hello' },
			},
		});
		expect(await bench.seen()).toEqual([]);
	});

	it('lets Votel count for a keyword, once for all items that have the same', async () => {
		const items = [{ keyword: 'old mill' }, { keyword: 'old mill' }, { keyword: 'enterprise' }];
		const parameters = { ...dry, searchKeyword: '={{ $json.keyword }}' };
		const run = await bench.run('bulkSend', parameters, { items });
		expect(run.json[0].map(({ total }) => total)).toEqual([20, 20, 150]);
		expect(run.origins[0]).toEqual([0, 1, 2]);
		expect(await bench.seen()).toMatchObject([
			{ method: 'GET', path: '/api/leads', query: { search: 'old mill', limit: '1', page: '1' } },
			{ method: 'GET', path: '/api/leads', query: { search: 'enterprise' } },
		]);
	});

	it.each<[string, IDataObject, string]>([
		['assignees', { assignees: 'user-uuid-1' }, 'cannot count leads by assignees.'],
		[
			'filters',
			{ ...filters({ field: 'city', value: 'B' }), assignees: 'user-uuid-1' },
			'cannot count leads by assignees and filters.',
		],
		[
			'IDs and a keyword',
			{ leadIds: leadId(1), searchKeyword: 'mill' },
			'how lead IDs and a keyword combine',
		],
	])('says that it cannot count %s', async (_name, parameters, note) => {
		expect(await count(parameters)).toMatchObject({
			total: null,
			note: expect.stringContaining(note),
		});
		expect(await bench.seen()).toEqual([]);
	});

	it('refuses what sending would refuse', async () => {
		const run = await bench.run('bulkSend', dry);
		expect(run.error?.message).toContain('The selection of leads is empty [item 0]');
		const kept = await bench.run('bulkSend', dry, { onError: 'continueRegularOutput' });
		expect(kept.json[0]).toMatchObject([{ details: { outcome: 'not_sent' } }]);
	});

	it('of the first item is one of all, and of another item sends nothing for it', async () => {
		const parameters = {
			...one,
			dryRun: '={{ $json.dry }}',
			searchKeyword: '={{ $json.keyword }}',
		};
		const items = [true, false].map((dry, at) => ({ dry, keyword: `Noah ${at}` }));
		const all = await bench.run('bulkSend', parameters, { items });
		expect(all.json[0]).toMatchObject([{ dryRun: true }, { dryRun: true }]);
		expect(await bench.seen()).toEqual([]);
		const other = await bench.run('bulkSend', parameters, { items: items.reverse() });
		expect(other.json[0]).toMatchObject([
			{ total: 0 },
			{ error: expect.stringContaining('Dry Run is on for some items only [item 1]') },
		]);
		expect(await bench.seen()).toHaveLength(1);
	});

	it('is told what Votel says', async () => {
		await bench.vendor.fault({ fault: '403' });
		const run = await bench.run('bulkSend', { ...dry, searchKeyword: 'mill' });
		expect(run.error).toMatchObject({ httpCode: '403' });
		expect(run.error?.message).toContain('Votel refused the request');
	});
});
