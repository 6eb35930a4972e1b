import { table } from './result.mjs';

/**
 * The vendors' accounts in the sandbox: where they are, and what opens them.
 *
 * @param {import('../sandbox.mjs').SandboxVendor[]} vendors
 * @returns {string} a table
 */
export const accountsIn = (vendors) =>
	table(
		vendors.map(({ name, baseUrl, credentials }) => ({
			vendor: name,
			'Base URL': baseUrl,
			keys: Object.entries(credentials)
				.map(([key, value]) => `${key} ${value}`)
				.join(', '),
		})),
	);
