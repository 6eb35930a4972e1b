import type { IDataObject } from 'n8n-workflow';

import { type Engine, loadEngine } from '../support/engine';
import { openSandbox, type VendorSandbox } from '../support/sandbox';
import { ScriptedVendor } from '../contract/scriptedVendor';
import { byId } from '../fields/everyField';
import { TRIGGER, URL_OF_HOOK } from '../trigger/support';

const ID = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

/** How a list of each vendor is read, and what a picker asks for. */
const VENDORS = {
	bird: { picker: 'searchChannels', list: { listScope: 'workspace' } },
	sent: { picker: 'searchTemplates', list: { conversationId: byId(ID) } },
	conduit: {
		picker: 'searchWorkspaces',
		list: { workspaceId: byId(ID), conversationId: byId(ID) },
	},
	aelyst: { picker: 'searchContacts', list: { contactBy: 'phone', phone: '+14155550123' } },
	votel: { picker: 'searchChannels', list: { leadId: byId(ID), limit: 1 } },
} satisfies Record<string, { picker: string; list: IDataObject }>;

type Vendor = keyof typeof VENDORS;

/** The same address, as people write it. */
const SPELLINGS: Array<[string, (url: string) => string]> = [
	['a slash at its end', (url) => `${url}/`],
	['blanks around', (url) => ` ${url}\n`],
	['invisible characters', (url) => `\u200b${url.replace('127', '1\u00ad27')}\u202c`],
	['capitals', (url) => url.replace('http', 'HTTP')],
];

/** What is no Base URL, and what the refusal says. */
const REFUSED: Array<[string, (url: string) => string, RegExp]> = [
	['a query', (url) => `${url}?key=k3y-of-nobody`, /has a query\. Take out the \?/],
	['a fragment', (url) => `${url}#k3y-of-nobody`, /has a fragment\. Take out the #/],
	[
		'a password',
		(url) => url.replace('//', '//ana:k3y-of-nobody@'),
		/has a user name or a password in it\. Take out all that stands before the @/,
	],
	['no protocol', (url) => url.replace('http://', ''), /does not start with https:\/\//],
	['another protocol', (url) => url.replace('http', 'ftp'), /does not start with https:\/\//],
	['nothing', () => ' ', /is empty/],
];

let engine: Engine;
beforeAll(async () => void (engine = await loadEngine()));

describe.each(Object.keys(VENDORS) as Vendor[])('the Base URL of %s', (vendor) => {
	let sandbox: VendorSandbox;
	let type: string;
	let data: IDataObject;
	beforeAll(async () => {
		sandbox = await openSandbox(vendor);
		[[type, data]] = Object.entries(sandbox.credentials) as Array<[string, IDataObject]>;
	});
	beforeEach(async () => void (await sandbox.vendor.reset()));
	afterAll(async () => await sandbox.close());

	const credential = (spell: (url: string) => string) =>
		({ ...data, baseUrl: spell(String(data.baseUrl)) }) as never;

	it.each(SPELLINGS)('may be written with %s', async (_what, spell) => {
		expect(await engine.testCredential(type, credential(spell))).toMatchObject({ status: 'OK' });
		const credentials = { [type]: credential(spell) };
		await engine.listSearch(vendor, VENDORS[vendor].picker, { credentials });
		const requests = await sandbox.vendor.requests();
		expect(requests).toHaveLength(2);
		for (const { path } of requests) expect(path).toMatch(/^\/[^/]/);
	});

	it.each(REFUSED)('is refused with %s, wherever it is read', async (_what, spell, expected) => {
		const tested = await engine.testCredential(type, credential(spell));
		expect(tested.status).toBe('Error');
		const credentials = { [type]: credential(spell) };
		const listed: unknown = await engine
			.listSearch(vendor, VENDORS[vendor].picker, { credentials })
			.catch((error: unknown) => error);
		const node = {
			type: vendor,
			parameters: { resource: 'message', operation: 'list', ...VENDORS[vendor].list },
			onError: 'continueRegularOutput' as const,
		};
		const run = await engine.run({ node, credentials });
		expect(run.error).toBeUndefined();
		const ran = run.json[0][0];
		const { name, message, description } = listed as Error & { description: string };
		expect(name).toBe('NodeOperationError');
		for (const words of [tested.message, `${message}. ${description}`]) {
			expect(words).toMatch(expected);
		}
		expect(ran).toMatchObject({ details: { outcome: 'not_sent', code: 'invalid_input' } });
		expect(String(ran.error).replace(' [item 0]', '')).toMatch(expected);
		expect(JSON.stringify([tested, message, description, ran])).not.toContain('k3y');
		expect(await sandbox.vendor.requests()).toEqual([]);
	});
});

describe.each(['bird', 'sent'])('the Base URL of %s, where a trigger registers', (vendor) => {
	const parameters = {
		bird: { vendor, events: ['sms.outbound'], statuses: ['delivered'] },
		sent: { vendor, events: ['message.status'], statuses: ['delivered'] },
	}[vendor] as IDataObject;

	it('is read likewise', async () => {
		const sandbox = await openSandbox(vendor);
		try {
			const [[type, data]] = Object.entries(sandbox.credentials);
			const options = (baseUrl: string) => ({
				node: { type: TRIGGER, parameters: parameters as never },
				credentials: { [type]: { ...data, baseUrl } },
				webhookUrl: URL_OF_HOOK,
				staticData: {},
			});
			const url = String(data.baseUrl);
			for (const [, spell, expected] of REFUSED) {
				const refused = engine.hook('create', options(spell(url)));
				const error: unknown = await refused.catch((thrown: unknown) => thrown);
				const { name, message, description } = error as Error & { description: string };
				expect(name).toBe('NodeOperationError');
				expect(`${message}. ${description}`).toMatch(expected);
			}
			expect(await sandbox.vendor.requests()).toEqual([]);
			for (const [, spell] of SPELLINGS) await engine.hook('create', options(spell(url)));
			const { targets } = await sandbox.vendor.webhooks();
			expect(targets.length).toBeGreaterThan(0);
		} finally {
			await sandbox.close();
		}
	});
});

it('is one account, however its address is written', async () => {
	const vendor = new ScriptedVendor({
		recipientsOf: ({ body }) => [JSON.stringify(body)],
		answerTo: () => ({ status: 201, body: { id: 'a1', success: true } }),
	});
	let underWay = 0;
	let most = 0;
	vendor.script = () => {
		most = Math.max(most, ++underWay);
		setTimeout(() => underWay--, 40);
		return { kind: 'take-late', ms: 50 };
	};
	const url = `${await vendor.open()}/api`;
	const spellings = [(same: string) => same, ...SPELLINGS.map(([, spell]) => spell)];
	try {
		await Promise.all(
			spellings.map((spell) =>
				engine.run({
					node: {
						type: 'bird',
						parameters: {
							resource: 'message',
							operation: 'send',
							channelId: byId(ID),
							recipient: '+14155550123',
							text: 'Hello',
							options: { maxInFlight: 1 },
						},
					},
					credentials: {
						birdChannelsApi: {
							accessKey: 'key-of-the-test',
							workspaceId: ID,
							baseUrl: spell(url),
						},
					},
				}),
			),
		);
		expect(vendor.requests).toHaveLength(spellings.length);
		expect(most).toBe(1);
	} finally {
		await vendor.close();
	}
});
