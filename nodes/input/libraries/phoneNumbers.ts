/** Google's numbering plans. Bundled at build: an installed package has no dependencies. */
export {
	getCountries,
	getCountryCallingCode,
	isSupportedCountry,
	type CountryCode,
	parsePhoneNumberWithError,
	ParseError,
	type PhoneNumber,
} from 'libphonenumber-js/min';
