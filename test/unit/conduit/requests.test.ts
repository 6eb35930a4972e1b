import type { IDataObject } from 'n8n-workflow';

import { bulkSend } from '../../../nodes/Conduit/operations/bulkSend';
import { get } from '../../../nodes/Conduit/operations/get';
import { list } from '../../../nodes/Conduit/operations/list';
import { send } from '../../../nodes/Conduit/operations/send';
import { sendTemplate } from '../../../nodes/Conduit/operations/sendTemplate';
import { InvalidInput } from '../../../nodes/input/invalidInput';
import { requestOf } from '../support/requestOf';

const buildSend = (draft: IDataObject) => requestOf(send, draft);
const buildSendTemplate = (draft: IDataObject) => requestOf(sendTemplate, draft);
const buildList = (draft: IDataObject) => requestOf(list, draft);

const contactId = 'ph77c0dy0mgdpzmqz6tesry8w184002s';
const channelNodeId = 'hg77c0dy0mgdpzmqz6tesry8w184002s';
const workspaceId = 'j57demo8f8x7c9v0n2q4r6t8y1u3i5o';
const contentSid = 'HXaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
const toContact = { sendTo: 'contact', contactId, channelBy: 'node', channelNodeId };
const template = {
	contactId,
	channelBy: 'node',
	channelNodeId,
	contentSid,
	variablesFrom: 'json',
	variablesJson: '{"1": "Alex", "2": "May 15 at 3 PM"}',
};

/** What the user is told: the field and the problem, and the cure. */
function refusal(build: () => unknown): { message: string; cure: string } {
	try {
		build();
	} catch (error) {
		if (error instanceof InvalidInput) return { message: error.message, cure: error.cure };
		throw error;
	}
	throw new Error('It was not refused');
}

describe('Send Message', () => {
	it('writes to a contact', () => {
		expect(buildSend({ ...toContact, body: 'Hi there', workspaceId: '', senderId: '' })).toEqual({
			method: 'POST',
			url: `/v1/contacts/${contactId}/messages`,
			qs: {},
			body: { channel_node_id: channelNodeId, body: 'Hi there' },
		});
	});

	it("writes the owner's example of an email", () => {
		const draft = {
			...toContact,
			senderId: 'gmail_account:team@conduit.ai',
			body: 'Hi there',
			subject: 'Check-in',
			workspaceId,
		};
		expect(buildSend(draft)).toEqual({
			method: 'POST',
			url: `/v1/contacts/${contactId}/messages`,
			qs: { workspace_id: workspaceId },
			body: {
				channel_node_id: channelNodeId,
				sender_id: 'gmail_account:team@conduit.ai',
				body: 'Hi there',
				subject: 'Check-in',
			},
		});
	});

	it.each([' ', 'x', '\n'])('takes a body of one character, as it is: %j', (body) => {
		expect(buildSend({ ...toContact, body })?.body).toMatchObject({ body });
	});

	it('leaves the channel node to the look-up where a type was chosen', () => {
		const draft = { ...toContact, channelBy: 'type', channelType: 'email', body: 'Hi' };
		expect(buildSend(draft)?.body).toEqual({ body: 'Hi' });
	});

	it.each([
		['conversation', { conversationId: 'cv/7' }, '/v1/conversations/cv%2F7/messages'],
		['ticket', { ticketId: 'tk7' }, '/v1/tickets/tk7/messages'],
	])('replies in a %s, with nothing but the body', (sendTo, thread, url) => {
		const leftOver = { subject: 'Old', channelNodeId, senderId: 'x' };
		expect(buildSend({ sendTo, ...thread, ...leftOver, body: 'Hi', workspaceId })).toEqual({
			method: 'POST',
			url,
			qs: { workspace_id: workspaceId },
			body: { body: 'Hi' },
		});
	});

	it.each([
		['no contact', { contactId: '' }, 'Contact is empty', 'Pick a contact'],
		[
			'a phone number',
			{ contactId: '+14155550101' },
			'Contact "+14155550101" is not the ID of a contact',
			'Conduit sends to contacts, not to phone numbers',
		],
		[
			'an email address',
			{ contactId: 'alex@example.com' },
			'Contact "alex@example.com" is not the ID of a contact',
			'Pick the contact',
		],
		[
			'a name',
			{ contactId: 'Alex Morgan' },
			'Contact "Alex Morgan" is not an ID',
			'Pick a contact',
		],
		['no channel node', { channelNodeId: ' ' }, 'Channel Node is empty', 'Pick one of the contact'],
		['a sender that is no ID', { senderId: 'Front desk' }, 'Sender "Front desk"', 'Pick a sender'],
		['no body', { body: '' }, 'Body is empty', 'Enter the text'],
		['a body that is no text', { body: { a: 1 } }, 'Body is not text', 'Enter the text'],
		[
			'a subject where there is none',
			{ channelBy: 'type', channelType: 'sms', subject: 'Hello' },
			'Subject is for email channels only',
			'Take the subject out',
		],
		[
			'a workspace that is no ID',
			{ workspaceId: 'Seaside Stays' },
			'Workspace "Seaside Stays"',
			'',
		],
		['a dot segment', { contactId: '..' }, 'ID ".." cannot be part of an address', 'valid ID'],
	])('refuses %s', (_what, wrong, message, cure) => {
		const said = refusal(() => buildSend({ ...toContact, body: 'Hi', ...wrong }));
		expect(said.message).toContain(message);
		expect(said.cure).toContain(cure);
	});

	it.each([
		[{ sendTo: 'conversation', conversationId: '' }, 'Conversation is empty'],
		[{ sendTo: 'ticket' }, 'Ticket is empty'],
		[{ sendTo: 'ticket', ticketId: 'tk7', body: '' }, 'Body is empty'],
	])('refuses a reply without a thread or a body: %p', (draft, message) => {
		expect(refusal(() => buildSend({ body: 'Hi', ...draft })).message).toBe(message);
	});
});

