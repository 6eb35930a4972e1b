import type { IDataObject } from 'n8n-workflow';
import { loadEngine, type Engine } from '../support/engine';
import { byId, byName, demo, minutesAhead, phone, withSent } from './support';

let engine: Engine;
beforeAll(async () => void (engine = await loadEngine()));

const text = { recipients: phone(0), text: 'Hello' };
const template = { recipients: phone(0), template: byId(demo.exampleTemplateId) };
const v1 = {
	recipientBy: 'contact',
	contactId: byId(demo.exampleContactId),
	template: byId(demo.exampleTemplateId),
	apiVersion: 'v1',
};
const sender = (value: IDataObject) => ({ options: { senders: { sender: [value] } } });
const tooMany = Array.from({ length: 1001 }, (_, index) => `+4477${10_000_000 + index}`).join();

/** Operation, what the user enters, what the message says, what the cure says. */
const BAD: Array<[string, IDataObject, string, string]> = [
	['send', { ...text, recipients: '={{ "" }}' }, 'Recipients is empty', '+14155550123'],
	[
		'send',
		{ ...text, recipients: `${phone(0)}, 07700 900` },
		'Recipients "07700 900" needs + and the country code',
		'Default Country',
	],
	[
		'send',
		{ ...text, recipients: '447700900400' },
		'Recipients "447700900400"',
		'use +447700900400',
	],
	['send', { ...text, recipients: tooMany }, 'Recipients holds 1001 numbers', 'Use Bulk Send'],
	[
		'send',
		{ ...text, text: 'Zażółć gęślą jaźń. '.repeat(4), options: { maxSegments: 1 } },
		'Text takes 2 SMS, and Max Segments is 1',
		'70 characters instead of 160',
	],
	['send', { ...text, text: '={{ "" }}' }, 'Text is empty', 'what the message says'],
	['send', { ...text, channels: '={{ "sms, fax" }}' }, 'Channels holds "fax"', 'whatsapp'],
	[
		'send',
		{ ...text, options: { mediaUrls: 'http://example.com/a.jpg' } },
		'Media URLs "http://example.com/a.jpg"',
		'https://',
	],
	[
		'send',
		{ ...text, options: { scheduledAt: 'tomorrow' } },
		'Scheduled Time "tomorrow" is not a date',
		'year first',
	],
	[
		'send',
		{ ...text, options: { scheduledAt: minutesAhead(-2) } },
		'Scheduled Time is in the past',
		'in the future',
	],
	[
		'send',
		{ ...text, options: { scheduledAt: minutesAhead(43_201) } },
		'Scheduled Time is more than 30 days',
		'within 30',
	],
	[
		'send',
		{ ...text, options: { idempotencyKey: 'order 1042' } },
		'Idempotency Key "order 1042"',
		'letters, digits',
	],
	[
		'send',
		{ ...text, ...sender({ channel: 'sms', from: byId('={{ "" }}') }) },
		'Number or Name is empty',
		'one of your senders',
	],
	[
		'send',
		{ ...text, ...sender({ channel: 'sms', from: byId('X'), country: 'USA' }) },
		'Country "USA"',
		'two letters',
	],
	[
		'send',
		{ ...text, recipientBy: 'contact', contactId: byId('={{ "ana" }}') },
		'Contact "ana" is not a valid ID',
		'enter its ID',
	],
	[
		'sendTemplate',
		{ ...template, template: byName('={{ "" }}') },
		'Template is empty',
		'ID or name',
	],
	[
		'sendTemplate',
		{ ...template, variablesFrom: 'json', variablesJson: '{' },
		'Variables (JSON) is not valid JSON',
		'starts with {',
	],
	[
		'sendTemplate',
		{ ...template, variablesFrom: 'json', variablesJson: { name: '' } },
		'Variable name is empty',
		'Enter a value',
	],
	['sendTemplate', { ...v1, contactId: byId('={{ "" }}') }, 'Contact is empty', 'Pick a contact'],
	[
		'sendTemplate',
		{ ...v1, template: byName('welcome') },
		'Template "welcome" is not a valid ID',
		'API version v1',
	],
	['sendTemplate', { ...v1, webhookUrl: 'n8n/webhook' }, 'Webhook URL "n8n/webhook"', 'http'],
	[
		'bulkSend',
		{ content: 'text', text: 'Hello [[nick]]' },
		'Merge field [[nick]] is empty',
		'Give the item the field',
	],
	[
		'bulkSend',
		{ content: 'text', text: 'Hi', options: { scheduledAt: 'soon' } },
		'Scheduled Time "soon"',
		'year first',
	],
	['list', { conversationId: byId('={{ "" }}') }, 'Conversation is empty', 'Pick a conversation'],
	['list', { messagesOf: 'all', limit: 0 }, 'Limit', 'a whole number from 1'],
	['get', { messageId: 'first' }, 'Message ID "first" is not a valid ID', 'messageId'],
];

const CASES = BAD.map(([operation, parameters, problem, cure]) => ({
	operation,
	parameters,
	problem,
	cure,
}));

describe('bad input', () => {
	it.each(CASES)('$operation: $problem', async ({ operation, parameters, problem, cure }) => {
		await withSent(engine, async (sent) => {
			const items = [{ phone: phone(0) }];
			const { error } = await sent.run(operation, parameters, { items });
			expect(error?.message).toContain(problem);
			expect(error?.message).toContain('[item 0]');
			expect(error?.description).toContain(cure);
			expect(error?.context).toMatchObject({ itemIndex: 0 });
			expect(await sent.requests()).toEqual([]);
		});
	});

	it('stops all items before anything is sent, and names the one', async () => {
		await withSent(engine, async (sent) => {
			const items = [{ phone: phone(0) }, { phone: phone(1) }, { phone: 'Ana' }];
			const { error } = await sent.run(
				'send',
				{ ...text, recipients: '={{ $json.phone }}' },
				{ items },
			);
			expect(error?.message).toContain('Recipients "Ana"');
			expect(error?.message).toContain('[item 2]');
			expect(await sent.requests()).toEqual([]);
		});
	});

	it('fails one item and lets the others go on, on either output', async () => {
		await withSent(engine, async (sent) => {
			const items = [
				{ phone: 'Ana', order: 1 },
				{ phone: phone(1), order: 2 },
			];
			const parameters = { ...text, recipients: '={{ $json.phone }}' };
			const regular = await sent.run('send', parameters, {
				items,
				onError: 'continueRegularOutput',
			});
			expect(regular.json[0]).toMatchObject([
				{
					error: expect.stringContaining('[item 0]'),
					details: { code: 'invalid_input', outcome: 'not_sent' },
				},
				{ recipient: phone(1) },
			]);
			expect(regular.origins[0]).toEqual([0, 1]);
			const split = await sent.run('send', parameters, { items, onError: 'continueErrorOutput' });
			expect(split.json).toMatchObject([
				[{ recipient: phone(1) }],
				[{ order: 1, details: { outcome: 'not_sent' } }],
			]);
			expect(split.origins).toEqual([[1], [0]]);
		});
	});
});
