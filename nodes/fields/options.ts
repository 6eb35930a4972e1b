import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { defaultCountryOption } from './country';
import { onceOptions } from './once';
import { suppressionListOption } from './suppressionList';
import { DEFAULT_MAX_IN_FLIGHT, DEFAULT_MAX_WAIT_SECONDS } from '../message/deliveryDefaults';

/** Options in the order of their names, as n8n's UX rules want lists. */
export function sorted<T extends INodeProperties | INodePropertyOptions>(options: T[]): T[] {
	const label = (option: T) => ('displayName' in option ? option.displayName : option.name);
	return [...options].sort((a, b) => label(a).localeCompare(label(b)));
}

/** A vendor's word as the name of an option: `delivery_failed` → `Delivery Failed`. */
export function titled(word: string): string {
	const [first, ...rest] = word.split(/[-_ ]+/);
	const capital = (part: string) => part.charAt(0).toUpperCase() + part.slice(1);
	return [capital(first), ...rest.map((part) => (part === 'as' ? part : capital(part)))].join(' ');
}

/** The Options collection of an operation: its own, and those of delivery. */
export function optionsField(
	own: INodeProperties[],
	/** What counts when nothing is set, in words: for the hint beside Requests per Second. */
	documentedLimit: string,
): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: sorted([...own, ...deliveryOptions(documentedLimit)]),
	};
}

/** The Options collection of an operation that sends. */
export function sendOptionsField(own: INodeProperties[], documentedLimit: string): INodeProperties {
	return optionsField(
		[...own, ...onceOptions, defaultCountryOption, suppressionListOption, timeoutOption],
		documentedLimit,
	);
}

/** How long an answer may take, for operations that send. */
export const timeoutOption: INodeProperties = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 300,
	description:
		'How many seconds to wait for an answer. After that it is unknown whether the message was accepted.',
};

function deliveryOptions(documentedLimit: string): INodeProperties[] {
	return [
		{
			displayName: 'Max in Flight',
			name: 'maxInFlight',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: DEFAULT_MAX_IN_FLIGHT,
			description:
				'How many requests may wait for an answer at the same time, counted over all executions that use the account',
		},
		{
			displayName: 'Max Wait',
			name: 'maxWait',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: DEFAULT_MAX_WAIT_SECONDS,
			description:
				'How many seconds a request waits in all once the vendor has asked it to, before it is given up as not sent',
		},
		{
			displayName: 'On Rate Limit',
			name: 'onRateLimit',
			type: 'options',
			options: [
				{
					name: 'Fail',
					value: 'fail',
					description: 'Report the request at once as not sent',
				},
				{
					name: 'Wait',
					value: 'wait',
					description: 'Wait as long as the vendor asks, then send it again',
				},
			],
			default: 'wait',
			description: 'What to do when the vendor says that there are too many requests',
		},
		{
			displayName: 'Requests per Second',
			name: 'requestsPerSecond',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 2 },
			default: 10,
			description: `How many requests may leave per second, counted over all executions that use the account. Leave it out to use ${documentedLimit}.`,
		},
	];
}

/** The Idempotency Key option, for vendors that honour one. */
export function idempotencyKeyOption(rule: string): INodeProperties {
	return {
		displayName: 'Idempotency Key',
		name: 'idempotencyKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. order-1042-shipped',
		description: `A key of your own by which the vendor recognises a message it has already taken, also when you run the workflow again. Leave it out to use one per execution and item. ${rule}`,
	};
}

/** The Simplify switch: on gives the shared result, off the vendor's answer untouched. */
export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description:
		'Whether to return the result that reads the same for every vendor instead of the raw answer',
};

/** Return All and Limit, as n8n's lists have them. */
export function returnAllFields(): INodeProperties[] {
	return [
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			description: 'Whether to return all results or only up to a given limit',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			description: 'Max number of results to return',
			displayOptions: { show: { returnAll: [false] } },
		},
	];
}