describe('Send Template', () => {
	it("writes the owner's example", () => {
		expect(buildSendTemplate({ ...template, senderId: 'whatsapp_number:+14155550999' })).toEqual({
			method: 'POST',
			url: `/v1/contacts/${contactId}/messages`,
			qs: {},
			body: {
				channel_node_id: channelNodeId,
				sender_id: 'whatsapp_number:+14155550999',
				whatsapp_template: {
					content_sid: contentSid,
					variables: { '1': 'Alex', '2': 'May 15 at 3 PM' },
				},
			},
		});
	});

	it('leaves out variables that the template does not have', () => {
		expect(buildSendTemplate({ ...template, variablesJson: '' })?.body).toEqual({
			channel_node_id: channelNodeId,
			whatsapp_template: { content_sid: contentSid },
		});
	});

	it.each([
		['no template', { contentSid: '' }, 'Template is empty', 'Pick a template'],
		[
			'a name instead of a content SID',
			{ contentSid: 'welcome' },
			'Template "welcome" is not a content SID',
			'looks like HXaaaa',
		],
		[
			'a variable without a value',
			{ variablesJson: '{"1": ""}' },
			'Variable 1 is empty',
			'Enter a value',
		],
		[
			'a variable that the template does not have',
			{
				variablesFrom: 'fields',
				variables: {
					mappingMode: 'defineBelow',
					value: { '1': 'a', '3': 'b' },
					schema: [{ id: '1', required: true }],
				},
			},
			'Variable 3 is not part of the template',
			'open it again',
		],
		[
			'a body beside the template',
			{ body: 'Hi' },
			'Body cannot be sent together with a template',
			'either a body or a template',
		],
	])('refuses %s', (_what, wrong, message, cure) => {
		const said = refusal(() => buildSendTemplate({ ...template, ...wrong }));
		expect(said.message).toContain(message);
		expect(said.cure).toContain(cure);
	});
});

describe('Bulk Send', () => {
	const build = (draft: IDataObject, recipient = contactId) =>
		requestOf(bulkSend, { channelNodeId, channelBy: 'node', ...draft }, { recipient });

	it('puts every message into a request of its own', () => {
		expect([build({ body: 'a' }, 'ph1'), build({ body: 'b' }, 'ph2')]).toEqual([
			{
				method: 'POST',
				url: '/v1/contacts/ph1/messages',
				qs: {},
				body: { channel_node_id: channelNodeId, body: 'a' },
			},
			{
				method: 'POST',
				url: '/v1/contacts/ph2/messages',
				qs: {},
				body: { channel_node_id: channelNodeId, body: 'b' },
			},
		]);
	});

	it('sends templates', () => {
		expect(build({ ...template, messageType: 'template' })?.body).toMatchObject({
			whatsapp_template: { content_sid: contentSid },
		});
	});

	it('refuses what is no contact, and a workspace that is no ID', () => {
		expect(refusal(() => build({ body: 'a' }, '+14155550101')).message).toContain(
			'Recipient "+14155550101" is not the ID of a contact',
		);
		expect(refusal(() => build({ body: 'a', workspaceId: 'a b' })).message).toContain('Workspace');
	});
});

describe('List Messages', () => {
	it.each([
		[{ limit: 5 }, { limit: 5, order: 'desc' }],
		[
			{ limit: 250, order: 'asc' },
			{ limit: 100, order: 'asc' },
		],
		[
			{ returnAll: true, limit: 5, workspaceId },
			{ limit: 100, order: 'desc', workspace_id: workspaceId },
		],
	])('reads %p', (draft, qs) => {
		expect(buildList({ conversationId: 'cv7', ...draft })).toEqual({
			method: 'GET',
			url: '/v1/conversations/cv7/messages',
			qs,
		});
	});

	it('refuses a limit that is none, and no conversation', () => {
		expect(refusal(() => buildList({ conversationId: 'cv7', limit: 0 })).message).toContain(
			'Limit',
		);
		expect(refusal(() => buildList({ conversationId: '' })).message).toBe('Conversation is empty');
	});
});

describe('the node', () => {
	it('has no field for one message that its operation does not use', () => {
		const names = get.fields.map(({ name }) => name);
		expect(names).toEqual(['workspaceId', 'conversationId', 'messageId', 'simplify', 'options']);
	});
});
