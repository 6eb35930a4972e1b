/** A parser of RFC 5322. Bundled at build: an installed package has no dependencies. */
import parse from 'email-addresses';

export { parse };
