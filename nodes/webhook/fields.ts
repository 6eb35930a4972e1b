import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { InvalidInput } from '../input/invalidInput';
import { toList } from '../input/list';
import type { ReadParameter } from './webhookVendor';

/**
 * Not "Events": of a field with that name the node panel makes a list of triggers for the whole
 * node, which would be one vendor's.
 */
const EVENT_TYPES = 'Event Types';

/** The field in which to choose of a vendor's events. */
export function eventTypesField(
	options: INodePropertyOptions[],
	chosenAtFirst: string[],
): INodeProperties {
	return {
		displayName: EVENT_TYPES,
		name: 'events',
		type: 'multiOptions',
		options,
		default: [...chosenAtFirst],
		required: true,
		description:
			'The events that start the workflow. A message that says nothing but STOP, or the like, comes as message.opt_out.',
	};
}

/** @throws InvalidInput when no event is chosen, for nothing could start the workflow then */
export function requireEvents(parameter: ReadParameter): void {
	if (toList(parameter('events')).length > 0) return;
	throw new InvalidInput(
		EVENT_TYPES,
		'is empty, so nothing would start the workflow',
		'Choose at least one event.',
	);
}
