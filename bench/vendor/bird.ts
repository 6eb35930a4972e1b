import { randomUUID } from 'node:crypto';

import type { Answer, Call } from './vendor';

interface BirdMessage {
	receiver: { contacts: Array<{ identifierValue: string }> };
	body?: object;
	template?: object;
}

/** Bird's paths as docs.bird.com has them: sending, sending in batches, webhook subscriptions. */
export function bird({ method, path, body, ledger, subscriptions }: Call): Answer | undefined {
	const send = /^\/workspaces\/[^/]+\/channels\/([^/]+)\/(batch\/)?messages$/.exec(path);
	if (send && method === 'POST') {
		if (!send[2]) return { status: 202, body: accept(body as BirdMessage, send[1]) };
		const { messageRequests } = body as { messageRequests: BirdMessage[] };
		for (const message of messageRequests) accept(message, send[1]);
		return { status: 202, body: { batchId: randomUUID() } };
	}
	const hook = /^\/workspaces\/[^/]+\/webhook-subscriptions(?:\/([^/]+))?$/.exec(path);
	if (!hook) return undefined;
	if (method === 'POST') {
		const subscription = { ...(body as { url: string }), id: randomUUID(), status: 'active' };
		subscriptions.set(subscription.id, subscription);
		return { status: 201, body: subscription };
	}
	if (method === 'DELETE') {
		subscriptions.delete(hook[1]);
		return { status: 204 };
	}
	return hook[1]
		? { status: 200, body: subscriptions.get(hook[1]) }
		: { status: 200, body: { results: [...subscriptions.values()] } };

	function accept({ receiver, body: content, template }: BirdMessage, channelId: string): object {
		for (const { identifierValue } of receiver.contacts) ledger.accept(identifierValue);
		const now = new Date().toISOString();
		return {
			id: randomUUID(),
			channelId,
			platformId: 'sms-messagebird',
			sender: { connector: { id: channelId, identifierValue: '+14155550100' } },
			receiver,
			...(content && { body: content }),
			...(template && { template }),
			reference: '',
			parts: [],
			status: 'accepted',
			reason: '',
			details: '',
			failure: null,
			direction: 'outgoing',
			tags: [],
			batchId: null,
			chargeableUnits: 1,
			lastStatusAt: now,
			createdAt: now,
			updatedAt: now,
		};
	}
}
