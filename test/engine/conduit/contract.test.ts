import { answersContract } from '../contract/answersContract';
import { type ContractedSend, deliveryContract } from '../contract/deliveryContract';
import { byId } from '../support/node-bench';

const SECRET = 'conduit_token_0123456789';
const contactIn = (path: string) => /\/v1\/contacts\/([^/]+)\/messages/.exec(path)?.[1] ?? '';

const toContact: Omit<ContractedSend, 'parameters'> = {
	person: (index) => `ph7person${index}`,
	recipientsOf: ({ path }) => [contactIn(path)],
	answerTo: ({ path }) => ({
		status: 200,
		body: {
			data: { id: `message-to-${contactIn(path)}`, contact_id: contactIn(path), status: 'sent' },
		},
	}),
};

const through = { channelBy: 'node', channelNodeId: byId('hg77channel') };
const template = {
	contentSid: byId('HXaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'),
	variablesFrom: 'json',
};

const credential = { name: 'conduitAiApi', data: { apiToken: SECRET }, secret: SECRET };

deliveryContract({
	vendor: 'conduit',
	credential,
	reading: {
		words: { delivered: 'delivered', failed: 'failed', underway: 'sent' },
		reason: null,
		answerTo({ path }, messages) {
			const contact = /\/v1\/conversations\/([^/]+)\//.exec(path)?.[1] ?? '';
			const data = messages
				.filter(({ person }) => person === contact)
				.map(({ person, word }) => ({ id: `message-to-${person}`, status: word }));
			return { status: 200, body: { data, next_cursor: null, has_more: false } };
		},
	},
	operations: {
		send: {
			...toContact,
			waits: true,
			parameters: {
				sendTo: 'contact',
				contactId: byId('={{ $json.to }}'),
				...through,
				body: '={{ $json.text }}',
			},
			changing: { body: '=At {{ $now.toMillis() }} {{ Math.random() }}' },
			broken: { body: "={{ $json.index === 0 ? $('Nowhere').item.json.x : $json.text }}" },
		},
		sendTemplate: {
			...toContact,
			waits: true,
			parameters: {
				contactId: byId('={{ $json.to }}'),
				...through,
				...template,
				variablesJson: '={{ JSON.stringify({ 1: $json.text }) }}',
			},
			changing: {
				variablesJson: '={{ JSON.stringify({ 1: $now.toMillis() + " " + Math.random() }) }}',
			},
			broken: {
				variablesJson:
					"={{ JSON.stringify({ 1: $json.index === 0 ? $('Nowhere').item.json.x : $json.text }) }}",
			},
		},
		bulkSend: {
			...toContact,
			isBulk: true,
			parameters: {
				recipientField: 'to',
				channelBy: 'node',
				channelNodeId: 'hg77channel',
				messageType: 'text',
				body: '={{ $json.text }}',
			},
			changing: { body: '=At {{ $now.toMillis() }} {{ Math.random() }}' },
			broken: { body: "={{ $json.index === 0 ? $('Nowhere').item.json.x : $json.text }}" },
		},
	},
});

answersContract({
	vendor: 'conduit',
	credential,
	question: {
		...toContact,
		text: { sendTo: 'contact', contactId: byId(toContact.person(0)), ...through },
		template: { ...template, variablesJson: '{ "1": "[[message]]", "2": "[[link]]" }' },
	},
});
