import type { IDataObject, IHttpRequestOptions, INodeExecutionData } from 'n8n-workflow';

import { byId } from '../fields/everyField';
import { type Engine, loadEngine } from '../support/engine';
import { withoutNetwork } from '../support/n8n';

export const ID = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

/** Where Bird keeps a file that was uploaded. */
export const MEDIA_URL = 'https://media.example/photo';

export interface Vendor {
	credential: [string, IDataObject];
	/** Of a message to a person; the recipient is in `to`, what it says in `text`. */
	send: IDataObject;
	bulk: IDataObject;
	/** The name of the field that holds the text. */
	text: string;
	/** Whether people are phone numbers here. */
	takesPhones: boolean;
	/** A person of this vendor's. */
	person: string;
	answer(request: IHttpRequestOptions): unknown;
}

export const VENDORS: Record<string, Vendor> = {
	bird: {
		credential: ['birdChannelsApi', { accessKey: 'key', workspaceId: ID }],
		send: { channelId: byId(ID), recipient: '={{ $json.to }}', text: '={{ $json.text }}' },
		bulk: { channelId: byId(ID), recipientField: 'to', text: 'Hello' },
		text: 'text',
		takesPhones: true,
		person: '+14155550123',
		answer: ({ body, url }) =>
			url.endsWith('/presigned-upload')
				? {
						mediaUrl: MEDIA_URL,
						uploadUrl: 'https://store.example/upload',
						uploadMethod: 'POST',
						uploadFormData: {},
					}
				: 'messageRequests' in (body as object)
					? { batchId: ID }
					: { id: ID, status: 'accepted' },
	},
	sent: {
		credential: ['sentDmApi', { apiKey: 'key' }],
		send: { recipients: '={{ $json.to }}', text: '={{ $json.text }}' },
		bulk: { recipientField: 'to', content: 'text', text: 'Hello' },
		text: 'text',
		takesPhones: true,
		person: '+14155550123',
		answer: ({ body }) => ({
			success: true,
			data: {
				status: 'QUEUED',
				recipients: (body as { to: string[] }).to.map((to) => ({
					message_id: to,
					to,
					channel: null,
				})),
			},
			meta: { request_id: 'r', timestamp: '2026-11-28T12:00:00Z' },
		}),
	},
	conduit: {
		credential: ['conduitAiApi', { apiToken: 'key' }],
		send: {
			sendTo: 'contact',
			contactId: byId('={{ $json.to }}'),
			channelBy: 'node',
			channelNodeId: byId('hg77channel'),
			body: '={{ $json.text }}',
		},
		bulk: {
			recipientField: 'to',
			channelBy: 'node',
			channelNodeId: 'hg77channel',
			messageType: 'text',
			body: 'Hello',
		},
		text: 'body',
		takesPhones: false,
		person: 'ph77c0dy0mgdpzmqz6tesry8w184002s',
		answer: () => ({ data: { id: 'm1', contact_id: 'c1', status: 'sent' } }),
	},
	aelyst: {
		credential: ['aelystApi', { accessToken: 'key' }],
		send: { contactBy: 'phone', phone: '={{ $json.to }}', text: '={{ $json.text }}' },
		bulk: { recipientField: 'to', recipientsAre: 'phone', text: 'Hello' },
		text: 'text',
		takesPhones: true,
		person: '+14155550123',
		answer: ({ url }) =>
			url.endsWith('/template')
				? {
						items: [
							{
								name: 'order',
								languageCode: 'en',
								status: 'approved',
								components: [{ type: 'BODY', text: 'Order {{1}}' }],
							},
						],
						pagination: {},
					}
				: { messageId: 1 },
	},
	votel: {
		credential: ['votelApi', { apiKey: 'key' }],
		send: { sendAs: 'sms', recipient: '={{ $json.to }}', text: '={{ $json.text }}' },
		bulk: { recipients: 'items', sendAs: 'sms', recipientField: 'to', text: 'Hello' },
		text: 'text',
		takesPhones: true,
		person: '+14155550123',
		answer: () => ({ success: true, message_id: 'm1', status: 'SENT', channel_used: 'SMS' }),
	},
};

/** The nodes of all vendors, each before a vendor that accepts everything. */
export class People {
	private requests: IHttpRequestOptions[] = [];

	private asked: Vendor = VENDORS.bird;

	private readonly restore: () => void;

	private constructor(readonly engine: Engine) {
		this.restore = withoutNetwork(async (options) => {
			this.requests.push(options);
			return await Promise.resolve({
				statusCode: 202,
				headers: {},
				body: JSON.parse(JSON.stringify(this.asked.answer(options))),
			});
		});
	}

	static async open(): Promise<People> {
		return new People(await loadEngine());
	}

	close(): void {
		this.restore();
	}

	/** What the flow is told of one item, and all that was sent for it, as text. */
	async run(
		name: string,
		operation: 'send' | 'sendTemplate' | 'bulkSend',
		item: INodeExecutionData,
		more: IDataObject = {},
	): Promise<{ said: string; sent: string; requests: number }> {
		this.asked = VENDORS[name];
		this.requests = [];
		const [type, data] = this.asked.credential;
		const parameters = operation === 'bulkSend' ? this.asked.bulk : this.asked.send;
		const { error, json } = await this.engine.run({
			node: {
				type: name,
				onError: 'continueRegularOutput',
				parameters: { resource: 'message', operation, ...parameters, ...more },
			},
			credentials: { [type]: { ...data, baseUrl: 'https://vendor.example' } as never },
			items: [item],
		});
		expect(error).toBeUndefined();
		expect(json[0]).toHaveLength(1);
		const sent = JSON.stringify(
			this.requests.map(({ url, body, headers }) => [url, body, headers?.['Idempotency-Key']]),
		);
		return { said: String(json[0][0].error ?? ''), sent, requests: this.requests.length };
	}
}
