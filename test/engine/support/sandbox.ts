import { SandboxClient } from '../../../sandbox/client';
import { startSandbox, type SandboxOptions } from '../../../sandbox/server';
import type { CredentialData } from './credentials';

/** What each vendor's credential needs of what the sandbox accepts. */
const ACCESS = {
	bird: { credential: 'birdChannelsApi', fields: ['accessKey', 'workspaceId'] },
	sent: { credential: 'sentDmApi', fields: ['apiKey'] },
	conduit: { credential: 'conduitAiApi', fields: ['apiToken'] },
	aelyst: { credential: 'aelystApi', fields: ['accessToken'] },
	votel: { credential: 'votelApi', fields: ['apiKey'] },
};

export type VendorName = keyof typeof ACCESS;

export interface VendorSandbox {
	/** What the vendor saw, and how it shall behave next. */
	vendor: SandboxClient;
	/** Ready for `engine.run({ credentials })`. */
	credentials: CredentialData;
	/** The sandbox's other keys and ids, such as channels. */
	known: Record<string, string>;
	close(): Promise<void>;
}

/** A sandbox of its own with one vendor in it. */
export async function openSandbox(
	name: VendorName,
	settings: SandboxOptions['settings'] = {},
): Promise<VendorSandbox> {
	const sandbox = await startSandbox({ vendors: [name], settings });
	const [{ baseUrl, credentials: known }] = sandbox.vendors;
	const { credential, fields } = ACCESS[name];
	const access = Object.fromEntries(fields.map((field) => [field, known[field]]));
	return {
		vendor: new SandboxClient(sandbox.url, name),
		credentials: { [credential]: { ...access, baseUrl } },
		known,
		close: async () => await sandbox.close(),
	};
}
