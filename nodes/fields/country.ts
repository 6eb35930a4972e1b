import type { ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';

import { countries, DEFAULT_COUNTRY } from '../input/country';
import { matching } from './chosen';
import { picker } from './picker';

/** Which country phone numbers without a country code are meant in. */
export const defaultCountryOption: INodeProperties = picker({
	displayName: DEFAULT_COUNTRY,
	name: 'defaultCountry',
	description:
		'The country of phone numbers that have no country code, such as 07700 900123. Without it they are refused, because guessing would reach strangers.',
	searchMethod: 'searchCountries',
	idName: 'By Code',
	idPlaceholder: 'e.g. GB',
	required: false,
});

/** The countries by name, code or calling code, for the list beside Default Country. */
export async function searchCountries(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const items = countries().map(({ code, name, callingCode }) => ({
		name: `${name} (${code}, +${callingCode})`,
		value: code as string,
	}));
	return await Promise.resolve({ results: matching(filter, items) });
}
