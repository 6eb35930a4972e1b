import type { IDataObject, INodeProperties } from 'n8n-workflow';

/** The option by which the user decides how old a delivery may be. */
export function maxAgeOption(defaultSeconds: number, why: string): INodeProperties {
	return {
		displayName: 'Max Age',
		name: 'maxAge',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: defaultSeconds,
		description: `How many seconds the time of a delivery may be away from now. Older ones are refused, because somebody may be repeating what was recorded. ${why} Enter 0 to take any age.`,
	};
}

const DECIMAL = /^\s*\d+(\.\d+)?\s*$/;

/**
 * @returns seconds; the vendor's default for what is no number from 0. What an expression gives by
 *   mistake, such as null, must not be taken for 0, which lets in any age.
 */
export function maxAgeOf({ maxAge }: IDataObject, defaultSeconds: number): number {
	const isNumber =
		typeof maxAge === 'number' || (typeof maxAge === 'string' && DECIMAL.test(maxAge));
	const seconds = isNumber ? Number(maxAge) : Number.NaN;
	return Number.isFinite(seconds) && seconds >= 0 ? seconds : defaultSeconds;
}
