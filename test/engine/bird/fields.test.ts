import { byId, everyFieldCounts } from '../fields/everyField';
import { demo } from './support';
import { structured } from './templateValues';

const contactId = (number: number) => `c0c00000-0000-4000-8000-00000000000${number}`;

const item = (name: string) => ({
	json: {
		phone: '+14155550123',
		mobile: '+14155550124',
		email: 'ana@example.com',
		mail: 'ben@example.com',
		contact: contactId(1),
		other_contact: contactId(2),
		username: 'ana.example',
		nickname: 'ana2.example',
		name,
	},
});

/** The same message to the same person twice, and another one. */
const people = ['Ana', 'Ana', 'Ben'];
const list = (...more: string[]) =>
	JSON.stringify([...people, ...more].map((name) => item(name).json));

const recipientFields: Record<string, string[]> = {
	contact: ['contact', 'other_contact'],
	email: ['email', 'mail'],
	identifier: ['username', 'nickname'],
	phone: ['phone', 'mobile'],
};

const parameters = (name: string) => ({
	mappingMode: 'defineBelow',
	value: { first_name: name },
	schema: [],
});

/** What is there before the first message was sent. */
let messageIds: unknown[] = ['1e7b70ab-3dcc-48f4-a6f6-63a493f6134c', demo.whatsappChannelId];

everyFieldCounts('bird', {
	operations: ['send', 'sendTemplate', 'sendAndWait', 'bulkSend', 'list', 'get', 'upload'],
	items: async (engine) => {
		const files = {
			data: await engine.binary('one', { fileName: 'one.png', mimeType: 'image/png' }),
			other: await engine.binary('two', { fileName: 'two.jpg', mimeType: 'image/jpeg' }),
		};
		return people.map((name) => ({ ...item(name), binary: files }));
	},
	async prepare(run) {
		const send = { operation: 'send', text: 'Hello', recipient: '+14155550123' };
		messageIds = [];
		for (let count = 0; count < 3; count++) {
			const [{ messageId }] = await run({ ...send, channelId: byId(demo.whatsappChannelId) });
			messageIds.push(messageId);
		}
	},
	unmarked: {
		mediaUrl: 'n8n shows it too where the Message Type is an expression, for any type',
	},
	ids: [
		'options.recipientIdentifiers.identifier.value',
		'templateSettings.variables.variable.name',
	],
	options: { reference: 'order-[[name]]' },
	companions: {
		'options.replyToType': { replyTo: '1e7b70ab-3dcc-48f4-a6f6-63a493f6134c' },
		'options.senderName': { sender: 'news@example.com' },
	},
	values: {
		bodyJson: ['Hello', 'Good day'].map((text) => JSON.stringify({ type: 'text', text: { text } })),
		contactId: [byId(contactId(1)), byId(contactId(2))],
		currency: ['EUR', 'USD'],
		'attachments.attachment.content': ['JVBERi0xLjQ=', 'JVBERi0xLjc='],
		binaryField: ['data', 'other'],
		binaryFields: ['data', 'other'],
		channelId: ({ recipientBy }) =>
			recipientBy === 'email'
				? [byId(demo.emailChannelId), byId('c4a00000-0000-4000-8000-000000000003')]
				: [byId(demo.whatsappChannelId), byId(demo.smsChannelId)],
		channelIds: [demo.whatsappChannelId, demo.smsChannelId],
		limit: [1, 2],
		messageId: () => messageIds,
		pageToken: () =>
			messageIds.slice(0, 2).map((id) => Buffer.from(String(id)).toString('base64url')),
		'parameterList.parameter.json': ({ type }) =>
			['Shoes', 'Boots'].map((article) =>
				JSON.stringify(structured[String(type)]).replace('Shoes', article),
			),
		'parameterList.parameter.value': ['12', '13'],
		parameterFields: [parameters('[[name]]'), parameters('Cleo')],
		projectId: [byId(demo.orderTemplateId), byId('6ba7b810-9dad-11d1-80b4-00c04fd430c8')],
		recipientField: ({ recipientBy }) => recipientFields[String(recipientBy)],
		recipientList: [list('Cleo'), list('Cleo', 'Dan')],
		templateVersion: ['latest', demo.oldOrderTemplateVersionId],
	},
});
