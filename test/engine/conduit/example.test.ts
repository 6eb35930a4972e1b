import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ALEX, ConduitBench } from './support';

const conduit = new ConduitBench();
beforeAll(async () => {
	await conduit.load();
	await conduit.open();
});
afterAll(async () => await conduit.close());

const EXAMPLE = join(__dirname, '../../../examples/conduit-remind-guests.json');

it('the example reminds by WhatsApp, and by email whoever has none', async () => {
	const workflow = JSON.parse(await readFile(EXAMPLE, 'utf8'));
	const run = await conduit.engine.run({ workflow, credentials: conduit.credentials });
	expect(run.error).toBeUndefined();
	const [byWhatsapp] = run.of('Send Template');
	expect(byWhatsapp.map(({ json }) => json)).toEqual([
		expect.objectContaining({ channel: 'whatsapp', recipient: ALEX, status: 'sent' }),
	]);
	const [byEmail] = run.of('Send Email');
	expect(byEmail.map(({ json }) => json)).toEqual([
		expect.objectContaining({ channel: 'email', status: 'sent' }),
	]);
	const contents = (await conduit.vendor.messages()).map(({ content }) => content);
	expect(contents).toEqual([
		expect.objectContaining({ body: 'Hi Alex, your appointment is on May 15 at 3 PM.' }),
		expect.objectContaining({
			subject: 'Your appointment',
			body: 'Hi Mia, your appointment is on May 16 at 9 AM.',
		}),
	]);
});
