import { readWait } from '../../../nodes/delivery/run/follow/wait';
import { nodes } from '../nodes';

describe('the options about waiting', () => {
	it.each([
		[{}, undefined],
		[{ waitForDelivery: 0 }, undefined],
		[{ waitForDelivery: '' }, undefined],
		[{ waitForDelivery: null, onNotDelivered: 'fail' }, undefined],
		[{ waitForDelivery: 60 }, { ms: 60_000, fails: false }],
		[{ waitForDelivery: ' 0.5 ' }, { ms: 500, fails: false }],
		[
			{ waitForDelivery: '90', onNotDelivered: ' Fail ' },
			{ ms: 90_000, fails: true },
		],
		[
			{ waitForDelivery: 3600, onNotDelivered: 'continue' },
			{ ms: 3_600_000, fails: false },
		],
	])('%j', (options, wait) => expect(readWait(options)).toEqual(wait));

	it.each([
		[{ waitForDelivery: -1 }, 'Wait for Delivery "-1" is not a number from 0 to 3600'],
		[{ waitForDelivery: 3601 }, 'Wait for Delivery "3601" is not'],
		[{ waitForDelivery: 'a minute' }, 'Wait for Delivery "a minute" is not'],
		[{ waitForDelivery: true }, 'Wait for Delivery'],
		[{ onNotDelivered: 'panic' }, 'On Not Delivered "panic" is none of the choices'],
	])('refuses %j', (options, says) => expect(() => readWait(options)).toThrow(says));
});

/** The names of the options that an operation of a node has. */
function optionsOf({ description }: (typeof nodes)[number], operation: string): string[] {
	return description.properties
		.filter(
			({ name, displayOptions }) =>
				name === 'options' && displayOptions?.show?.operation?.includes(operation),
		)
		.flatMap(({ options = [] }) => options.map(({ name }) => name));
}

const operationsOf = ({ description }: (typeof nodes)[number]) =>
	description.properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options = [] }) =>
			options.map((option) => ('value' in option ? String(option.value) : '')),
		);

describe.each(nodes.filter((node) => operationsOf(node).length > 0))(
	'$description.name',
	(node) => {
		const operations = operationsOf(node);

		it.each(operations)(
			'waits in %s exactly where it sends one message that can be read back',
			(one) => {
				const waits = operations.includes('get') && ['send', 'sendTemplate'].includes(one);
				const has = optionsOf(node, one);
				expect(has.includes('waitForDelivery')).toBe(waits);
				expect(has.includes('onNotDelivered')).toBe(waits);
			},
		);
	},
);
