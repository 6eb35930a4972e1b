import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Batch, batchFlow, postBatch } from '../../scripts/n8n/batchFlow.mjs';
import { startN8n } from '../../scripts/n8n/start.mjs';
import { ROOT } from '../../scripts/root.mjs';
import { until } from '../../scripts/run/until.mjs';
import { importExample } from '../../scripts/start/import.mjs';
import { SandboxClient } from '../../sandbox/client';
import type { ScriptedVendor } from '../engine/contract/scriptedVendor';
import { connections, n8n, type N8nClient, outputOf } from './support/n8n';
import {
	countingVendor,
	onceNode,
	orders,
	sendBatches,
	timesReached,
	VENDORS,
} from './support/sendOnce';

jest.setTimeout(240_000);

/** Sends lists of orders at once, and gives how the items of each execution ended. */
async function post(client: N8nClient, id: string, path: string, batches: object[][]) {
	const posted = batches.map((recipients) => ({ recipients: recipients as Batch['recipients'] }));
	return (await sendBatches(client, id, path, posted)).map(({ endings }) => endings);
}

describe('on SQLite', () => {
	let client: N8nClient;
	let vendor: ScriptedVendor;
	let baseUrl: string;
	beforeAll(async () => void (client = await n8n()));
	beforeEach(async () => {
		vendor = countingVendor(VENDORS.bird);
		baseUrl = await vendor.open();
	});
	afterEach(async () => await vendor.close());

	it('a second execution says what was sent, and sends what is new', async () => {
		const node = await onceNode(client, VENDORS.bird, baseUrl);
		const id = await client.importWorkflow(batchFlow('once-again', node));
		await client.activateWorkflow(id);
		try {
			const [first] = await post(client, id, 'once-again', [orders(0, 5)]);
			expect(first).toEqual(Array(5).fill('sent'));
			const [second] = await post(client, id, 'once-again', [orders(2, 5)]);
			expect(second).toEqual([...Array(3).fill('alreadySent'), 'sent', 'sent']);
			expect(vendor.reached.sort()).toEqual(orders(0, 7).map(({ phone }) => phone));
		} finally {
			await client.deactivateWorkflow(id);
			await client.deleteWorkflow(id);
		}
	});

	it('20 executions at once send nobody twice, and none forgets another', async () => {
		const node = await onceNode(client, VENDORS.bird, baseUrl);
		const id = await client.importWorkflow(batchFlow('once-20', node));
		await client.activateWorkflow(id);
		try {
			// Each shares half of its orders with the next.
			const batches = Array.from({ length: 20 }, (_, at) => orders(100 + at * 5, 10));
			const endings = (await post(client, id, 'once-20', batches)).flat();
			expect(vendor.reached.sort()).toEqual(orders(100, 105).map(({ phone }) => phone));
			expect(endings.filter((one) => one === 'sent')).toHaveLength(105);
			expect(endings.filter((one) => one === 'alreadySent')).toHaveLength(95);
			const again = (await post(client, id, 'once-20', batches)).flat();
			expect(again).toEqual(Array(200).fill('alreadySent'));
			expect(vendor.reached).toHaveLength(105);
		} finally {
			await client.deactivateWorkflow(id);
			await client.deleteWorkflow(id);
		}
	});
});

describe('when n8n is killed while it sends', () => {
	const PEOPLE = 80;
	const names = Object.keys(VENDORS);
	const vendors: Record<string, ScriptedVendor> = {};
	const ids: Record<string, string> = {};
	let userFolder: string;
	let server: Awaited<ReturnType<typeof startN8n>>;

	const bird = new SandboxClient(connections().sandbox.url, 'bird');
	let example: string;

	beforeAll(async () => {
		userFolder = await mkdtemp(join(tmpdir(), 'n8n-once-'));
		server = await startN8n({ userFolder });
		for (const name of names) {
			const vendor = countingVendor(VENDORS[name]);
			vendor.script = () => ({ kind: 'take-late', ms: 150 });
			const node = await onceNode(server, VENDORS[name], await vendor.open(), { maxInFlight: 2 });
			ids[name] = await server.importWorkflow(batchFlow(`killed-${name}`, node));
			await server.activateWorkflow(ids[name]);
			vendors[name] = vendor;
		}
		const file = join(ROOT, 'examples', 'confirm-each-order-once.json');
		({ id: example } = await importExample(file, server, connections().sandbox.vendors, (node) => {
			if (node.name === 'Confirm Order') node.parameters.options.maxInFlight = 1;
		}));
		await bird.reset();
		await bird.latency(400);
		await server.startWorkflow(example);
		await Promise.all(
			names.map(
				async (name) =>
					await postBatch(server.url, `killed-${name}`, { recipients: orders(0, PEOPLE) }),
			),
		);
		await until(
			async () =>
				names.every((name) => vendors[name].reached.length >= PEOPLE / 4) ? true : undefined,
			{ what: 'Some are accepted', timeoutMs: 60_000 },
		);
		await until(async () => ((await bird.messages()).length >= 2 ? true : undefined), {
			what: 'Some orders are confirmed',
			timeoutMs: 60_000,
		});
		await server.kill();
		await bird.latency(0);
		const { owner } = server;
		server = await startN8n({
			userFolder,
			owner,
			tarball: false,
			port: Number(new URL(server.url).port),
		});
	}, 300_000);
	afterAll(async () => {
		await server?.stop();
		for (const vendor of Object.values(vendors)) await vendor.close();
		await rm(userFolder, { recursive: true, force: true });
	}, 60_000);

	it.each(names)(
		'%s: the same batch once more sends nobody twice and loses nobody unsaid',
		async (name) => {
			const vendor = vendors[name];
			vendor.script = () => ({ kind: 'take' });
			const before = vendor.reached.length;
			const id = ids[name];
			const endings = (await post(server, id, `killed-${name}`, [orders(0, PEOPLE)]))[0];
			expect(endings).toHaveLength(PEOPLE);
			for (const [order, ending] of endings.entries()) {
				expect(timesReached(vendor, order)).toBeLessThanOrEqual(1);
				if (ending === 'sent' || ending === 'alreadySent')
					expect(timesReached(vendor, order)).toBe(1);
				else expect(ending).toBe('unknown');
			}
			// What was accepted more than a second before the kill is known.
			expect(endings.filter((one) => one === 'alreadySent').length).toBeGreaterThan(0);
			expect(before).toBeLessThan(PEOPLE);
			expect(endings.filter((one) => one === 'unknown').length).toBeGreaterThan(0);
		},
	);

	it('the example of a shop, started again, confirms no order twice and says which nobody knows', async () => {
		const execution = await server.runWorkflow(example);
		expect(execution.status).toBe('success');
		const of = (node: string) => outputOf(execution, node).map(({ json }) => json);
		const confirmed = (await bird.messages()).map(({ recipient }) => recipient);
		expect(new Set(confirmed).size).toBe(confirmed.length);
		expect(of('Not Confirmed')).toEqual([]);
		// Each order is confirmed now, was confirmed before, or somebody is told to look.
		const told = of('Look First').map(({ phone }) => phone);
		for (const { phone } of of('Orders of the Last 15 Minutes')) {
			expect([...confirmed, ...told]).toContain(phone);
		}
		const known = of('Confirm Order').filter(({ alreadySent }) => alreadySent === true);
		expect(known.length + told.length).toBeGreaterThan(0);
	});
});
