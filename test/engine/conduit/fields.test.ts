import { idFor } from '../../../sandbox/vendors/conduit/account';
import { byId, everyFieldCounts } from '../fields/everyField';
import { ALEX, ALEX_WHATSAPP, REMINDER, SEASIDE } from './support';

const ALEX_EMAIL = idFor('hg7', 'Alex Morgan unthreaded_email alex@example.com');
const GUEST = idFor('ph7', 'Guest 001');
const GUEST_CONVERSATION = idFor('cv7', 'Guest 001');

const variables = (name: string) => ({
	mappingMode: 'defineBelow',
	value: { '1': name, '2': 'noon' },
	schema: [],
});

const item = (name: string) => ({
	json: {
		contact_id: ALEX,
		guest_id: GUEST,
		email_id: ALEX_EMAIL,
		whatsapp_id: ALEX_WHATSAPP,
		name,
	},
});

/** The same message to the same person twice, and another one. */
const people = ['Alex', 'Alex', 'Sasha'];
const list = (...more: string[]) =>
	JSON.stringify([...people, ...more].map((name) => item(name).json));

/** Only WhatsApp channels take templates. */
const inOrder = (email: unknown, whatsapp: unknown, isTemplate: boolean) =>
	isTemplate ? [whatsapp, email] : [email, whatsapp];

everyFieldCounts('conduit', {
	operations: ['send', 'sendTemplate', 'sendAndWait', 'bulkSend', 'list', 'get'],
	items: () => people.map(item),
	values: {
		workspaceId: [byId(SEASIDE), byId('')],
		contactId: [byId(ALEX), byId(GUEST)],
		conversationId: [byId(ALEX), byId(GUEST_CONVERSATION)],
		ticketId: [byId(idFor('tk7', 'ticket 0')), byId(idFor('tk7', 'ticket 1'))],
		channelNodeId: ({ operation, messageType }) =>
			operation === 'bulkSend'
				? inOrder('[[email_id]]', '[[whatsapp_id]]', messageType === 'template')
				: inOrder(byId(ALEX_EMAIL), byId(ALEX_WHATSAPP), operation === 'sendTemplate'),
		channelType: ['email', 'whatsapp', 'sms'],
		senderId: [byId(''), byId('gmail_account:bookings@conduit.ai')],
		variablesJson: ['{"1": "[[name]]", "2": "May 15"}', '{"1": "Ana", "2": "noon"}'],
		subject: ['', 'Your stay with us'],
		body: ['Room [[name]]', 'Suite [[name]]'],
		contentSid: [byId(REMINDER), byId(`HX${'b'.repeat(32)}`)],
		variables: [variables('[[name]]'), variables('Ana')],
		recipientList: [list('Kim'), list('Kim', 'Robin')],
		recipientField: ['contact_id', 'guest_id'],
		mostSearched: [1000, 10],
		messageId: [1, 2].map((number) => idFor('yh7', `message ${number}`)),
	},
});
