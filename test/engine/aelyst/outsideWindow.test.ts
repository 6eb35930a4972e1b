import { AelystBench, byId, FACEBOOK, WHATSAPP } from './support';

const aelyst = new AelystBench();
beforeAll(async () => {
	await aelyst.load();
	await aelyst.open();
});
beforeEach(async () => {
	await aelyst.vendor.reset();
	await aelyst.vendor.limit({ requests: null });
});
afterAll(async () => await aelyst.close());

const OPEN = 123;
const CLOSED = 124;
const NEVER_WROTE = 127;
const SOCIAL = 128;

const template = {
	outsideWindow: 'template',
	templateChannelId: byId(WHATSAPP),
	template: byId('shipping_update:en'),
	variablesFrom: 'json',
	variablesJson: '{"body_1": "José 👋", "body_2": "Monday"}',
};
const to = (contact: number, more: object = {}) => ({
	contactBy: 'id',
	contactId: byId(contact),
	text: 'Is somebody at home?',
	...template,
	...more,
});
const through = (channel: number) => ({ sendThrough: 'channel', channelId: byId(channel) });
const contents = async () =>
	(await aelyst.vendor.messages()).map(({ content }) => content as { message: { type: string } });
const kinds = async () => (await contents()).map(({ message }) => message.type);
const asked = async () => (await aelyst.seen()).map(({ method, path }) => `${method} ${path}`);

describe('a message to a contact, by the last one that came from it', () => {
	it('goes where that was within 24 hours', async () => {
		const run = await aelyst.run('send', to(OPEN));
		expect(run.json[0][0]).not.toHaveProperty('sentAs');
		expect(await kinds()).toEqual(['text']);
		expect(await asked()).toEqual(['GET /contact/id:123/channels', 'POST /contact/id:123/message']);
	});

	it.each<[string, number, object]>([
		['longer ago, through the last channel', CLOSED, {}],
		['longer ago, through a channel', CLOSED, through(WHATSAPP)],
		['never, through a channel', NEVER_WROTE, through(WHATSAPP)],
		['never, where it has used no channel', NEVER_WROTE, {}],
	])('is a template where that was %s', async (_when, contact, how) => {
		const run = await aelyst.run('send', to(contact, how));
		expect(run.error).toBeUndefined();
		expect(run.json[0]).toEqual([
			expect.objectContaining({
				recipient: String(contact),
				channel: String(WHATSAPP),
				status: 'accepted',
				sentAs: 'template',
			}),
		]);
		expect(await contents()).toEqual([
			{
				channelId: WHATSAPP,
				message: {
					type: 'whatsapp_template',
					template: {
						name: 'shipping_update',
						languageCode: 'en',
						components: [
							{
								type: 'body',
								text: '{{1}}, your parcel arrives on {{2}}.',
								parameters: [
									{ type: 'text', text: 'José 👋' },
									{ type: 'text', text: 'Monday' },
								],
							},
						],
					},
				},
			},
		]);
	});

	it('is a template of Facebook where a text there has no tag', async () => {
		const ofFacebook = {
			...through(FACEBOOK),
			templateType: 'facebook_template',
			templateChannelId: byId(FACEBOOK),
			template: byId('account_notice:en'),
			variablesJson: '{}',
		};
		const tagged = await aelyst.run(
			'send',
			to(SOCIAL, { ...ofFacebook, messageTag: 'ACCOUNT_UPDATE' }),
		);
		expect(tagged.json[0][0]).not.toHaveProperty('sentAs');
		const run = await aelyst.run('send', to(SOCIAL, ofFacebook));
		expect(run.json[0][0].sentAs).toBe('template');
		expect(await kinds()).toEqual(['text', 'facebook_template']);
	});

	it('is skipped where its user wants that', async () => {
		const run = await aelyst.run('send', to(CLOSED, { outsideWindow: 'skip' }));
		expect(run.error).toBeUndefined();
		expect(run.json[0][0].details).toMatchObject({ code: 'outside_window', outcome: 'not_sent' });
		expect(await asked()).toEqual(['GET /contact/id:124/channels']);
	});

	it('reads the channels once where Check Channel First wants to know them too', async () => {
		const options = { checkChannel: true };
		const run = await aelyst.run('send', to(OPEN, { options }));
		expect(run.error).toBeUndefined();
		expect(await asked()).toEqual(['GET /contact/id:123/channels', 'POST /contact/id:123/message']);
	});

	it('is not replaced by a template that waits for its approval: the error names both', async () => {
		const pending = { template: byId('waiting_for_review:en'), variablesJson: '{"body_1": "x"}' };
		const run = await aelyst.run('send', to(CLOSED, pending));
		expect(run.error?.message).toBe(
			'The message is outside of the 24-hour window, and in the template instead, Template "waiting_for_review:en" is pending [item 0]',
		);
		expect(await aelyst.vendor.messages()).toEqual([]);
	});

	it('is a template that the vendor refuses: the error names both', async () => {
		const raw = {
			variablesFrom: 'components',
			componentsJson: '[{"type": "footer", "text": "x"}]',
		};
		const run = await aelyst.run('send', to(CLOSED, raw));
		expect(run.error?.message).toBe(
			'The message is outside of the 24-hour window. The template instead: Aelyst refused the request: Validation error. [item 0]',
		);
		expect(run.error).toMatchObject({ context: { data: { outcome: 'rejected' } } });
	});

	it('is not sent to a contact that is not there', async () => {
		const run = await aelyst.run('send', to(999999));
		expect(run.error?.message).toContain('Contact not found');
		expect(run.error).toMatchObject({ context: { data: { outcome: 'not_sent' } } });
	});
});

describe('the lists of the template', () => {
	it('are those of its own channel', async () => {
		const parameters = {
			resource: 'message',
			operation: 'send',
			outsideWindow: 'template',
			...through(FACEBOOK),
			templateChannelId: byId(551182),
		};
		const { credentials } = aelyst;
		const { results } = await aelyst.engine.listSearch('aelyst', 'searchTemplatesInstead', {
			parameters,
			credentials,
		});
		expect(results.map(({ value }) => value)).toEqual(['delivery_notice:en']);
	});
});
