import type { N8nClient } from '../../scripts/n8n/client.mjs';

export const WORKSPACE = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
export const CHANNEL = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';
export const TEMPLATE = '6ba7b812-9dad-11d1-80b4-00c04fd430c8';

type Stored = Record<string, { id: string; name: string }>;

/** The credentials that the flows use, each a node's `credentials`. */
export interface Accounts {
	bird: Stored;
	sent: Stored;
	/** The same key as Bird's, for the HTTP Request node. */
	header: Stored;
}

export async function createAccounts(n8n: N8nClient, vendorUrl: string): Promise<Accounts> {
	const create = async (type: string, data: Record<string, unknown>) => {
		const [{ id, name }] = await n8n.importCredentials([{ name: type, type, data }]);
		return { [type]: { id, name } };
	};
	return {
		bird: await create('birdChannelsApi', {
			accessKey: 'bench',
			workspaceId: WORKSPACE,
			baseUrl: vendorUrl,
		}),
		sent: await create('sentDmApi', { apiKey: 'bench', baseUrl: vendorUrl }),
		header: await create('httpHeaderAuth', { name: 'Authorization', value: 'AccessKey bench' }),
	};
}
