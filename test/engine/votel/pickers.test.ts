import { type Engine, loadEngine } from '../support/engine';
import { openSandbox, type VendorSandbox } from '../support/sandbox';
import { channelId, leadId } from './support';

let engine: Engine;
let sandbox: VendorSandbox;
beforeAll(async () => {
	engine = await loadEngine();
	sandbox = await openSandbox('votel');
});
beforeEach(async () => void (await sandbox.vendor.reset()));
afterAll(async () => await sandbox.close());

const message = { resource: 'message', operation: 'send' };
const search = async (method: string, more: object = {}) =>
	await engine.listSearch('votel', method, {
		parameters: message,
		credentials: sandbox.credentials,
		...more,
	});
const queries = async () => (await sandbox.vendor.requests()).map(({ query }) => query);

describe('channels', () => {
	it('are those that can send the message, the unavailable ones last with the reason', async () => {
		const parameters = { ...message, sendAs: 'sms' };
		expect(await search('searchChannels', { parameters })).toEqual({
			results: [
				{ name: 'SMS - (202) 555-0100 (+12025550100), sms', value: channelId },
				{
					name: 'SMS - (202) 555-0109 (+12025550109), sms, unavailable: The number is not verified yet',
					value: '7e9d0c00-0000-4000-8000-000000000004',
				},
			],
		});
		expect(await queries()).toEqual([{ for_options: 'true', channel_type: 'sms' }]);
	});

	it('are all of them where the kind of channel is not documented', async () => {
		const parameters = { ...message, sendAs: 'instagramDm' };
		const { results } = await search('searchChannels', { parameters });
		expect(results).toHaveLength(25);
		expect(results.at(-1)?.name).toContain('unavailable');
		expect(await queries()).toEqual([{ for_options: 'true' }]);
	});

	it('are found by name and address', async () => {
		const parameters = { ...message, sendAs: 'email' };
		const find = async (filter: string) =>
			(await search('searchChannels', { parameters, filter })).results.map(({ name }) => name);
		expect(await find('SUPPORT@')).toEqual(['Support Email (support@example.com), email']);
		expect(await find('nobody')).toEqual([]);
	});
});

describe('leads', () => {
	it('come page by page', async () => {
		const first = await search('searchLeads');
		expect(first.results).toHaveLength(50);
		expect(first.results[0]).toEqual({
			name: 'Noah Okafor (noah.okafor.1@example.com)',
			value: leadId(1),
		});
		expect(first.paginationToken).toBe('2');
		const last = await search('searchLeads', { paginationToken: '5' });
		expect(last.results).toHaveLength(11);
		expect(last.paginationToken).toBeUndefined();
		expect(await queries()).toEqual([
			{ limit: '50', page: '1' },
			{ limit: '50', page: '5' },
		]);
	});

	it('are searched by Votel', async () => {
		const { results, paginationToken } = await search('searchLeads', { filter: ' old mill ' });
		expect(results).toHaveLength(20);
		expect(paginationToken).toBeUndefined();
		expect(await queries()).toEqual([{ limit: '50', page: '1', search: 'old mill' }]);
	});
});

it('lead fields are named by their category', async () => {
	const options = await engine.loadOptions('votel', 'getLeadFields', {
		parameters: { ...message, operation: 'bulkSend' },
		credentials: sandbox.credentials,
	});
	expect(options).toHaveLength(11);
	expect(options[0]).toEqual({ name: 'Address: City', value: 'city', description: 'text' });
	expect(options).toContainEqual({
		name: 'Marketing: Tags',
		value: 'tags',
		description: 'multi_select',
	});
});

it('says what Votel says', async () => {
	await sandbox.vendor.fault({ fault: 'unauthorized' });
	await expect(search('searchLeads')).rejects.toThrow('Votel refused to list: Invalid API key');
	await sandbox.vendor.fault({ fault: '500' });
	await expect(search('searchChannels')).rejects.toThrow('Internal Server Error');
});
