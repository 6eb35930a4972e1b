import { NodeBench } from '../support/node-bench';

export { byId, list } from '../support/node-bench';

/** The ids of the vendor's examples, which the sandbox knows. */
export const ALEX = 'ph77c0dy0mgdpzmqz6tesry8w184002s';
export const ALEX_WHATSAPP = 'hg77c0dy0mgdpzmqz6tesry8w184002s';
export const SEASIDE = 'j57demo8f8x7c9v0n2q4r6t8y1u3i5o';
export const MOUNTAIN = 'j57mountain0x7c9v0n2q4r6t8y1u3i5';
export const REMINDER = 'HXaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';

export interface Contact {
	id: string;
	workspace_id: string;
	channels: Array<{ id: string; type: string; value: string }>;
}

export class ConduitBench extends NodeBench {
	constructor() {
		super('conduit', 'conduitAiApi', 'apiToken');
	}

	/** Asks the vendor directly, past the node. */
	async ask<T>(path: string): Promise<T> {
		const answer = await fetch(`${this.vendor.baseUrl}${path}`, {
			headers: { authorization: `Bearer ${this.known.apiToken}` },
		});
		return ((await answer.json()) as { data: T }).data;
	}

	/** A contact by name, with its channels. */
	async contact(name: string, workspace = SEASIDE): Promise<Contact> {
		const query = new URLSearchParams({ workspace_id: workspace, query: name, field: 'name' });
		const [{ id }] = await this.ask<Contact[]>(`/v1/contacts/search?${query}`);
		return await this.ask<Contact>(`/v1/contacts/${id}`);
	}
}
