import { InvalidInput } from '../message/invalidInput';
import { toList } from '../message/requireInput';
import type { ReadParameter } from './webhookVendor';

/** @throws InvalidInput when no event is chosen, for nothing could start the workflow then */
export function requireEvents(parameter: ReadParameter): void {
	if (toList(parameter('events')).length > 0) return;
	throw new InvalidInput(
		'Events',
		'is empty, so nothing would start the workflow',
		'Choose at least one event.',
	);
}
