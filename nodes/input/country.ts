import { isBlank } from './blank';
import { InvalidInput } from './invalidInput';
import {
	type CountryCode,
	getCountries,
	getCountryCallingCode,
	isSupportedCountry,
} from './libraries/phoneNumbers';
import { shown, withoutInvisible } from './shown';

/** The label of the option that says in which country local phone numbers are. */
export const DEFAULT_COUNTRY = 'Default Country';

export interface Country {
	/** ISO 3166, two letters. */
	code: CountryCode;
	/** In English. */
	name: string;
	/** Without the +. */
	callingCode: string;
}

/** Every country with phone numbers of its own, by name, for a list to choose from. */
export function countries(): Country[] {
	const names = new Intl.DisplayNames('en', { type: 'region' });
	return getCountries()
		.map((code) => ({
			code,
			name: names.of(code) ?? code,
			callingCode: getCountryCallingCode(code),
		}))
		.sort((one, other) => one.name.localeCompare(other.name, 'en'));
}

/**
 * The country that local phone numbers are meant in.
 *
 * @param value the two letters of ISO 3166 in any case
 * @returns undefined when none was chosen
 * @throws InvalidInput for what is no country code
 */
export function readCountry(value: unknown): CountryCode | undefined {
	if (isBlank(value)) return undefined;
	const code = toCountry(value);
	if (code !== undefined) return code;
	throw new InvalidInput(
		DEFAULT_COUNTRY,
		`${shown(value)} is not a country code`,
		'Enter the two letters of the country, such as US, GB or DE.',
	);
}

/** As readCountry, undefined also for what is no country code. */
export function toCountry(value: unknown): CountryCode | undefined {
	if (typeof value !== 'string') return undefined;
	const code = withoutInvisible(value).trim().toUpperCase();
	return isSupportedCountry(code) ? code : undefined;
}
