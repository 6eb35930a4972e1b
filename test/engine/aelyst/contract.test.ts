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

const template = {
	template: byId('order_confirmation:en'),
	variablesFrom: 'components',
	componentsJson: '={{ JSON.stringify([{ type: "body", text: $json.text }]) }}',
};
const templateInstead = { ...template, templateChannelId: byId('551174') };

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
	window: {
		template: templateInstead,
		changing: {
			...templateInstead,
			componentsJson:
				'={{ JSON.stringify([{ type: "body", text: $now.toMillis() + " " + Math.random() }]) }}',
		},
		broken: {
			template: { ...templateInstead, templateChannelId: byId('={{ "the first" }}') },
			says: 'Template Channel "the first" is not the ID of a channel',
		},
		isTemplate: ({ body }) =>
			(body as { message: { type: string } }).message.type === 'whatsapp_template',
		answerTo({ path }, isOutside) {
			const [, person] = /\/contact\/phone:([^/]+)\/channels/.exec(path) ?? [];
			if (person === undefined) return undefined;
			const now = Math.floor(Date.now() / 1000);
			const wrote = isOutside(decodeURIComponent(person)) ? now - 25 * 3600 : now - 3600;
			const channel = { id: 551174, name: 'WhatsApp', source: 'whatsapp_cloud' };
			const items = [{ ...channel, lastMessageTime: wrote, lastIncomingMessageTime: wrote }];
			return { status: 200, body: { items, pagination: {} } };
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
				...template,
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
