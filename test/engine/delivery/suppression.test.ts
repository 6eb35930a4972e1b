import type { IDataObject } from 'n8n-workflow';

import { BirdRoom, demo as birdDemo, byId } from '../bird/support';
import { ALEX, ConduitBench } from '../conduit/support';
import { demo as sentDemo, phone, phones, type SentBench, withSent } from '../sent/support';
import { type Engine, loadEngine } from '../support/engine';
import { leadId, openBench } from '../votel/support';

let engine: Engine;
beforeAll(async () => void (engine = await loadEngine()));

const CONTINUES = { onError: 'continueRegularOutput' } as const;
const code = ({ details }: IDataObject) => (details as IDataObject | undefined)?.code ?? null;

describe('a message to several on Sent, each of whom gets their own', () => {
	const send = async (sent: SentBench, suppressionList: string, more: IDataObject = {}) =>
		await sent.run('send', {
			recipients: phones(4).join(),
			text: 'Hello',
			options: { suppressionList },
			...more,
		});

	it('goes to the others, and says of whom it was kept', async () => {
		await withSent(engine, async (sent) => {
			const run = await send(sent, `${phone(1)}, ${phone(3)}, ${phone(9)}`);
			expect(run.error).toBeUndefined();
			expect(await sent.recipients()).toEqual([phone(0), phone(2)]);
			expect(run.json[0].map(({ recipient }) => recipient)).toEqual([
				phone(0),
				phone(2),
				undefined,
				undefined,
			]);
			expect(run.json[0].slice(2)).toMatchObject(
				[phone(1), phone(3)].map((recipient) => ({
					error: 'The recipient is on the Suppression List',
					details: { recipient, code: 'suppressed', outcome: 'not_sent' },
				})),
			);
			expect(run.origins[0]).toEqual([0, 0, 0, 0]);
		});
	});

	it('says so too where the message to the others fails, and where n8n runs the node again', async () => {
		await withSent(engine, async (sent) => {
			await sent.fault({ fault: '422' });
			const failed = await sent.run(
				'send',
				{ recipients: phones(2).join(), text: 'Hi', options: { suppressionList: phone(0) } },
				CONTINUES,
			);
			expect(failed.json[0].map(code)).toEqual([expect.anything(), 'suppressed']);
		});
	});

	it('is not sent where nobody is left', async () => {
		await withSent(engine, async (sent) => {
			const run = await send(sent, phones(4).join('\n'));
			expect(run.json[0].map(code)).toEqual(['suppressed']);
			expect(run.json[0][0].error).toContain(`On the list: ${phones(4).join(', ')}.`);
			expect(await sent.requests()).toEqual([]);
		});
	});

	it('to a contact is kept back by its number, which is looked up first, and by its ID', async () => {
		await withSent(engine, async (sent) => {
			const contact = { recipientBy: 'contact', contactId: byId(sentDemo.exampleContactId) };
			const reached = await send(sent, phone(1), contact);
			expect(reached.error).toBeUndefined();
			const [{ recipient }] = await sent.messages();
			for (const list of [recipient, sentDemo.exampleContactId]) {
				const run = await send(sent, list, contact);
				expect(run.json[0].map(code)).toEqual(['suppressed']);
			}
			expect(await sent.messages()).toHaveLength(1);
		});
	});
});

describe('an email with copies on Bird, which all see', () => {
	it.each([['to'], ['cc'], ['bcc']])(
		'is kept back as a whole, and names who is on the list: %s',
		async (kind) => {
			const bird = await BirdRoom.open(engine);
			const addresses = { to: 'ana@example.com', cc: 'bo@example.com', bcc: 'cy@example.com' };
			const suppressed = addresses[kind as 'to'];
			const run = await bird.run('send', {
				channelId: byId(birdDemo.emailChannelId),
				recipientBy: 'email',
				...addresses,
				bodyType: 'text',
				text: 'Hello',
				options: { suppressionList: `${suppressed.toUpperCase()}, dee@example.com` },
			});
			expect(run.error).toBeUndefined();
			expect(run.json[0]).toMatchObject([
				{
					error: `Recipients of the message are on the Suppression List [item 0]. Nothing was sent to anybody. On the list: ${suppressed}. Take them out of the message to reach the others.`,
					details: { code: 'suppressed', outcome: 'not_sent' },
				},
			]);
			expect(await bird.seen()).toEqual([]);
			await bird.close();
		},
	);

	it('knows a person by what else the message says of them', async () => {
		const bird = await BirdRoom.open(engine);
		const run = await bird.send({
			text: 'Hello',
			options: { platformAddress: '+14155550177', suppressionList: '+1 415 555 0177' },
		});
		expect(run.json[0].map(code)).toEqual(['suppressed']);
		expect(await bird.seen()).toEqual([]);
		await bird.close();
	});
});

describe('leads that Votel is to reach', () => {
	const leads = { recipients: 'leads', sendAs: 'sms', text: 'Hello' };

	it('are left out by their IDs, one by one', async () => {
		const { bench, close } = await openBench(engine);
		const parameters = {
			...leads,
			leadIds: [1, 2, 3].map(leadId).join(),
			options: { suppressionList: leadId(2).toUpperCase() },
		};
		const dry = await bench.run('bulkSend', { ...parameters, dryRun: true });
		expect(dry.json[0][0]).toMatchObject({ dryRun: true, total: 2 });
		expect(dry.json[0].map(code)).toEqual([null, 'suppressed']);
		expect(await bench.bodies()).toEqual([]);

		const run = await bench.run('bulkSend', parameters);
		expect(run.json[0]).toMatchObject([
			{ total: 2, accepted: 2 },
			{ details: { recipient: leadId(2), code: 'suppressed' } },
		]);
		expect(await bench.bodies()).toMatchObject([
			{ bulk_settings: { lead_ids: [leadId(1), leadId(3)] } },
		]);
		await close();
	});

	it('are not written to where Votel chooses them', async () => {
		const { bench, close } = await openBench(engine);
		const options = { suppressionList: leadId(2) };
		const run = await bench.run('bulkSend', { ...leads, searchKeyword: 'ana', options });
		expect(run.error?.message).toContain('cannot be held against leads that Votel chooses');
		expect(await bench.bodies()).toEqual([]);
		await close();
	});
});

describe('a reply on Conduit', () => {
	it('is refused, because nobody here knows who gets it', async () => {
		const conduit = new ConduitBench();
		conduit.engine = engine;
		await conduit.open();
		const run = await conduit.run('send', {
			sendTo: 'conversation',
			conversationId: byId('cv77'),
			body: 'Hello',
			options: { suppressionList: ALEX },
		});
		expect(run.error?.message).toContain('Suppression List cannot be held against a reply');
		expect(await conduit.seen()).toEqual([]);
		await conduit.close();
	});
});
