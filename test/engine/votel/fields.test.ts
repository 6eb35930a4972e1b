import { byId, everyFieldCounts } from '../fields/everyField';
import { channelId, leadId } from './support';

const item = (name: string) => ({
	json: {
		phone: '+14155550123',
		mobile: '+14155550124',
		email: 'ana@example.com',
		mail: 'ben@example.com',
		instagramId: '1234567890123456',
		profile: '1234567890123457',
		name,
	},
});

/** The same message to the same person twice, and another one. */
const people = ['Ana', 'Ana', 'Ben'];
const list = (...more: string[]) =>
	JSON.stringify([...people, ...more].map((name) => item(name).json));

const recipientFields: Record<string, string[]> = {
	email: ['email', 'mail'],
	instagramDm: ['instagramId', 'profile'],
	sms: ['phone', 'mobile'],
};

/** Of each kind one to send from, and none. */
const channels: Record<string, unknown[]> = {
	email: [byId('7e9d0c00-0000-4000-8000-000000000002'), byId('')],
	instagramDm: [byId('7e9d0c00-0000-4000-8000-000000000003'), byId('')],
	sms: [byId(channelId), byId('')],
};

/** n8n looks for what is required in a collection within a collection in the wrong place. */
const NESTED = 'n8n cannot mark it there';

everyFieldCounts('votel', {
	operations: ['send', 'sendAndWait', 'bulkSend', 'list'],
	items: () => people.map(item),
	values: {
		channelId: ({ sendAs }) => channels[String(sendAs)],
		'options.senderType': ({ sendAs }) =>
			sendAs === 'email' ? ['email', 'sms'] : [sendAs === 'sms' ? 'sms' : 'instagram_dm', 'email'],
		contactId: [byId(leadId(1)), byId(leadId(2))],
		leadId: [byId(leadId(1)), byId(leadId(2))],
		leadIds: [leadId(3), leadId(4)],
		field: ['first_name', 'last_name'],
		recipientField: ({ sendAs }) => recipientFields[String(sendAs)],
		recipientList: [list('Cleo'), list('Cleo', 'Dan')],
		text: ['Hello [[name]]', 'Good day [[name]]'],
	},
	lists: ['filterGroups.groups.conditions.conditions.value'],
	unmarked: {
		priorityOther: 'n8n shows it too where the Priority is an expression, for any priority',
		'filterGroups.groups.conditions.conditions.operator': NESTED,
		'filterGroups.groups.conditions.conditions.value': NESTED,
	},
	byDesign: {
		'options.answerTimeout': {
			why: 'it says how long to wait',
			provenIn: 'test/engine/votel/bulkLeads.test.ts',
		},
	},
});
