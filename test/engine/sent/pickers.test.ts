import { loadEngine, type Engine } from '../support/engine';
import { byId, byName, demo, phone, type SentBench, withSent } from './support';

let engine: Engine;
beforeAll(async () => void (engine = await loadEngine()));

interface Search {
	filter?: string;
	paginationToken?: string;
	parameters?: object;
	path?: string;
}

const search = async (sent: SentBench, method: string, options: Search = {}) =>
	await engine.listSearch('sent', method, { credentials: sent.credentials(), ...options });

describe('the template picker', () => {
	it('lists approved templates, page by page', async () => {
		await withSent(engine, async (sent) => {
			const first = await search(sent, 'searchTemplates');
			expect(first.results).toHaveLength(100);
			expect(first.results[0]).toEqual({
				name: 'order_confirmation (en_US): {{name}} {{order_id}}',
				value: demo.exampleTemplateId,
			});
			const { paginationToken } = first;
			const second = await search(sent, 'searchTemplates', {
				paginationToken: String(paginationToken),
			});
			const approved = demo.demoTemplates().filter(({ status }) => status === 'APPROVED');
			const listed = [...first.results, ...second.results];
			expect(listed.map(({ value }) => value)).toEqual(approved.map(({ id }) => id));
			expect(second.paginationToken).toBeUndefined();
		});
	});

	it('lets Sent search', async () => {
		await withSent(engine, async (sent) => {
			const { results } = await search(sent, 'searchTemplates', { filter: ' reminder_12 ' });
			expect(results.map(({ name }) => name)).toEqual(
				['0', '1', '2'].map((last) => `reminder_12${last} (en_US): {{name}} {{date}}`),
			);
			const [{ query }] = await sent.requests();
			expect(query).toEqual({
				page: '1',
				page_size: '100',
				status: 'APPROVED',
				search: 'reminder_12',
			});
		});
	});
});

describe('the contact picker', () => {
	it('lists contacts by number, and who has opted out', async () => {
		await withSent(engine, async (sent) => {
			const { results, paginationToken } = await search(sent, 'searchContacts');
			expect(results[0]).toEqual({ name: '+1 202 555 0110', value: demo.exampleContactId });
			expect(results.map(({ name }) => name)).toContain('+1 202 555 0132 (opted out)');
			expect(paginationToken).toBe('2');
			const { results: found } = await search(sent, 'searchContacts', { filter: '+1202555011' });
			expect(found).toHaveLength(1);
		});
	});
});

describe('the conversation picker', () => {
	it('shows each conversation once, the newest first', async () => {
		await withSent(engine, async (sent) => {
			await sent.run('send', { recipients: `${phone(0)},${phone(1)}`, text: 'Hello' });
			const first = await search(sent, 'searchConversations');
			expect(first.results.map(({ name }) => name)).toEqual([
				'+44 7700 900401',
				'+44 7700 900400',
				'+44 7700 900000',
			]);
			const second = await search(sent, 'searchConversations', {
				paginationToken: String(first.paginationToken),
			});
			expect(second).toEqual({ results: [], paginationToken: undefined });
			const run = await sent.run('list', {
				conversationId: byId(String(first.results[0].value)),
			});
			expect(run.json[0]).toMatchObject([{ recipient: phone(1) }]);
		});
	});

	it('looks for a number on the page', async () => {
		await withSent(engine, async (sent) => {
			const { results } = await search(sent, 'searchConversations', { filter: '900000' });
			expect(results).toEqual([{ name: '+44 7700 900000', value: demo.talkativeContactId }]);
		});
	});
});

describe('the sender picker', () => {
	const on = (channel: string) => ({
		parameters: { options: { senders: { sender: [{ channel }] } } },
		path: 'parameters.options.senders.sender[0].from',
	});

	it.each([
		['sms', ['+12025550100 (US, active)', '+447700900999 (GB, active)', 'SANDBOX (DE, active)']],
		['mms', ['+12025550100 (US, active)', '+447700900999 (GB, active)', 'SANDBOX (DE, active)']],
		['whatsapp', ['+12025550101']],
		['rcs', ['+12025550102']],
	])('lists the senders on %s', async (channel, names) => {
		await withSent(engine, async (sent) => {
			const { results } = await search(sent, 'searchSenders', on(channel));
			expect(results.map(({ name }) => name)).toEqual(names);
			const { results: found } = await search(sent, 'searchSenders', {
				...on(channel),
				filter: '02025550199',
			});
			expect(found).toEqual([]);
		});
	});
});

describe('the fields for the variables of a template', () => {
	const fieldsOf = async (sent: SentBench, template: object) =>
		await engine.resourceMapping('sent', 'getTemplateVariables', {
			credentials: sent.credentials(),
			parameters: { operation: 'sendTemplate', template },
		});

	it.each([
		['its ID', byId(demo.exampleTemplateId)],
		['its name', byName('order_confirmation')],
	])('are laid out by %s', async (_, template) => {
		await withSent(engine, async (sent) => {
			const { fields } = await fieldsOf(sent, template);
			expect(fields).toEqual(
				['name', 'order_id'].map((id) => ({
					id,
					displayName: id,
					required: true,
					defaultMatch: false,
					display: true,
					type: 'string',
				})),
			);
		});
	});

	it.each([
		[byId(''), 'Choose a template to see what it needs'],
		[byId('={{ $json.template }}'), 'set Specify Variables to Using JSON'],
		[byName('no_such_template'), 'no template named no_such_template'],
		[byName('plain_notice'), 'This template has no variables.'],
	])('say why there are none', async (template, notice) => {
		await withSent(engine, async (sent) => {
			const { fields, emptyFieldsNotice } = await fieldsOf(sent, template);
			expect(fields).toEqual([]);
			expect(emptyFieldsNotice).toContain(notice);
		});
	});
});

describe('every picker', () => {
	it.each(['searchTemplates', 'searchContacts', 'searchConversations', 'searchSenders'])(
		'passes on what Sent says: %s',
		async (method) => {
			await withSent(engine, async (sent) => {
				await expect(
					engine.listSearch('sent', method, { credentials: sent.credentials({ apiKey: 'wrong' }) }),
				).rejects.toThrow('Sent refused to list: Invalid API key');
			});
		},
	);
});
