import { InvalidInput } from '../../../nodes/input/invalidInput';

/** What the user is told: the field and the problem, and the cure. */
export function refusal(build: () => unknown): { message: string; cure: string } {
	try {
		build();
	} catch (error) {
		if (error instanceof InvalidInput) return { message: error.message, cure: error.cure };
		throw error;
	}
	throw new Error('It was not refused');
}
