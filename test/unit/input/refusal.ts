import { InvalidInput } from '../../../nodes/input/invalidInput';

/** What people read when something is refused. Anything but a refusal fails the test. */
export function refusal(attempt: () => unknown): { message: string; cure: string } {
	let result: unknown;
	try {
		result = attempt();
	} catch (error) {
		if (!(error instanceof InvalidInput)) throw error;
		return { message: error.message, cure: error.cure };
	}
	throw new Error(`It was not refused but became ${JSON.stringify(result)}`);
}
