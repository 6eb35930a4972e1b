import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { BirdRoom, byId, demo } from './support';

let bird: BirdRoom;
beforeAll(async () => (bird = await BirdRoom.open()));
beforeEach(() => bird.vendor.reset());
afterAll(() => bird.close());

const search = async (method: string, filter?: string, paginationToken?: string) =>
	await bird.engine.listSearch('bird', method, {
		credentials: bird.credentials,
		...(filter === undefined ? {} : { filter }),
		...(paginationToken === undefined ? {} : { paginationToken }),
	});
const names = ({ results }: { results: Array<{ name: string }> }) =>
	results.map(({ name }) => name);

describe('channels', () => {
	it('tell their platform and identifier', async () => {
		const list = await search('searchChannels');
		expect(list.results).toHaveLength(demo.demoChannels().length);
		expect(list.results[0]).toEqual({
			name: 'Demo SMS (sms-messagebird +31970102000)',
			value: demo.smsChannelId,
		});
		expect(names(list)).toContain('Old SMS (sms-messagebird +31970102009, inactive)');
		expect(list.paginationToken).toBeUndefined();
		expect((await bird.seen())[0]).toMatchObject({ path: '/channels', query: { limit: '1000' } });
	});

	it.each([
		['demo w', ['Demo WhatsApp (whatsapp +31970102001)']],
		[' EMAIL@', []],
		['demo@example', ['Demo Email (email-messagebird demo@example.com)']],
	])('are searched by %p', async (filter, expected) => {
		expect(names(await search('searchChannels', filter))).toEqual(expected);
	});

	it('that may not be listed say so, and what to do', async () => {
		const credentials = {
			birdChannelsApi: { ...bird.credentials.birdChannelsApi, accessKey: demo.sendOnlyKey },
		};
		await expect(
			bird.engine.listSearch('bird', 'searchChannels', { credentials }),
		).rejects.toMatchObject({
			message: expect.stringContaining('Bird refused to list: The access key is not allowed'),
			description: expect.stringContaining('Check what the credential is allowed to do.'),
		});
	});
});

describe('contacts', () => {
	it('tell their name and first identifier', async () => {
		const list = await search('searchContacts');
		expect(list.results).toHaveLength(64);
		expect(list.results[0].name).toBe('Ada Okafor (+31620011001)');
		expect((await bird.seen())[0]).toMatchObject({ path: '/contacts', query: { limit: '100' } });
	});

	it('are searched by name in what is listed', async () => {
		expect(names(await search('searchContacts', 'öztürk'))).toHaveLength(8);
	});

	it.each(['+31 6200 11001', 'contact1@example.com'])(
		'are found by Bird for %p',
		async (filter) => {
			expect(names(await search('searchContacts', filter))).toEqual(['Ada Okafor (+31620011001)']);
			expect(await bird.seen()).toEqual([
				expect.objectContaining({ method: 'POST', path: '/contacts/search' }),
			]);
		},
	);

	it('that Bird does not find are looked for in what is listed', async () => {
		expect(names(await search('searchContacts', 'nobody@example.com'))).toEqual([]);
		expect((await bird.seen()).map(({ path }) => path)).toEqual(['/contacts/search', '/contacts']);
	});
});

describe('pages', () => {
	let server: Server;
	let asked: string[];
	const credentials = () => ({
		birdChannelsApi: {
			...bird.credentials.birdChannelsApi,
			baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		},
	});

	beforeAll(async () => {
		server = createServer((request, response) => {
			const { pathname, searchParams } = new URL(request.url ?? '', 'http://bird');
			asked.push(`${pathname.replace(/^.*\//, '')} ${searchParams.get('pageToken') ?? 1}`);
			const page = Number(searchParams.get('pageToken') ?? 1);
			response.setHeader('content-type', 'application/json');
			response.end(
				JSON.stringify({
					results: [
						{ id: `id-${page}`, name: `Channel ${page}`, computedDisplayName: `P ${page}` },
					],
					...(page < 12 ? { nextPageToken: String(page + 1) } : {}),
				}),
			);
		}).listen(0, '127.0.0.1');
		await once(server, 'listening');
	});
	beforeEach(() => void (asked = []));
	afterAll(() => void server.close());

	it('are read one at a time where nothing is searched', async () => {
		const list = await bird.engine.listSearch('bird', 'searchChannels', {
			credentials: credentials(),
			paginationToken: '3',
		});
		expect(list).toMatchObject({ results: [{ value: 'id-3' }], paginationToken: '4' });
		expect(asked).toEqual(['channels 3']);
	});

	it('are read on until something matches', async () => {
		const list = await bird.engine.listSearch('bird', 'searchContacts', {
			credentials: credentials(),
			filter: 'p 4',
		});
		expect(list).toMatchObject({ results: [{ value: 'id-4' }], paginationToken: '5' });
		expect(asked).toEqual(['contacts 1', 'contacts 2', 'contacts 3', 'contacts 4']);
	});

	it('are not read without end', async () => {
		const list = await bird.engine.listSearch('bird', 'searchContacts', {
			credentials: credentials(),
			filter: 'nobody',
		});
		expect(list).toEqual({ results: [], paginationToken: '6' });
		expect(asked).toHaveLength(5);
	});
});

