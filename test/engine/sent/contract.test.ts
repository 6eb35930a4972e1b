import { answersContract } from '../contract/answersContract';
import { deliveryContract, type ContractedSend } from '../contract/deliveryContract';
import type { SeenRequest } from '../contract/scriptedVendor';

const bodyOf = ({ body }: SeenRequest) => body as { to: string[]; channel: string[] };
const messageIn = (path: string) => path.split('/').at(-2) as string;
const templateId = '7ba7b820-9dad-11d1-80b4-00c04fd430c8';

const v3: Omit<ContractedSend, 'parameters'> = {
	person: (index) => `+44770090040${index}`,
	recipientsOf: (request) => bodyOf(request).to,
	answerTo: (request) => ({
		status: 202,
		body: {
			success: true,
			data: {
				status: 'QUEUED',
				recipients: bodyOf(request).to.map((to) => ({
					message_id: `message-to-${to}`,
					to,
					channel: null,
				})),
			},
			error: null,
			meta: { request_id: 'req_1', timestamp: '2026-11-28T12:00:00Z' },
		},
	}),
	idempotencyHeader: 'Idempotency-Key',
};

const template = {
	template: { __rl: true, mode: 'id', value: templateId },
	variablesFrom: 'json',
	variablesJson: '={{ JSON.stringify({ name: $json.text }) }}',
};
const changingTemplate = {
	variablesJson: '={{ JSON.stringify({ name: $now.toMillis() + " " + Math.random() }) }}',
};

const brokenTemplate = {
	variablesJson:
		"={{ JSON.stringify({ name: $json.index === 0 ? $('Nowhere').item.json.x : $json.text }) }}",
};

const credential = {
	name: 'sentDmApi',
	data: {
		apiKey: 'sk_sent_secret_0123456789',
		senderId: '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
	},
	secret: 'sk_sent_secret_0123456789',
};

deliveryContract({
	vendor: 'sent',
	credential,
	reading: {
		words: { delivered: 'DELIVERED', failed: 'FAILED', underway: 'SENT' },
		reason: 'ERR_ROUTE_DENIED',
		answerTo({ path }, messages) {
			const all = messages.map(({ person, word }) => ({
				id: `message-to-${person}`,
				phone: person,
				channel: 'sms',
				status: word,
				direction: 'OUTBOUND',
				events: [{ status: word, description: word === 'FAILED' ? 'ERR_ROUTE_DENIED' : null }],
			}));
			const isList = path.startsWith('/v3/conversations');
			const one = all.find(({ id }) => decodeURIComponent(path).endsWith(id));
			const data = isList ? { messages: all, pagination: { has_more: false } } : one;
			return { status: 200, body: { success: true, data, error: null, meta: {} } };
		},
	},
	operations: {
		send: {
			...v3,
			waits: true,
			parameters: { recipients: '={{ $json.to }}', text: '={{ $json.text }}' },
		},
		sendTemplate: {
			...v3,
			waits: true,
			parameters: { recipients: '={{ $json.to }}', ...template },
			changing: changingTemplate,
			broken: brokenTemplate,
		},
		resend: {
			namesNobody: true,
			...v3,
			person: (index) => `8ba7b830-9dad-11d1-80b4-00c04fd430c${index}`,
			recipientsOf: ({ path }) => [messageIn(path)],
			answerTo: ({ path }) => ({
				status: 202,
				body: {
					success: true,
					data: {
						status: 'QUEUED',
						recipients: [{ message_id: messageIn(path), to: '+447700900400', channel: 'sms' }],
					},
					error: null,
					meta: { request_id: 'req_1', timestamp: '2026-11-28T12:00:00Z' },
				},
			}),
			parameters: { messageId: '={{ $json.to }}' },
			changing: { options: { timeout: '={{ 200 + Math.random() }}' } },
			broken: {
				messageId: "={{ $json.index === 0 ? $('Nowhere').item.json.x : $json.to }}",
			},
		},
		bulkSend: {
			...v3,
			isBulk: true,
			parameters: { recipientField: 'to', content: 'text', text: '={{ $json.text }}' },
		},
	},
});

answersContract({
	vendor: 'sent',
	credential,
	question: {
		...v3,
		text: { recipients: v3.person(0) },
		template: {
			...template,
			variablesJson: '{ "name": "[[message]]", "link": "[[link]]" }',
		},
	},
});
