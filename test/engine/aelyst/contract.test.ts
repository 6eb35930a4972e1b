import { answersContract } from '../contract/answersContract';
import { type ContractedSend, deliveryContract } from '../contract/deliveryContract';
import { byId } from '../support/node-bench';

const SECRET = 'aelyst_token_0123456789';
const phoneIn = (path: string) =>
	decodeURIComponent(/\/contact\/phone:([^/]+)\/message/.exec(path)?.[1] ?? '');

const toContact: Omit<ContractedSend, 'parameters'> = {
	person: (index) => `+6012123311${index}`,
	recipientsOf: ({ path }) => [phoneIn(path)],
	answerTo: () => ({ status: 200, body: { messageId: 1262965213 } }),
};

const credential = { name: 'aelystApi', data: { accessToken: SECRET }, secret: SECRET };

deliveryContract({
	vendor: 'aelyst',
	credential,
	reading: {
		words: { delivered: 'delivered', failed: 'failed', underway: 'sent' },
		reason: 'Not on WhatsApp',
		answerTo({ path }, messages) {
			const { word } = messages.find(({ person }) => person === phoneIn(path)) ?? {};
			const said = word === 'failed' ? { message: 'Not on WhatsApp' } : {};
			const status = [{ value: word, timestamp: 1662965213, ...said }];
			return { status: 200, body: { messageId: 1262965213, traffic: 'outgoing', status } };
		},
	},
	operations: {
		send: {
			...toContact,
			waits: true,
			parameters: { contactBy: 'phone', phone: '={{ $json.to }}', text: '={{ $json.text }}' },
		},
		sendTemplate: {
			...toContact,
			waits: true,
			parameters: {
				contactBy: 'phone',
				phone: '={{ $json.to }}',
				channelId: byId('551174'),
				template: { __rl: true, mode: 'id', value: 'order_confirmation:en' },
				variablesFrom: 'components',
				componentsJson: '={{ JSON.stringify([{ type: "body", text: $json.text }]) }}',
			},
			changing: {
				componentsJson:
					'={{ JSON.stringify([{ type: "body", text: $now.toMillis() + " " + Math.random() }]) }}',
			},
			broken: {
				componentsJson:
					"={{ JSON.stringify([{ type: 'body', text: $json.index === 0 ? $('Nowhere').item.json.x : $json.text }]) }}",
			},
		},
		bulkSend: {
			...toContact,
			isBulk: true,
			parameters: { recipientField: 'to', recipientsAre: 'phone', text: '={{ $json.text }}' },
		},
	},
});

answersContract({
	vendor: 'aelyst',
	credential,
	question: {
		...toContact,
		text: { contactBy: 'phone', phone: toContact.person(0) },
		template: {
			channelId: byId('551174'),
			template: byId('order_confirmation:en'),
			variablesFrom: 'components',
			componentsJson: '[{ "type": "body", "text": "[[link]]" }]',
		},
	},
});
