import { InvalidInput } from '../input/invalidInput';
import { parsedUrl } from '../input/url';

/** What a vendor needs of an address that it shall deliver to. */
export interface AddressRule {
	/** As the end of the sentence "Bird needs …". */
	readonly needs: string;
	fits(url: string): boolean;
}

/** For vendors that have no rule of their own: an address of this machine is reached by nobody. */
export const reachableAddress: AddressRule = {
	needs: 'an address that it can reach from the internet',
	fits(url) {
		const hostname = parsedUrl(url)?.hostname;
		return hostname !== undefined && !isPrivateHost(hostname);
	},
};

/**
 * Whether a vendor's API is on the internet, so that its rule counts. A sandbox or a proxy of one's
 * own may take more.
 */
export function isOnTheInternet(baseUrl: unknown): boolean {
	const url = parsedUrl(String(baseUrl).trim());
	return url?.protocol === 'https:' && !isPrivateHost(url.hostname);
}

/** n8n's own address is not what the vendor needs, in words that say what to do. */
export function unfitAddress(vendorName: string, rule: AddressRule, url: string): InvalidInput {
	const origin = parsedUrl(url)?.origin ?? url;
	return new InvalidInput(
		"n8n's address",
		`is ${origin}; ${vendorName} needs ${rule.needs}. Set WEBHOOK_URL.`,
		'Set the environment variable WEBHOOK_URL of n8n to its public https address and restart n8n. During development use the address of a tunnel.',
	);
}

/** Names without a dot, and the ranges of addresses that stand for one's own machine or network. */
function isPrivateHost(hostname: string): boolean {
	const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
	if (host.includes(':')) return /^(::1?$|f[cd]|fe[89ab]|::ffff:)/.test(host);
	if (!host.includes('.')) return true;
	if (/^\d+(\.\d+){3}$/.test(host)) {
		return /^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(host);
	}
	return /\.(localhost|local|internal|lan|home|test|invalid)$/.test(host);
}
