import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { ROOT } from '../../../scripts/root.mjs';
import { accountsIn } from '../../../scripts/start/accounts.mjs';
import { demoExamples, nameInFolder, startingFrom } from '../../../scripts/start/examples.mjs';
import { usualPort } from '../../../scripts/start/ports.mjs';

const FOLDER = join(ROOT, 'examples');

type Example = Awaited<ReturnType<typeof demoExamples>>[number];

const isTrigger = ({ type }: { type: string }) => /trigger$|\.webhook$/i.test(type);
const noteOf = ({ workflow }: Example): string =>
	workflow.nodes.find(({ type }) => type.endsWith('.stickyNote')).parameters.content;

describe('the examples in the demo', () => {
	let examples: Example[];
	beforeAll(async () => void (examples = await demoExamples()));

	it('are all there, as in folders, in the order of their names', () => {
		const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
		const names = examples.map(({ workflow }) => workflow.name);
		expect(names).toHaveLength(files.length);
		expect(new Set(names).size).toBe(names.length);
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'en')));
		for (const name of names)
			expect(name).toMatch(/^(Aelyst|Bird|Conduit|Sent|Votel|Several) \/ [A-Z]/);
	});

	it('say that they work as they are', () => {
		for (const example of examples)
			expect(`${example.workflow.name}: ${noteOf(example)}`).toMatch(/works as it is/);
	});

	it('say how to choose where there are several ways to start them', () => {
		for (const example of examples.filter(({ role }) => role !== 'tracking')) {
			const ways = example.workflow.nodes.filter(isTrigger).length;
			const says = noteOf(example).includes('the arrow beside **Execute workflow**');
			expect([example.workflow.name, says]).toEqual([example.workflow.name, ways > 1]);
		}
	});

	it('are else as in their files', () => {
		const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
		const nodes = files.flatMap(
			(file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')).nodes,
		);
		for (const { workflow } of examples)
			for (const node of workflow.nodes.filter(({ type }) => !type.endsWith('.stickyNote')))
				expect(nodes).toContainEqual(node);
	});

	it('the one that tracks can be started by nothing but the status of a message', () => {
		const [tracking, ...others] = examples.filter(({ role }) => role === 'tracking');
		expect(others).toEqual([]);
		expect(tracking.workflow.nodes.filter(isTrigger)).toMatchObject([
			{ type: 'n8n-nodes-unified-messaging.messageStatusTrigger' },
		]);
		const names = tracking.workflow.nodes.map(({ name }) => name);
		for (const [from, { main }] of Object.entries(tracking.workflow.connections))
			for (const to of main.flat()) expect(names).toEqual(expect.arrayContaining([from, to.node]));
		expect(names).toContain('Call Instead');
	});

	it('the tracking note names the workflow that sends', () => {
		const sending = examples.find(({ role }) => role === 'sending') as Example;
		const tracking = examples.find(({ role }) => role === 'tracking') as Example;
		expect(noteOf(tracking)).toContain(`**${sending.workflow.name}**`);
	});
});

it('an example is filed under its vendor, or with those of several', () => {
	expect(nameInFolder('sent-announce-to-all.json', 'Sent: announce to all')).toBe(
		'Sent / Announce to all',
	);
	expect(nameInFolder('bird-send-message.json', 'Send a text')).toBe('Bird / Send a text');
	expect(nameInFolder('send-then-branch.json', 'Send, then branch')).toBe(
		'Several / Send, then branch',
	);
});

it('what follows a trigger is kept, and loops end', () => {
	const node = (name: string, type = 'set') => ({ name, type });
	const to = (...names: string[]) => ({ main: [names.map((name) => ({ node: name }))] });
	const workflow = {
		name: 'Two rows',
		nodes: ['A', 'B', 'C', 'D'].map((name) => node(name)),
		connections: { A: to('B'), C: to('D'), D: to('C') },
	};
	const row = startingFrom(workflow, 'C');
	expect(row.nodes.map(({ name }) => name)).toEqual(['C', 'D']);
	expect(Object.keys(row.connections)).toEqual(['C', 'D']);
});

it('the keys of the accounts are told', () => {
	const told = accountsIn([
		{
			name: 'bird',
			baseUrl: 'http://127.0.0.1:4010/bird',
			credentials: { accessKey: 'key', workspaceId: 'w1' },
			access: { credentialType: 'birdChannelsApi', fields: ['accessKey', 'workspaceId'] },
		},
	]);
	expect(told).toMatch(/bird\s+http:\/\/127\.0\.0\.1:4010\/bird\s+accessKey key, workspaceId w1/);
});

it('a port that is taken is named, and another one is used', async () => {
	const error = jest.spyOn(console, 'error').mockImplementation(() => {});
	const server = createServer().listen(0);
	await once(server, 'listening');
	try {
		const { port } = server.address() as { port: number };
		const other = await usualPort(port, 'n8n');
		expect(other).not.toBe(port);
		expect(error).toHaveBeenCalledWith(
			`Port ${port} is taken by another program: n8n takes ${other}.`,
		);
	} finally {
		error.mockRestore();
		server.close();
	}
});
