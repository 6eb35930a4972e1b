import type { Answer, Identity } from '../../core/vendor';
import { fail, failV1, isV1 } from './answers';
import { keys, organizationId, profileIds, senderId } from './demo';
import type { SentCall } from './state';

export interface Caller extends Identity {
	/** Whose messages and webhooks these are: the organization or one of its profiles. */
	customerId: string;
	isProfileKey: boolean;
}

const failuresUntilLocked = 10;
const lockedMs = 15 * 60_000;

const closed: Record<string, [code: string, message: string]> = {
	[keys.pending]: ['AUTH_005', 'The account is waiting for its activation'],
	[keys.kyc]: ['AUTH_006', 'Identity verification is not complete'],
	[keys.noChannel]: ['AUTH_007', 'No messaging channel is configured'],
	[keys.suspended]: ['BUSINESS_014', 'The account is suspended'],
};
const open = new Set<string>([keys.organization, keys.profile, keys.viewer]);
const profiles = new Set<string>(Object.values(profileIds));
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function authenticate(call: SentCall): Caller | Answer {
	const key = header(call, 'x-api-key');
	if (!key) return unauthorized(call, 'AUTH_001', 'Header x-api-key not found');
	const failures = call.state.authFailures.get(key) ?? { count: 0, lockedUntil: 0 };
	if (failures.lockedUntil > call.receivedAt) return locked(call, failures.lockedUntil);

	const problem = keyProblem(call, key);
	if (problem) {
		failures.count++;
		if (failures.count >= failuresUntilLocked) {
			failures.lockedUntil = call.receivedAt + lockedMs;
			failures.count = 0;
		}
		call.state.authFailures.set(key, failures);
		return problem;
	}
	call.state.authFailures.delete(key);
	const refusal = closed[key];
	if (refusal) return isV1(call) ? failV1(403, 'Forbidden', refusal[1]) : fail(...refusal);
	if (key === keys.viewer && call.method !== 'GET') {
		return fail('AUTH_004', 'Your role does not permit this operation');
	}
	return actFor(call, key);
}

function keyProblem(call: SentCall, key: string): Answer | undefined {
	if (!open.has(key) && !(key in closed)) {
		return unauthorized(call, 'AUTH_002', 'Invalid API key');
	}
	if (!isV1(call)) return undefined;
	const sender = header(call, 'x-sender-id');
	if (!sender) return unauthorized(call, 'AUTH_001', 'Header x-sender-id not found');
	if (!uuid.test(sender)) return failV1(400, 'Bad Request', 'x-sender-id is not a GUID');
	if (sender !== senderId) return unauthorized(call, 'AUTH_002', 'Invalid x-sender-id');
	return undefined;
}

function actFor(call: SentCall, key: string): Caller | Answer {
	const isProfileKey = key === keys.profile;
	const customerId = isProfileKey ? profileIds.retail : organizationId;
	const caller = { account: customerId, customerId, isProfileKey };
	const profile = header(call, 'x-profile-id');
	// What is no id at all is told by the contract, with the other mistakes of the request.
	if (isV1(call) || profile === undefined || !uuid.test(profile)) return caller;
	if (isProfileKey) return fail('AUTH_004', 'Only organization keys may use x-profile-id');
	if (!profiles.has(profile)) return fail('RESOURCE_004', 'Profile not found');
	return { ...caller, customerId: profile };
}

function unauthorized(call: SentCall, code: string, message: string): Answer {
	return isV1(call) ? failV1(401, 'Unauthorized', message) : fail(code, message);
}

function locked(call: SentCall, until: number): Answer {
	const answer = fail('BUSINESS_002', 'Too many failed attempts; the key is locked');
	const seconds = Math.ceil((until - call.receivedAt) / 1000);
	return { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } };
}

function header({ headers }: SentCall, name: string): string | undefined {
	const value = headers[name];
	return Array.isArray(value) ? value[0] : value;
}

export const callerOf = (call: SentCall): Caller => call.identity as Caller;
