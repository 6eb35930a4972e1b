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

/** @returns seconds; the vendor's default for what is no number from 0 */
export function maxAgeOf({ maxAge }: IDataObject, defaultSeconds: number): number {
	const seconds = maxAge === undefined || maxAge === '' ? defaultSeconds : Number(maxAge);
	return seconds >= 0 ? seconds : defaultSeconds;
}
