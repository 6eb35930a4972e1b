import fc from 'fast-check';
import type { IDataObject, INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { oddField } from './odd';

/** Who gets it and how many, which the checks have to know, and how long to wait. */
const NOT_VARIED =
	/^(resource|operation|requestOptions|output|.*(recipient|contact|lead|phone|email|identifier|sendTo|sendAs|apiVersion|messageId).*|maxInFlight|maxWait|requestsPerSecond|timeout|onceKey|onceAgain|onceHistory)$/i;

/** A field of an operation, such as `text` or `options.reference`, with something odd in it. */
export interface OddField {
	path: string;
	value: unknown;
}

/** Odd values for the fields that an operation shows. */
export function oddFields(
	{ properties }: INodeTypeDescription,
	operation: string,
): fc.Arbitrary<OddField[]> {
	const isShown = ({ displayOptions }: INodeProperties) =>
		displayOptions?.show?.operation === undefined ||
		displayOptions.show.operation.includes(operation);
	const fields = properties.filter(isShown).filter(({ type }) => type !== 'notice');
	const paths = fields.flatMap((field) =>
		field.type === 'collection'
			? (field.options as INodeProperties[]).map(({ name }) => [field.name, name])
			: [[field.name]],
	);
	const varied = paths.filter((path) => !path.some((name) => NOT_VARIED.test(name)));
	const names = [...new Set(varied.map((path) => path.join('.')))];
	return fc.oneof(
		{ weight: 1, arbitrary: fc.constant<OddField[]>([]) },
		{
			weight: 2,
			arbitrary: fc.array(fc.record({ path: fc.constantFrom(...names), value: oddField }), {
				minLength: 1,
				maxLength: 3,
			}),
		},
	);
}

/** Parameters with the odd values in their places. */
export function withOdd(parameters: IDataObject, odd: OddField[]): IDataObject {
	const changed = structuredClone(parameters);
	for (const { path, value } of odd) {
		const [name, inner] = path.split('.');
		if (inner === undefined) changed[name] = value as IDataObject;
		else changed[name] = { ...(changed[name] as IDataObject), [inner]: value as IDataObject };
	}
	return changed;
}
