import { isOutside, requireFitting } from '../../../nodes/Aelyst/checkChannel';
import { sendRequest } from '../../../nodes/Aelyst/complete';
import { buildMessage } from '../../../nodes/Aelyst/messages';
import { contactHint } from '../../../nodes/Aelyst/pickers';
import { refusal } from './support';

describe('the body of a message', () => {
	it.each([
		[
			'text through the last channel',
			{ messageType: 'text', text: 'Hi {{$contact.name}}', messageTag: '' },
			{ channelId: null, message: { type: 'text', text: 'Hi {{$contact.name}}' } },
		],
		[
			'a tagged text through a channel',
			{
				messageType: 'text',
				text: 'There has been an update in your account...',
				messageTag: 'ACCOUNT_UPDATE',
				sendThrough: 'channel',
				channelId: '551175',
			},
			{
				channelId: 551175,
				message: {
					type: 'text',
					text: 'There has been an update in your account...',
					messageTag: 'ACCOUNT_UPDATE',
				},
			},
		],
		[
			'an attachment',
			{
				messageType: 'attachment',
				attachmentType: 'file',
				attachmentUrl: 'https://example.com/a.pdf',
				sendThrough: 'last',
				channelId: 'left over',
			},
			{
				channelId: null,
				message: {
					type: 'attachment',
					attachment: { type: 'file', url: 'https://example.com/a.pdf' },
				},
			},
		],
		[
			'quick replies, one a line',
			{ messageType: 'quick_reply', title: 'How can we help?', replies: ' Yes, please \n\nSales' },
			{
				channelId: null,
				message: {
					type: 'quick_reply',
					title: 'How can we help?',
					replies: ['Yes, please', 'Sales'],
				},
			},
		],
		[
			'quick replies from a list',
			{ messageType: 'quick_reply', title: 'Which?', replies: ['a', 2] },
			{ channelId: null, message: { type: 'quick_reply', title: 'Which?', replies: ['a', '2'] } },
		],
		[
			'a custom payload',
			{ messageType: 'custom_payload', channelId: 551176, payload: '{"text":"Hi"}' },
			{ channelId: 551176, message: { type: 'custom_payload', payload: { text: 'Hi' } } },
		],
		[
			'an email with everything',
			{
				messageType: 'email',
				text: 'body',
				subject: 'S',
				cc: 'a@example.com, b@example.com',
				bcc: ['c@example.com'],
				replyToMessageId: '123',
				attachments: {
					attachment: [{ type: 'file', url: 'https://example.com/d.pdf', fileName: 'd.pdf' }],
				},
			},
			{
				channelId: null,
				message: {
					type: 'email',
					text: 'body',
					subject: 'S',
					cc: ['a@example.com', 'b@example.com'],
					bcc: ['c@example.com'],
					replyToMessageId: 123,
					attachments: [{ type: 'file', url: 'https://example.com/d.pdf', fileName: 'd.pdf' }],
				},
			},
		],
		[
			'an email with a text alone',
			{ messageType: 'email', text: 'body', subject: '', cc: '', bcc: '', attachments: {} },
			{ channelId: null, message: { type: 'email', text: 'body' } },
		],
	])('%s', (_what, draft, body) => {
		expect(buildMessage(draft)).toEqual(body);
	});

	it('goes to the path of the contact', () => {
		const content = buildMessage({ messageType: 'text', text: 'Hi' });
		expect(sendRequest('phone:+60121233112', content)).toEqual({
			method: 'POST',
			url: '/contact/phone:%2B60121233112/message',
			body: { channelId: null, message: { type: 'text', text: 'Hi' } },
		});
	});

	const eleven = Array.from({ length: 11 }, (_, index) => `Reply ${index}`);
	it.each([
		['no text', { messageType: 'text', text: '' }, 'Text is empty', 'Enter the text'],
		[
			'a tag that does not exist',
			{ messageType: 'text', text: 'Hi', messageTag: 'PROMOTION' },
			'Message Tag "PROMOTION" is none of the choices',
			'ACCOUNT_UPDATE',
		],
		[
			'no channel where one was to be chosen',
			{ messageType: 'text', text: 'Hi', sendThrough: 'channel', channelId: '' },
			'Channel is empty',
			'Pick a channel',
		],
		[
			'a channel that is no number',
			{ messageType: 'text', text: 'Hi', sendThrough: 'channel', channelId: 'WhatsApp' },
			'Channel "WhatsApp" is not the ID of a channel',
			'551174',
		],
		[
			'an attachment that is no URL',
			{ messageType: 'attachment', attachmentType: 'image', attachmentUrl: 'example.com/a' },
			'Attachment URL "example.com/a" is not a valid URL',
			'https://',
		],
		[
			'a kind of attachment that does not exist',
			{ messageType: 'attachment', attachmentType: 'sticker', attachmentUrl: 'https://a.b/c' },
			'Attachment Type "sticker" is none of the choices',
			'audio, file, image, video',
		],
		[
			'too many replies',
			{ messageType: 'quick_reply', title: 'Which?', replies: eleven },
			'Replies has 11 replies',
			'up to 10. Take 1 out',
		],
		[
			'no reply',
			{ messageType: 'quick_reply', title: 'Which?', replies: ' \n ' },
			'Replies is empty',
			'one reply on each line',
		],
		[
			'replies without a question',
			{ messageType: 'quick_reply', replies: 'Yes' },
			'Title is empty',
			'Enter the question',
		],
		[
			'a custom payload without a channel',
			{ messageType: 'custom_payload', payload: { text: 'Hi' } },
			'Channel is empty, and a custom payload needs one',
			'Pick a channel',
		],
		[
			'a custom payload that is no JSON',
			{ messageType: 'custom_payload', channelId: 1, payload: '{text' },
			'Payload (JSON) is not valid JSON',
			'Enter a JSON object',
		],
		[
			'an empty custom payload',
			{ messageType: 'custom_payload', channelId: 1, payload: '{}' },
			'Payload (JSON) is empty',
			'Enter what the channel is to get',
		],
		[
			'a copy to nobody',
			{ messageType: 'email', text: 'Hi', cc: 'ana' },
			'CC "ana" is not an email address',
			'ana@example.com',
		],
		[
			'an answer to no message',
			{ messageType: 'email', text: 'Hi', replyToMessageId: 'abc' },
			'Reply To Message ID "abc" is not the ID of a message',
			'Enter the number',
		],
		[
			'a file without a name',
			{
				messageType: 'email',
				text: 'Hi',
				attachments: { attachment: [{ type: 'file', url: 'https://a.b/c', fileName: '' }] },
			},
			'Attachment 1 File Name is empty',
			'invoice.pdf',
		],
	])('refuses %s', (_what, draft, message, cure) => {
		const said = refusal(() => buildMessage(draft));
		expect(said.message).toContain(message);
		expect(said.cure).toContain(cure);
	});
});

