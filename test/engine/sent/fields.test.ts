import { byId, everyFieldCounts } from '../fields/everyField';
import { demo, minutesAhead, phone } from './support';

const item = (name: string) => ({
	json: {
		phone: phone(0),
		mobile: phone(1),
		contact_id: demo.exampleContactId,
		other_contact: demo.talkativeContactId,
		name,
	},
});

/** The same message to the same person twice, and another one. */
const people = ['Ana', 'Ana', 'Ben'];
const list = (...more: string[]) =>
	JSON.stringify([...people, ...more].map((name) => item(name).json));

const variables = (name: string) => ({
	mappingMode: 'defineBelow',
	value: { name, order_id: '1042' },
	schema: [],
});

let messageIds: unknown[] = [];
let scheduledIds: unknown[] = [];

/** The state in which a message has to be, for what is done to it. */
const STATES: Record<string, string | undefined> = { cancel: 'SCHEDULED', resend: 'FAILED' };

everyFieldCounts('sent', {
	operations: [
		'send',
		'sendTemplate',
		'sendAndWait',
		'bulkSend',
		'list',
		'get',
		'cancel',
		'resend',
	],
	items: () => people.map(item),
	credentials: ({ credentials: { sentDmApi } }) => ({
		sentDmApi: {
			...sentDmApi,
			senderId: demo.senderId,
			webhookToken: 'webhook-token-of-the-test',
		},
	}),
	async prepare(run) {
		messageIds = [];
		scheduledIds = [];
		const send = { operation: 'send', text: 'Hello', options: { requestsPerSecond: 1000 } };
		// The conversation that the placeholder names.
		const contactId = byId(demo.exampleContactId);
		await run({ ...send, recipientBy: 'contact', contactId });
		for (const recipients of [phone(2), phone(3)]) {
			const [{ messageId }] = await run({ ...send, recipients });
			messageIds.push(messageId);
			const options = { ...send.options, scheduledAt: minutesAhead(60) };
			const [scheduled] = await run({ ...send, recipients, options });
			scheduledIds.push(scheduled.messageId);
		}
	},
	async ready({ vendor }, { operation, messageId }) {
		const status = STATES[String(operation)];
		if (status !== undefined) await vendor.advance({ messageId: String(messageId), status });
	},
	values: {
		country: ['US', 'GB'],
		messageId: ({ operation }) => (operation === 'cancel' ? scheduledIds : messageIds),
		contactId: [byId(demo.exampleContactId), byId(demo.talkativeContactId)],
		recipientField: ({ recipientBy }) =>
			recipientBy === 'contact' ? ['contact_id', 'other_contact'] : ['phone', 'mobile'],
		recipientList: [list('Cleo'), list('Cleo', 'Dan')],
		template: [byId(demo.exampleTemplateId), byId('5e9d0d00-0000-4000-8000-000000000009')],
		text: ['Hello [[name]]', 'Good day [[name]]'],
		variables: [variables('[[name]]'), variables('Cleo')],
		variablesJson: ['{"name": "[[name]]", "order_id": "7"}', '{"name": "Cleo", "order_id": "7"}'],
	},
	byDesign: {
		'options.plan': { why: 'it chooses the pace', provenIn: 'test/unit/sent/api.test.ts' },
	},
});
