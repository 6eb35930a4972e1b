import { withoutBlanks } from '../../input/blank';
import { requireNumber } from '../../input/number';
import { optionalText } from '../../input/text';
import type { BodyType } from './bodyType';

const DEGREES = 'Give degrees with a decimal point, such as 48.2082, without letters.';

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
				latitude: requireNumber('Latitude', draft.latitude, { min: -90, max: 90 }, DEGREES),
				longitude: requireNumber('Longitude', draft.longitude, { min: -180, max: 180 }, DEGREES),
			},
			location: withoutBlanks({
				address: optionalText('Address', draft.address),
				label: optionalText('Label', draft.label),
			}),
		}),
};
