import fc from 'fast-check';
import { requireBaseUrl } from '../../../nodes/input/baseUrl';
import { anything, attempt } from './anything';
import { refusal } from './refusal';

describe('a Base URL', () => {
	it.each([
		['as it is', 'https://api.example.com', 'https://api.example.com'],
		['with a slash at its end', 'https://api.example.com/api/', 'https://api.example.com/api'],
		['with many', 'https://api.example.com/api///', 'https://api.example.com/api'],
		['with nothing but a slash', 'http://127.0.0.1:4010/', 'http://127.0.0.1:4010'],
		['in capitals', 'HTTPS://API.Example.com/Api', 'https://api.example.com/Api'],
		['with the usual port', 'https://api.example.com:443/v1', 'https://api.example.com/v1'],
		['with a port', 'http://localhost:4010/bird/', 'http://localhost:4010/bird'],
		['with blanks around', ' https://api.example.com/v1\n', 'https://api.example.com/v1'],
		[
			'with what a chat brings along',
			'\u200bhttps://api.\u00adexample.com/v1\u202c\ufeff',
			'https://api.example.com/v1',
		],
		['of an address', 'http://[::1]:4010', 'http://[::1]:4010'],
		['with dots in its path', 'https://api.example.com/a/../v1/.', 'https://api.example.com/v1'],
		['with letters of its own', 'https://bücher.example', 'https://xn--bcher-kva.example'],
	])('%s', (_what, entered, expected) => {
		expect(requireBaseUrl(entered)).toBe(expected);
	});

	it.each([
		['nothing', undefined, 'is empty', 'Enter an address'],
		['blanks', ' \u200b', 'is empty', 'Enter an address'],
		['no protocol', 'api.example.com', 'does not start with https://', 'Enter an address'],
		['another protocol', 'ftp://api.example.com', 'does not start with', 'Enter an address'],
		['a script', 'javascript:alert(1)', 'does not start with', 'Enter an address'],
		['one slash', 'https:/api.example.com', 'does not start with', 'Enter an address'],
		['no host', 'https:///v1', 'does not start with', 'Enter an address'],
		['a wrong port', 'https://api.example.com:99999', 'is not a full address', 'Enter an address'],
		['a query', 'https://api.example.com/v1?key=k3y', 'has a query', 'Take out the ?'],
		['an empty query', 'https://api.example.com/v1?', 'has a query', 'Take out the ?'],
		['a fragment', 'https://api.example.com/#/v1', 'has a fragment', 'Take out the #'],
		['an empty fragment', 'https://api.example.com/#', 'has a fragment', 'Take out the #'],
		['a user', 'https://ana@api.example.com', 'has a user name or a password', 'before the @'],
		['a password', 'https://:k3y@api.example.com', 'has a user name or a password', 'the @'],
		['a blank', 'https://api.example.com/a b', 'has a blank', 'Enter an address'],
		['two lines', 'https://api.example\n.com', 'has a blank, a line break', 'Enter an address'],
		['a backslash', 'https:\\\\api.example.com', 'has a blank, a line break or a', 'Enter an'],
		['a list', ['https://api.example.com'], 'is not text but a list', 'Enter an address'],
	])('is refused with %s', (_what, entered, problem, cure) => {
		const refused = refusal(() => requireBaseUrl(entered));
		expect(refused.message).toContain(`Base URL of the credential ${problem}`);
		expect(refused.cure).toContain(cure);
		expect(refused.message + refused.cure).not.toContain('k3y');
	});

	it('has one form, whatever is entered', () => {
		const near = fc.webUrl({ withQueryParameters: true, withFragments: true });
		fc.assert(
			fc.property(
				anything(
					near,
					near.map((url) => ` ${url}/`),
				),
				(entered) => {
					const read = attempt(() => requireBaseUrl(entered));
					if (read === undefined) return;
					expect(requireBaseUrl(read)).toBe(read);
					expect(requireBaseUrl(`${read}/`)).toBe(read);
					expect(read).toMatch(/^https?:\/\/[^/?#@\s][^?#\s]*$/);
					expect(read).not.toMatch(/\/$/);
				},
			),
		);
	});
});

it('a Base URL with letters of its own is read however often it is', () => {
	// Node.js 20 has a faster way for what is called often, and it knows ASCII only.
	const read = new Set<string>();
	for (let time = 0; time < 20_000; time++) read.add(requireBaseUrl('https://bücher.example'));
	expect([...read]).toEqual(['https://xn--bcher-kva.example']);
});
