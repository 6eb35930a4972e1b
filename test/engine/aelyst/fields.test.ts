import { byId, everyFieldCounts } from '../fields/everyField';
import { FACEBOOK, MAILBOX, TELEGRAM, WHATSAPP } from './support';

const item = (name: string) => ({
	json: {
		phone: '+60121233112',
		mobile: '+60121233124',
		email: 'abdc@gmail.com',
		mail: 'mail.only@example.com',
		id: 123,
		other_id: 124,
		identifier: 'id:123',
		other: 'id:124',
		name,
	},
});

/** The same message to the same person twice, and another one. */
const people = ['Ana', 'Ana', 'Ben'];
const list = (...more: string[]) =>
	JSON.stringify([...people, ...more].map((name) => item(name).json));

const recipientFields: Record<string, string[]> = {
	id: ['id', 'other_id'],
	email: ['email', 'mail'],
	identifier: ['identifier', 'other'],
	phone: ['phone', 'mobile'],
};

const channels: Record<string, number[]> = {
	custom_payload: [TELEGRAM, FACEBOOK],
	email: [MAILBOX, 551183],
};

const isFacebook = (state: { templateType?: unknown }) =>
	state.templateType === 'facebook_template';

const variables = (body_1: string) => ({
	mappingMode: 'defineBelow',
	value: { body_1, body_2: 'Monday' },
	schema: [],
});
const facebookVariables = (body_1: string) => ({
	mappingMode: 'defineBelow',
	value: { body_1, button_1_1: '1042' },
	schema: [],
});
const components = (...texts: string[]) =>
	JSON.stringify([{ type: 'body', parameters: texts.map((text) => ({ type: 'text', text })) }]);

const facebookComponents = (text: string) =>
	JSON.stringify([
		{ type: 'body', parameters: [{ type: 'text', text }] },
		{ type: 'buttons', buttons: [{ type: 'url', parameters: [{ type: 'text', text: '7' }] }] },
	]);

let messageIds: unknown[];

everyFieldCounts('aelyst', {
	operations: ['send', 'sendTemplate', 'sendAndWait', 'bulkSend', 'list', 'get'],
	items: () => people.map(item),
	// The contact's last channel is WhatsApp.
	impossible: ({ messageType, sendThrough }) => messageType === 'email' && sendThrough === 'last',
	async prepare(run) {
		const messages = await run({
			operation: 'list',
			contactBy: 'id',
			contactId: byId(123),
			limit: 2,
		});
		messageIds = messages.map(({ messageId }) => messageId);
	},
	values: {
		attachmentUrl: ['https://example.com/[[name]].jpg', 'https://example.com/all.jpg'],
		limit: [2, 3],
		payload: ['{"text": "Hello [[name]]"}', '{"text": "Hello Cleo"}'],
		text: ['Hello [[name]]', 'Hello Cleo'],
		title: ['How are you, [[name]]?', 'How are you?'],
		messageId: () => messageIds,
		contactId: [byId(123), byId(124)],
		email: ['abdc@gmail.com', 'mail.only@example.com'],
		phone: ['+60121233112', '+60121233124'],
		identifier: ['phone:+60121233112', 'id:124'],
		recipientField: ({ recipientsAre }) => recipientFields[String(recipientsAre ?? 'phone')],
		recipientList: [list('Cleo'), list('Cleo', 'Dan')],
		channelId: (state) => {
			if (isFacebook(state)) return [byId(FACEBOOK), byId(551178)];
			const ids = channels[String(state.messageType)] ?? [WHATSAPP, 551182];
			return ids.map(byId);
		},
		template: (state) =>
			isFacebook(state)
				? [byId('order_update:en'), byId('account_notice:en')]
				: [byId('shipping_update:en'), byId('shipping_update:ms')],
		variables: (state) =>
			isFacebook(state)
				? [facebookVariables('[[name]]'), facebookVariables('Cleo')]
				: [variables('[[name]]'), variables('Cleo')],
		variablesJson: (state) =>
			['Dear [[name]]', 'Dear Cleo'].map((body_1) =>
				JSON.stringify((isFacebook(state) ? facebookVariables : variables)(body_1).value),
			),
		componentsJson: (state) =>
			isFacebook(state)
				? [facebookComponents('[[name]]'), facebookComponents('Cleo')]
				: [components('[[name]]', 'noon'), components('Cleo', 'noon')],
	},
	byDesign: {
		contactBy: {
			why: 'an identifier is one of the others, written out',
			provenIn: 'test/engine/aelyst/send.test.ts',
		},
		recipientsAre: {
			why: 'what it changes is how the same recipients are read',
			provenIn: 'test/engine/aelyst/bulkSend.test.ts',
		},
	},
});
