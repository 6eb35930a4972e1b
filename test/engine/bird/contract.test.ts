import { answersContract } from '../contract/answersContract';
import { type ContractedSend, deliveryContract } from '../contract/deliveryContract';
import type { SeenRequest } from '../contract/scriptedVendor';
import { byId, demo } from './support';

const SECRET = 'bird_access_key_0123456789';

interface Message {
	receiver: { contacts: Array<{ identifierValue: string }> };
}
const recipientOf = ({ receiver }: Message) => receiver.contacts[0].identifierValue;

const idOf = (person: string) => `1e7b70ab-3dcc-48f4-a6f6-${person.slice(1).padStart(12, '0')}`;

const one: Omit<ContractedSend, 'parameters'> = {
	person: (index) => `+1415555012${index}`,
	recipientsOf: ({ body }) => [recipientOf(body as Message)],
	answerTo: ({ body }) => ({
		status: 202,
		body: {
			id: idOf(recipientOf(body as Message)),
			status: 'accepted',
			createdAt: '2026-11-28T12:00:00Z',
			...(body as object),
		},
	}),
};
const messagesIn = ({ body }: SeenRequest) =>
	(body as { messageRequests: Message[] }).messageRequests;

const template = {
	projectId: byId('ce6a2fd6-b2fa-4f5a-a2cd-f3bd15883318'),
	templateVersion: 'latest',
	templateLocale: 'en',
	parametersFrom: 'json',
	parametersJson: '={{ JSON.stringify({ name: $json.text }) }}',
};

const credential = {
	name: 'birdChannelsApi',
	data: { accessKey: SECRET, workspaceId: demo.workspaceId },
	secret: SECRET,
};

deliveryContract({
	vendor: 'bird',
	credential,
	reading: {
		words: { delivered: 'delivered', failed: 'delivery_failed', underway: 'sent' },
		reason: 'unknown subscriber',
		answerTo({ path }, messages) {
			const all = messages.map(({ person, word }) => ({
				id: idOf(person),
				status: word,
				direction: 'outgoing',
				...(word === 'delivery_failed' && {
					failure: { code: 15005, description: 'unknown subscriber' },
				}),
			}));
			const { pathname, searchParams } = new URL(path, 'http://bird');
			const one = all.find(({ id }) => pathname.endsWith(`/${id}`));
			const wanted = searchParams.getAll('id');
			const body = one ?? { results: all.filter(({ id }) => wanted.includes(id)) };
			return { status: 200, body };
		},
	},
	window: {
		template,
		changing: {
			...template,
			parametersJson: '={{ JSON.stringify({ name: $now.toMillis() + " " + Math.random() }) }}',
		},
		broken: { template: { ...template, templateVersion: 'newest' }, says: 'Version "newest"' },
		isTemplate: ({ body }) => (body as { template?: object }).template !== undefined,
		answerTo({ method, path, body }, isOutside) {
			const { pathname, searchParams } = new URL(path, 'http://bird');
			if (method === 'GET' && /\/channels\/[^/]+$/.test(pathname)) {
				return { status: 200, body: { id: demo.smsChannelId, platformId: 'whatsapp' } };
			}
			if (pathname.endsWith('/contacts/search')) {
				const { identifier } = body as { identifier: { value: string } };
				return { status: 200, body: { results: [{ id: idOf(identifier.value) }] } };
			}
			const person = searchParams.get('contactIdentifierValue');
			if (person === null || !pathname.endsWith(`/contacts/${idOf(person)}`)) return undefined;
			const end = isOutside(person) ? null : '2099-01-01T00:00:00Z';
			return { status: 200, body: { serviceWindowExpireAt: end, isPermanentSession: false } };
		},
	},
	operations: {
		send: {
			...one,
			waits: true,
			parameters: {
				channelId: byId(demo.smsChannelId),
				recipient: '={{ $json.to }}',
				text: '={{ $json.text }}',
			},
		},
		sendTemplate: {
			...one,
			waits: true,
			parameters: {
				channelId: byId(demo.smsChannelId),
				recipient: '={{ $json.to }}',
				...template,
			},
			changing: {
				parametersJson: '={{ JSON.stringify({ name: $now.toMillis() + " " + Math.random() }) }}',
			},
			broken: {
				parametersJson:
					"={{ JSON.stringify({ name: $json.index === 0 ? $('Nowhere').item.json.x : $json.text }) }}",
			},
		},
		bulkSend: {
			...one,
			isBulk: true,
			sharesRequests: true,
			recipientsOf: (request) => messagesIn(request).map(recipientOf),
			answerTo: () => ({ status: 202, body: { batchId: '7c3e6c1e-4b7f-4d8a-9a53-0b0b1c2d3e4f' } }),
			parameters: {
				channelId: byId(demo.smsChannelId),
				recipientField: 'to',
				text: '={{ $json.text }}',
			},
		},
	},
});

answersContract({
	vendor: 'bird',
	credential,
	question: {
		...one,
		text: { channelId: byId(demo.smsChannelId), recipient: one.person(0) },
		template: {
			projectId: byId('ce6a2fd6-b2fa-4f5a-a2cd-f3bd15883318'),
			templateVersion: 'latest',
			templateLocale: 'en',
			parametersFrom: 'json',
			parametersJson: '{ "what": "[[message]]", "link": "[[link]]" }',
		},
	},
});
