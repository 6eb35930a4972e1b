/**
 * The data of a credential that opens the vendor's account in the sandbox.
 *
 * @param {import('../sandbox.mjs').SandboxVendor[]} vendors
 * @param {string} type
 */
export function sandboxCredential(vendors, type) {
	const vendor = vendors.find(({ access }) => access.credentialType === type);
	if (!vendor) throw new Error(`The sandbox has no account for a credential of type ${type}.`);
	return { ...vendor.credentials, baseUrl: vendor.baseUrl };
}
