import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AelystBench } from './support';

const aelyst = new AelystBench();
beforeAll(async () => {
	await aelyst.load();
	await aelyst.open();
});
afterAll(async () => await aelyst.close());

const EXAMPLE = join(__dirname, '../../../examples/aelyst-text-or-template.json');

it('the example sends a text where the window is open, and a template elsewhere', async () => {
	const workflow = JSON.parse(await readFile(EXAMPLE, 'utf8'));
	const run = await aelyst.engine.run({ workflow, credentials: aelyst.credentials });
	expect(run.error).toBeUndefined();
	expect(run.of('Send Text')[0].map(({ json }) => json)).toEqual([
		expect.objectContaining({ recipient: '+60121233112', status: 'accepted' }),
		expect.objectContaining({
			recipient: '+60121233124',
			status: 'accepted',
			sentAs: 'template',
		}),
	]);
	const messages = await aelyst.vendor.messages();
	expect(messages.map(({ recipient, content }) => [recipient, content])).toEqual([
		['id:123', expect.objectContaining({ message: expect.objectContaining({ type: 'text' }) })],
		[
			'id:124',
			expect.objectContaining({
				message: expect.objectContaining({ type: 'whatsapp_template' }),
			}),
		],
	]);
	await aelyst.vendor.advance();
	for (const { messageId, recipient } of messages) {
		const contact = { contactBy: 'identifier', identifier: recipient, messageId };
		const got = await aelyst.run('get', contact);
		expect(got.json[0][0].status).not.toBe('failed');
	}
});