describe('templates', () => {
	it('are those projects that can be sent', async () => {
		const list = await search('searchTemplates');
		expect(list.results).toEqual([
			{
				name: 'Order shipped (whatsapp, sms): Hi {{first_name}}, your order of {{ total }} euros is on its…',
				value: demo.orderTemplateId,
			},
			{ name: 'Newsletter (email)', value: demo.newsTemplateId },
		]);
		expect((await bird.seen())[0]).toMatchObject({
			path: '/projects',
			query: { limit: '25', type: ['channelTemplate', 'htmlEmail'] },
		});
	});

	it('are searched by Bird', async () => {
		expect(names(await search('searchTemplates', 'order'))).toEqual([
			expect.stringMatching(/^Order shipped \(whatsapp, sms\): Hi /),
		]);
		expect((await bird.seen())[0].query).toMatchObject({ q: 'order' });
	});
});

describe('parameters of a template', () => {
	const layOut = async (parameters: object, credentials = bird.credentials) =>
		await bird.engine.resourceMapping('bird', 'getTemplateParameters', {
			credentials,
			parameters: { operation: 'sendTemplate', ...parameters },
		});

	it('of the active version, each with its type', async () => {
		const { fields } = await layOut({ projectId: byId(demo.orderTemplateId) });
		expect(fields.every(({ required }) => required)).toBe(true);
		expect(fields.map(({ id, displayName, type }) => [id, displayName, type])).toEqual([
			['first_name', 'first_name', 'string'],
			['total (number)', 'total', 'number'],
			['express (boolean)', 'express', 'options'],
			['slots (timeslotList)', 'slots (timeslotList)', 'object'],
		]);
	});

	it('of a certain version', async () => {
		const { fields } = await layOut({
			projectId: byId(demo.orderTemplateId),
			templateVersion: demo.oldOrderTemplateVersionId,
		});
		expect(fields.map(({ id }) => id)).toEqual(['first_name']);
	});

	it('of a version that is not there: none, and what to do', async () => {
		const layout = await layOut({
			projectId: byId(demo.orderTemplateId),
			templateVersion: demo.smsChannelId,
		});
		expect(layout).toEqual({
			fields: [],
			emptyFieldsNotice: expect.stringContaining('Specify Parameters'),
		});
	});

	it.each([{}, { projectId: byId('') }, { projectId: byId('={{ $json.id }}') }])(
		'of no template yet: %j',
		async (parameters) => {
			expect(await layOut(parameters)).toEqual({
				fields: [],
				emptyFieldsNotice: expect.stringMatching(
					/^Choose a template .* open it again\. .* set Specify Parameters to Using List or Using JSON\.$/,
				),
			});
			expect(await bird.seen()).toEqual([]);
		},
	);

	it('that may not be read say so, and what to do', async () => {
		const credentials = {
			birdChannelsApi: { ...bird.credentials.birdChannelsApi, accessKey: demo.sendOnlyKey },
		};
		await expect(
			layOut({ projectId: byId(demo.orderTemplateId) }, credentials),
		).rejects.toMatchObject({
			message: 'Bird refused to list: The access key is not allowed to perform this action',
			description: expect.stringContaining('Specify Parameters to Using List or Using JSON'),
		});
	});

	it('of a template whose ID would leave its place are not asked for', async () => {
		await expect(layOut({ projectId: byId('..') })).rejects.toThrow('cannot be part of an address');
		await layOut({ projectId: byId('../channels') }).catch(() => undefined);
		expect((await bird.vendor.requests()).map(({ path }) => path)).toEqual([
			expect.stringContaining('/projects/..%2Fchannels/channel-templates'),
		]);
	});
});