describe('the check of the channel', () => {
	const now = Date.parse('2026-11-21T12:00:00Z');
	const ago = (hours: number) => now / 1000 - hours * 3600;
	const channel = (id: number, source: string, hours?: number) => ({
		id,
		name: source,
		source,
		lastMessageTime: hours === undefined ? null : ago(hours),
		lastIncomingMessageTime: hours === undefined ? null : ago(hours),
	});
	const identifier = 'id:123';
	const check = (channels: object[], channelId: number | null, message: object) =>
		requireFitting(channels as never, { identifier, channelId, message }, now);
	const text = { type: 'text' };

	it.each([
		['an open window', [channel(1, 'whatsapp_cloud', 23)], 1, text],
		['an open window of the last channel', [channel(1, 'whatsapp_cloud', 23)], null, text],
		[
			'times in milliseconds',
			[{ ...channel(1, 'facebook'), lastIncomingMessageTime: now }],
			1,
			text,
		],
		['a template', [channel(1, 'whatsapp_cloud')], 1, { type: 'whatsapp_template' }],
		['a tag', [channel(1, 'facebook', 72)], 1, { ...text, messageTag: 'ACCOUNT_UPDATE' }],
		['a channel without a window', [channel(1, 'gmail', 72)], 1, text],
		['a payload', [channel(1, 'telegram')], 1, { type: 'custom_payload' }],
	])('lets through %s', (_what, channels, channelId, message) => {
		expect(() => check(channels, channelId, message)).not.toThrow();
	});

	it.each([
		[
			'a channel that the contact does not have',
			[channel(1, 'gmail', 1)],
			2,
			text,
			'Channel 2 is not a channel of id:123',
			'The contact has: gmail (gmail), 1.',
		],
		[
			'no channel at all',
			[],
			2,
			text,
			'is not a channel of id:123',
			'The contact has no channels.',
		],
		[
			'no channel that was used',
			[channel(1, 'gmail')],
			null,
			text,
			'Channel cannot be chosen: id:123 has used none yet',
			'gmail (gmail), 1',
		],
		[
			'a payload on a channel that cannot',
			[channel(1, 'gmail', 1)],
			1,
			{ type: 'custom_payload' },
			'Channel gmail (gmail) does not take custom payloads',
			'Telegram, Facebook, Viber or LINE',
		],
		[
			'a closed window on WhatsApp',
			[channel(1, 'whatsapp_cloud', 24)],
			1,
			text,
			'Channel whatsapp_cloud (whatsapp_cloud) is outside the 24-hour window',
			'Send a template',
		],
		[
			'a tag where there are none',
			[channel(1, 'twilio_whatsapp', 72)],
			1,
			{ ...text, messageTag: 'ACCOUNT_UPDATE' },
			'is outside the 24-hour window',
			'Send a template',
		],
		[
			'a closed window on Instagram',
			[channel(1, 'instagram', 72)],
			1,
			text,
			'is outside the 24-hour window',
			'Message Tag',
		],
		[
			'a closed window of the channel used last',
			[channel(1, 'gmail', 90), channel(2, 'whatsapp_cloud', 80)],
			null,
			text,
			'whatsapp_cloud (whatsapp_cloud) is outside',
			'',
		],
	])('refuses %s', (_what, channels, channelId, message, problem, cure) => {
		const said = refusal(() => check(channels, channelId, message));
		expect(said.message).toContain(problem);
		expect(said.cure).toContain(cure);
	});

	it.each([
		['an open window', [channel(1, 'whatsapp_cloud', 23)], 1, text, false],
		['a closed window', [channel(1, 'whatsapp_cloud', 24)], 1, text, true],
		['a contact that never wrote', [channel(1, '360dialog_whatsapp')], 1, text, true],
		['a contact that has used no channel', [channel(1, 'whatsapp_cloud')], null, text, true],
		['a contact without channels', [], null, text, true],
		['a channel that the contact does not have', [channel(1, 'whatsapp_cloud')], 2, text, false],
		['a channel without a window', [channel(1, 'twilio', 99)], null, text, false],
		['a closed window of Instagram', [channel(1, 'instagram', 99)], 1, text, true],
		[
			'a tag there',
			[channel(1, 'instagram', 99)],
			1,
			{ ...text, messageTag: 'ACCOUNT_UPDATE' },
			false,
		],
		[
			'the channel used last, which has no window',
			[channel(1, 'whatsapp_cloud', 99), channel(2, 'gmail', 80)],
			null,
			text,
			false,
		],
	])('tells whether a message is outside of the window: %s', (_what, channels, id, message, is) => {
		expect(isOutside(channels as never, { channelId: id, message }, now)).toBe(is);
	});

	it.each([
		[undefined, ''],
		[[], ', not used by this contact'],
		[[channel(1, 'whatsapp_cloud', 1)], ', 24-hour window open for 23 h'],
		[[channel(1, 'whatsapp_cloud', 23.5)], ', 24-hour window open for 30 min'],
		[[channel(1, 'whatsapp_cloud', 24)], ', 24-hour window closed'],
		[[channel(1, 'whatsapp_cloud')], ', 24-hour window closed'],
	])('is foretold in the list of channels: %p', (ofContact, hint) => {
		expect(contactHint(channel(1, 'whatsapp_cloud'), ofContact as never, now)).toBe(hint);
		if (ofContact?.length)
			expect(contactHint(channel(1, 'gmail'), ofContact as never, now)).toBe('');
	});
});
