import { InvalidInput } from '../../input/invalidInput';
import { isBlank, withoutBlanks } from '../../input/blank';
import { optionalText } from '../optionalText';
import type { BodyType } from './bodyType';

export const location: BodyType = {
	value: 'location',
	name: 'Location',
	description: 'A place on the map',
	fields: [
		{
			displayName: 'Latitude',
			name: 'latitude',
			type: 'number',
			typeOptions: { minValue: -90, maxValue: 90, numberPrecision: 7 },
			default: 0,
			required: true,
			placeholder: 'e.g. 52.3402',
		},
		{
			displayName: 'Longitude',
			name: 'longitude',
			type: 'number',
			typeOptions: { minValue: -180, maxValue: 180, numberPrecision: 7 },
			default: 0,
			required: true,
			placeholder: 'e.g. 4.9041',
		},
		{
			displayName: 'Label',
			name: 'label',
			type: 'string',
			default: '',
			placeholder: 'e.g. Our shop',
		},
		{
			displayName: 'Address',
			name: 'address',
			type: 'string',
			default: '',
			placeholder: 'e.g. Damrak 1, Amsterdam',
		},
	],
	build: (draft) =>
		withoutBlanks({
			coordinates: {
				latitude: degrees('Latitude', draft.latitude, 90),
				longitude: degrees('Longitude', draft.longitude, 180),
			},
			location: withoutBlanks({
				address: optionalText('Address', draft.address),
				label: optionalText('Label', draft.label),
			}),
		}),
};

function degrees(field: string, value: unknown, most: number): number {
	const number = isBlank(value) ? NaN : Number(value);
	if (Math.abs(number) <= most) return number;
	throw new InvalidInput(
		field,
		`"${String(value)}" is not between -${most} and ${most}`,
		'Enter degrees as a decimal number, such as 52.34.',
	);
}
