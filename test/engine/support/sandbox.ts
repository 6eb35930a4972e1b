import { SandboxClient } from '../../../sandbox/client';
import { startSandbox, type SandboxOptions } from '../../../sandbox/server';
import type { CredentialData } from './credentials';

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
	name: string,
	settings: SandboxOptions['settings'] = {},
): Promise<VendorSandbox> {
	const sandbox = await startSandbox({ vendors: [name], settings });
	const [{ baseUrl, credentials: known, access }] = sandbox.vendors;
	const fields = Object.fromEntries(access.fields.map((field) => [field, known[field]]));
	return {
		vendor: new SandboxClient(sandbox.url, name),
		credentials: { [access.credentialType]: { ...fields, baseUrl } },
		known,
		close: async () => await sandbox.close(),
	};
}
