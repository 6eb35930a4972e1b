import { setTimeout as pause } from 'node:timers/promises';

import { type Fault, afterFaults } from './faults';
import type { Answer, SandboxVendor } from './vendor';

/** `reset`: the socket is destroyed; `silence`: nothing is answered, ever. */
export type Outcome = Answer | 'reset' | 'silence';

/** Whether the vendor does its work before the fault strikes. */
export const isAfterFault = ({ fault, afterAccept }: Fault): boolean =>
	(afterFaults as readonly string[]).includes(fault) || afterAccept === true;

/** The answer of a fault that strikes in the vendor's place. */
export function faultAnswer({ errors }: SandboxVendor, fault: Fault): Outcome {
	const seconds = fault.retryAfter ?? 1;
	const wait = { 'retry-after': String(seconds) };
	switch (fault.fault) {
		case 'reset-before':
			return 'reset';
		case 'redirect':
			return { status: 302, headers: { location: fault.location ?? '/' } };
		case 'unauthorized':
			return errors.unauthorized();
		case '429':
			return withHeaders(errors.tooManyRequests(), wait);
		case '429-no-retry-after':
			return errors.tooManyRequests();
		case '429-date': {
			const date = new Date(Date.now() + seconds * 1000).toUTCString();
			return withHeaders(errors.tooManyRequests(), { 'retry-after': date });
		}
		case '503-retry-after':
			return withHeaders(errors.failure(503), wait);
		default: {
			const failure = errors.failure(Number(fault.fault));
			return fault.retryAfter === undefined ? failure : withHeaders(failure, wait);
		}
	}
}

/** What becomes of the answer of a vendor that has done its work. */
export async function spoil(vendor: SandboxVendor, fault: Fault, answer: Answer): Promise<Outcome> {
	switch (fault.fault) {
		case 'reset-after':
			return 'reset';
		case 'timeout':
			return 'silence';
		case 'slow':
			await pause(fault.delayMs ?? 1000);
			return answer;
		case 'garbage':
			return {
				...answer,
				body: '<html><body>It works!</body></html>',
				headers: { ...answer.headers, 'content-type': 'text/html' },
			};
		case 'empty':
			return { ...answer, body: undefined };
		default:
			return faultAnswer(vendor, fault);
	}
}

const withHeaders = (answer: Answer, headers: Record<string, string>): Answer => ({
	...answer,
	headers: { ...answer.headers, ...headers },
});
