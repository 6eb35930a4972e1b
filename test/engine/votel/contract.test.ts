import { answersContract } from '../contract/answersContract';
import { type ContractedSend, deliveryContract } from '../contract/deliveryContract';

const SECRET = 'votel_key_0123456789';
const recipientIn = (body: unknown) =>
	(body as { message_data: { recipient: string } }).message_data.recipient;

const toPerson: Omit<ContractedSend, 'parameters'> = {
	person: (index) => `+1415555012${index}`,
	recipientsOf: ({ body }) => [recipientIn(body)],
	answerTo: ({ body }) => ({
		status: 200,
		body: {
			success: true,
			message_id: `message-to-${recipientIn(body)}`,
			status: 'SENT',
			channel_used: 'SMS',
		},
	}),
};

const credential = { name: 'votelApi', data: { apiKey: SECRET }, secret: SECRET };

deliveryContract({
	vendor: 'votel',
	credential,
	operations: {
		send: {
			...toPerson,
			parameters: {
				sendAs: 'sms',
				recipient: '={{ $json.to }}',
				text: '={{ $json.text }}',
				options: { requestsPerSecond: 1000 },
			},
		},
		bulkSend: {
			...toPerson,
			isBulk: true,
			parameters: {
				recipients: 'items',
				sendAs: 'sms',
				recipientField: 'to',
				text: '={{ $json.text }}',
				options: { requestsPerSecond: 1000 },
			},
		},
	},
});

answersContract({
	vendor: 'votel',
	credential,
	question: {
		...toPerson,
		text: { sendAs: 'sms', recipient: toPerson.person(0), options: { requestsPerSecond: 1000 } },
	},
});
