import type { IDataObject } from 'n8n-workflow';

import { isBlank } from '../../input/blank';
import { optionsOf } from '../../input/draft';
import { InvalidInput } from '../../input/invalidInput';
import { requireWhole } from '../../input/number';
import { withoutInvisible } from '../../input/shown';
import { requireText } from '../../input/text';
import { DEFAULT_ONCE_HISTORY } from '../../message/deliveryDefaults';
import type { Host } from '../run/host';
import type { Once } from './once';

const FIELD = 'Send Once Key';

/** What an expression leaves in a text when the item does not have what it asks for. */
const NOTHING = /\[object \w+\]|\b(undefined|null|NaN)\b/;

/**
 * Reads the options about sending once. A key that is the same for all items by mistake would keep
 * all but one message back, so whatever looks like that is refused.
 *
 * @param hasMergeFields whether [[id]] has been filled in
 * @returns undefined when no key is wanted
 * @throws InvalidInput for what is no key, and where n8n offers no memory
 */
export function readOnce(
	{ parameters, once, isRouted }: Host,
	options: IDataObject,
	hasMergeFields: boolean,
): Once | undefined {
	const history = isBlank(options.onceHistory)
		? DEFAULT_ONCE_HISTORY
		: requireWhole(
				'Remember How Many',
				options.onceHistory,
				{ min: 1 },
				'Leave the option out for 10,000.',
			);
	const again = readSwitch('Send Once Again', options.onceAgain);
	const entered = optionsOf(parameters.parameters).onceKey;
	if (isBlank(entered) && isBlank(options.onceKey)) return undefined;
	const key = readKey(options.onceKey, entered, hasMergeFields);
	if (once?.twin !== undefined) {
		throw new InvalidInput(
			FIELD,
			`cannot be used here: the node "${once.twin}" has the same ID, and n8n keeps one memory for both`,
			'Nothing was sent. Duplicate this node in the editor, which gives the new one an ID of its own, and delete this one.',
		);
	}
	if (once) return { key, again, history, place: once };
	throw isRouted
		? new InvalidInput(
				FIELD,
				'cannot be used here: n8n gives a tool of MCP, and of an AI Agent before version 3, no memory of what was sent',
				'Nothing was sent. Use AI Agent 3 or later, or take the Send Once Key out.',
			)
		: new InvalidInput(
				FIELD,
				'cannot be used yet: n8n remembers nothing for a workflow that was never saved',
				'Nothing was sent. Save the workflow, and run it again.',
			);
}

function readKey(value: unknown, entered: unknown, hasMergeFields: boolean): string {
	const cure = 'Give each message a key of its own, such as order-1042-shipped.';
	if (typeof value === 'boolean') {
		throw new InvalidInput(FIELD, `is ${value}, which is no key`, cure);
	}
	const key = withoutInvisible(requireText(FIELD, value, cure)).trim();
	const text = typeof entered === 'string' ? entered : '';
	const isExpression = text.startsWith('=');
	if (!isExpression && text.includes('{{')) {
		throw new InvalidInput(
			FIELD,
			'holds an expression, and is set to Fixed',
			'Switch the field to Expression.',
		);
	}
	if (!hasMergeFields && text.includes('[[') && !text.includes('{{')) {
		throw new InvalidInput(
			FIELD,
			'holds a merge field, which only Bulk Send fills in',
			'Use an expression, such as order-{{ $json.id }}.',
		);
	}
	if (isExpression && NOTHING.test(key)) {
		throw new InvalidInput(FIELD, `is "${key}": the item does not have all of it`, cure);
	}
	return key;
}

function readSwitch(field: string, value: unknown): boolean {
	if (isBlank(value) || value === false || value === 'false') return false;
	if (value === true || value === 'true') return true;
	throw new InvalidInput(field, 'is neither true nor false', 'Turn it on or off.');
}
