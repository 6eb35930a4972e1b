/** Dates and time zones. Bundled at build: an installed package has no dependencies. */
export { DateTime, IANAZone } from 'luxon';
