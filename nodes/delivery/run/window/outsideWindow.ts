import { requireChoice } from '../../../input/choice';
import type { Draft } from '../../../input/draft';

const WAYS = ['fail', 'skip', 'template'] as const;

/** What is to become of a message outside of the vendor's window. @throws InvalidInput for anything else */
export function readOutsideWindow({ outsideWindow = 'fail' }: Draft): (typeof WAYS)[number] {
	return requireChoice('Outside 24-Hour Window', outsideWindow, WAYS);
}
