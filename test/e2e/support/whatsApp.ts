import type { INode } from 'n8n-workflow';

import { until } from '../../../scripts/run/until.mjs';
import { Flow } from '../agents/flow';
import { type Impostor, startImpostor } from './impostor';
import type { Workflow } from './n8n';

/** As much of WhatsApp as n8n's own node needs to ask. */
export class WhatsApp {
	private readonly asked: string[] = [];

	private impostor!: Impostor;

	/** @param folder for its files */
	static async start(folder: string): Promise<WhatsApp> {
		const whatsApp = new WhatsApp();
		whatsApp.impostor = await startImpostor(
			'graph.facebook.com',
			(request, response) => {
				const chunks: Buffer[] = [];
				request.on('data', (chunk: Buffer) => chunks.push(chunk));
				request.on('end', () => {
					whatsApp.asked.push(Buffer.concat(chunks).toString());
					response.setHeader('content-type', 'application/json');
					response.end('{"messaging_product":"whatsapp","messages":[{"id":"wamid.1"}]}');
				});
			},
			folder,
		);
		return whatsApp;
	}

	/** What an n8n needs to meet it. */
	get env(): NodeJS.ProcessEnv {
		return this.impostor.env;
	}

	/** A flow in which n8n's own node asks for a yes or a no. */
	static question(credentials: INode['credentials']): Workflow {
		const node = {
			...{ id: 'ask', name: 'Ask', type: 'n8n-nodes-base.whatsApp', typeVersion: 1.1 },
			position: [0, 0] as [number, number],
			parameters: {
				...{ resource: 'message', operation: 'sendAndWait', message: 'May I?' },
				...{ phoneNumberId: '1', recipientPhoneNumber: '+447700900101' },
				...{ responseType: 'approval', approvalOptions: { values: { approvalType: 'double' } } },
			},
			credentials,
			webhookId: 'asks-by-whats-app',
		};
		return new Flow('Ask by WhatsApp')
			.add('Start', 'n8n-nodes-base.manualTrigger', 1)
			.put(node)
			.chain('Start', 'Ask').workflow;
	}

	/** The link that n8n's node has sent for a yes. */
	async linkToApprove(): Promise<string> {
		return await until(
			async () =>
				await Promise.resolve(
					this.asked
						.flatMap((body) => body.match(/https?:\/\/[^\s"\\_]*webhook-waiting[^\s"\\_]*/g) ?? [])
						.find((link) => link.includes('approved=true')),
				),
			{ what: 'WhatsApp is sent the question', timeoutMs: 20_000 },
		);
	}

	async stop(): Promise<void> {
		await this.impostor.stop();
	}
}
