import type { IDataObject } from 'n8n-workflow';
import type { N8nClient, Workflow } from '../support/n8n';
import { sandboxCredentialData } from '../support/n8n';
import { PACKAGE } from '../support/package';

/** A vendor's node that sends one message, as somebody sets it up for an agent. */
export interface SendingNode {
	/** Its name in the workflow; an agent knows the tool by this name too. */
	name: string;
	vendor: string;
	credential: string;
	/** Whom a message goes to, as a model writes it, and as the vendor calls it. */
	to: string;
	recipient: string;
	/** What is no recipient, and what the node says of it. */
	nobody: string;
	complaint: { field: string; cure: RegExp };
	/** Its parameters, with expressions for whom it goes to and what it says. */
	parameters: (to: string, text: string) => IDataObject;
}

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const sendMessage = { resource: 'message', operation: 'send' };

const numberCure = /country code/i;

/** The five nodes, each with the fields that a beginner would fill in. */
export const sendingNodes: SendingNode[] = [
	{
		name: 'bird_sms',
		vendor: 'bird',
		credential: 'birdChannelsApi',
		to: '+31 6 1234-5601',
		recipient: '+31612345601',
		nobody: 'tomorrow',
		complaint: { field: 'Recipient Phone Number', cure: numberCure },
		parameters: (recipient, text) => ({
			...sendMessage,
			channelId: byId(sandboxCredentialData('birdChannelsApi').smsChannelId),
			recipientBy: 'phone',
			recipient,
			bodyType: 'text',
			text,
		}),
	},
	{
		name: 'sent_sms',
		vendor: 'sent',
		credential: 'sentDmApi',
		to: '0044 7700 900101',
		recipient: '+447700900101',
		nobody: 'tomorrow',
		complaint: { field: 'Recipients', cure: numberCure },
		parameters: (recipients, text) => ({
			...sendMessage,
			recipientBy: 'phone',
			recipients,
			channels: ['sms'],
			text,
		}),
	},
	{
		name: 'conduit_email',
		vendor: 'conduit',
		credential: 'conduitAiApi',
		to: 'ph77c0dy0mgdpzmqz6tesry8w184002s',
		recipient: 'ph77c0dy0mgdpzmqz6tesry8w184002s',
		nobody: 'Alex Doe',
		complaint: { field: 'Contact', cure: /list of contacts/ },
		parameters: (contact, body) => ({
			...sendMessage,
			sendTo: 'contact',
			contactId: byId(contact),
			channelBy: 'type',
			channelType: 'email',
			subject: 'Your order',
			body,
		}),
	},
	{
		name: 'aelyst_whatsapp',
		vendor: 'aelyst',
		credential: 'aelystApi',
		to: '+60 12-123 3112',
		recipient: '+60121233112',
		nobody: 'tomorrow',
		complaint: { field: 'Phone Number', cure: numberCure },
		parameters: (phone, text) => ({
			...sendMessage,
			contactBy: 'phone',
			phone,
			messageType: 'text',
			sendThrough: 'channel',
			channelId: byId('551174'),
			text,
		}),
	},
	{
		name: 'votel_sms',
		vendor: 'votel',
		credential: 'votelApi',
		to: '+1 (415) 555-0123',
		recipient: '+14155550123',
		nobody: 'tomorrow',
		complaint: { field: 'Phone Number', cure: numberCure },
		parameters: (recipient, text) => ({
			...sendMessage,
			sendAs: 'sms',
			channelId: { __rl: true, mode: 'list', value: '' },
			recipient,
			text,
		}),
	},
];

/** How the editor writes a parameter that the model fills in. */
const fromAI = (key: string, description: string) =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`${description}\`, 'string') }}`;

type Node = Workflow['nodes'][number];

/** Builds nodes with credentials that open the vendors' accounts in the sandbox. */
export class SendingNodes {
	private constructor(private readonly credentials: Map<string, object>) {}

	static async prepare(client: N8nClient): Promise<SendingNodes> {
		const imported = await client.importCredentials(
			sendingNodes.map(({ credential: type }) => ({
				name: `Agents: ${type}`,
				type,
				data: sandboxCredentialData(type),
			})),
		);
		return new SendingNodes(
			new Map(imported.map(({ id, name, type }) => [type, { [type]: { id, name } }])),
		);
	}

	/** The node in a workflow, its two fields filled by expressions. */
	asNode(node: SendingNode, to = '={{ $json.to }}', text = '={{ $json.text }}'): Node {
		return this.node(node, node.vendor, node.parameters(to, text));
	}

	/** The node as a tool: the model says to whom, and what. */
	asTool(node: SendingNode): Node {
		const parameters = node.parameters(
			fromAI('To', 'Whom the message goes to'),
			fromAI('Text', 'What it says'),
		);
		return this.node(node, `${node.vendor}Tool`, parameters);
	}

	/** The node as the one that asks a person whether an agent may use a tool. */
	asReviewer(node: SendingNode): Node {
		const parameters = {
			...node.parameters(node.to, ''),
			operation: 'sendAndWait',
			message: '=May the agent use {{ $tool.name }}?',
			responseType: 'approval',
			approvalOptions: {
				values: { approvalType: 'double', approveLabel: 'Yes, do', disapproveLabel: 'No, do not' },
			},
		};
		return {
			...this.node(node, `${node.vendor}HitlTool`, parameters),
			...{ id: `review-${node.vendor}`, name: 'Reviewer', webhookId: `review-${node.vendor}` },
		};
	}

	private node({ name, credential }: SendingNode, type: string, parameters: IDataObject): Node {
		return {
			id: name,
			name,
			type: `${PACKAGE.name}.${type}`,
			typeVersion: 1,
			position: [0, 0],
			parameters,
			credentials: this.credentials.get(credential),
		};
	}
}
