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

deliveryContract({
	vendor: 'votel',
	credential: { name: 'votelApi', data: { apiKey: SECRET }, secret: SECRET },
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
