import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';

import { importExample } from '../../scripts/start/import.mjs';
import {
	connections,
	n8n,
	type N8nClient,
	outputOf,
	sandbox,
	sandboxCredentialData,
} from './support/n8n';

const example = (name: string) => join(__dirname, '../../examples', `${name}.json`);

let client: N8nClient;
beforeAll(async () => void (client = await n8n()));
beforeEach(async () => void (await sandbox().post('/reset', { vendor: 'bird' })));

const accepted = async () =>
	(await sandbox().get('/messages', { params: { vendor: 'bird' } })).data.messages;

async function runExample(name: string): Promise<(node: string) => IDataObject[]> {
	const { id } = await importExample(example(name), client, connections().sandbox.vendors);
	try {
		const execution = await client.runWorkflow(id);
		expect(execution.status).toBe('success');
		return (node) => outputOf(execution, node).map(({ json }) => json);
	} finally {
		await client.deleteWorkflow(id);
	}
}

describe('the credential', () => {
	it.each([
		['is good', {}, 'OK', /successful/],
		['has a wrong key', { accessKey: 'wrong' }, 'Error', /does not know this access key/],
		[
			'has a key that may not list channels',
			{ accessKey: 'sandbox-send-only-key' },
			'Error',
			/may not list channels/,
		],
		[
			'names a workspace that is not there',
			{ workspaceId: '5a0d8b0a-0000-4000-8000-00000000000f' },
			'Error',
			/no such workspace/,
		],
		["has a key of Bird's other API", { accessKey: 'bk_eu1_abc' }, 'Error', /starts with bk_/],
	])('%s', async (_what, more, status, message) => {
		const data = { ...sandboxCredentialData('birdChannelsApi'), ...more };
		expect(await client.testCredential('birdChannelsApi', data)).toMatchObject({
			status,
			message: expect.stringMatching(message),
		});
	});
});

it('the example of npm start sends a message to each of three people', async () => {
	const output = await runExample('bird-send-message');
	expect(output('Send Message')).toMatchObject([
		{ provider: 'bird', recipient: '+31612345601', status: 'accepted', reference: 'order-1' },
		{ provider: 'bird', recipient: '+14155550102', status: 'accepted', reference: 'order-2' },
		{ provider: 'bird', recipient: '+447700900103', status: 'accepted', reference: 'order-3' },
	]);
	expect(await accepted()).toHaveLength(3);
});

it('an image is uploaded, sent and listed', async () => {
	const output = await runExample('bird-upload-send-list');
	const [{ mediaUrl, ...about }] = output('Upload Media');
	expect(about).toEqual({
		provider: 'bird',
		fileName: 'blue.png',
		contentType: 'image/png',
		bytes: 79,
	});
	const { accessKey } = sandboxCredentialData('birdChannelsApi');
	const answer = await fetch(String(mediaUrl), {
		headers: { authorization: `AccessKey ${accessKey}` },
	});
	expect(
		Buffer.from(await answer.arrayBuffer())
			.subarray(1, 4)
			.toString(),
	).toBe('PNG');

	const [{ messageId }] = output('Send Message');
	const [message] = await accepted();
	expect(message).toMatchObject({
		messageId,
		content: { type: 'image', image: { images: [{ mediaUrl, altText: 'A blue square' }] } },
	});
	expect(output('List Messages')).toMatchObject([
		{ messageId, recipient: '+31612345601', reference: 'example-image', direction: 'outgoing' },
	]);
});
