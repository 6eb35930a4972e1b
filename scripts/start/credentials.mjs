/** @type {Record<string, string>} credential type of each vendor in the sandbox */
const TYPES = {
	bird: 'birdChannelsApi',
	sent: 'sentDmApi',
	conduit: 'conduitAiApi',
	aelyst: 'aelystApi',
	votel: 'votelApi',
};

/**
 * The data of a credential that opens the vendor's account in the sandbox.
 *
 * @param {import('../sandbox.mjs').SandboxVendor[]} vendors
 * @param {string} type
 */
export function sandboxCredential(vendors, type) {
	const vendor = vendors.find(({ name }) => TYPES[name] === type);
	if (!vendor) throw new Error(`The sandbox has no account for a credential of type ${type}.`);
	return { ...vendor.credentials, baseUrl: vendor.baseUrl };
}
