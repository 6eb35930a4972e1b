import type { VendorAnswer, VendorApi } from '../delivery/http/vendorApi';
import { sentApi } from './api';

const NOT_FOUND = 404;
/** Sent's code for a message that is not in the state that the request needs. */
const WRONG_STATE = 'BUSINESS_006';

/** What Sent's code for a message in the wrong state means for one operation. */
interface Advice {
	/** As the list of operations names it. */
	operation: string;
	wrongState: string;
}

/**
 * Sent's API for what stands in its newest SDKs only (Ruby, Python, Java, PHP), and not in the one of
 * npm (0.32): an account that lacks it answers as if the message did not exist.
 */
export function newestApi({ operation, wrongState }: Advice): VendorApi {
	const missing = `Look for the message with Get Message. If it is there, this account lacks ${operation}, which is new in Sent's API: ask Sent for it.`;
	return {
		...sentApi,
		readComplaint(answer: VendorAnswer) {
			const complaint = sentApi.readComplaint(answer);
			if (answer.statusCode === NOT_FOUND) return { ...complaint, advice: missing };
			return complaint.code === WRONG_STATE ? { ...complaint, advice: wrongState } : complaint;
		},
		howToCheck: 'Check with Get Message before you send it again.',
	};
}

/** Whether an answer of v3 says that the request was processed, whatever else it says. */
export function isDone({ body }: VendorAnswer): boolean {
	return (body as { success?: unknown } | undefined)?.success === true;
}
