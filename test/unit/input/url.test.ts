import fc from 'fast-check';
import { requireList, toList, toUrlList } from '../../../nodes/input/list';
import { requireUrl } from '../../../nodes/input/url';
import { anything, attempt, digitsOf } from './anything';
import { refusal } from './refusal';

describe('a URL', () => {
	it.each([
		['plain', 'https://example.com/a?b=c#d', undefined],
		['signed, to the letter', 'https://Example.com/a%2fb/../x?sig=A%3d%3D&x={1}', undefined],
		['with a login', 'https://user:pass@example.com/', undefined],
		['with capitals', 'HTTPS://example.com', undefined],
		['with blanks around', ' https://example.com/a.jpg\r\n', 'https://example.com/a.jpg'],
		['with blanks inside', 'https://example.com/my file.jpg', 'https://example.com/my%20file.jpg'],
		['with commas', 'https://example.com/w_100,h_100/a.jpg', undefined],
		['with what nobody sees', '\u200bhttps://exam\u00adple.com/a\u202c', 'https://example.com/a'],
		[
			'with letters of another script',
			'https://example.com/ü?q=ł',
			'https://example.com/%C3%BC?q=%C5%82',
		],
		[
			'at a domain of another script',
			'https://münchen.example/a',
			'https://xn--mnchen-3ya.example/a',
		],
	])('may be %s: %j', (_what, text, expected) => {
		expect(requireUrl('URL', text)).toBe(expected ?? text);
	});

	it.each([
		['no protocol', 'example.com', 'URL "example.com" is not a valid URL'],
		['a script', 'javascript:alert(1)', 'URL "javascript:alert(1)" is not a valid URL'],
		['another protocol', 'ftp://a.b', 'URL "ftp://a.b" is not a valid URL'],
		['a path alone', '/a', 'URL "/a" is not a valid URL'],
		['no slashes', 'https:example.com', 'is not a valid URL'],
		['the wrong slashes', 'https:\\\\example.com', 'is not a valid URL'],
		['no host', 'https://', 'is not a valid URL'],
		[
			'a line break inside',
			'https://a.example/\nb',
			'URL "https://a.example/⟨line break⟩b" is not',
		],
		['a tab inside', 'https://a.example/\tb', 'it has a line break or another control character'],
		[
			'half an emoji',
			'https://a.example/\ud83d',
			'URL "https://a.example/⟨U+D83D⟩" is not a valid URL',
		],
		['nothing', '', 'URL is empty'],
		['an object', { url: 'https://a.example' }, 'URL is not text but an object'],
		['a list', ['https://a.example'], 'URL is not text but a list'],
		['a number', 5, 'URL "5" is not a valid URL'],
	])('cannot have %s: %j', (_what, value, message) => {
		expect(refusal(() => requireUrl('URL', value)).message).toContain(message);
	});

	it('has one of the protocols that the vendor takes', () => {
		expect(refusal(() => requireUrl('URL', 'http://example.com', ['https:']))).toEqual({
			message: 'URL "http://example.com" is not a valid URL',
			cure: 'Enter a full URL that starts with https://.',
		});
	});

	it('is one that every client takes, or refused, whatever is entered', () => {
		const near = fc.oneof(
			fc.webUrl({ withQueryParameters: true, withFragments: true }),
			fc.string({ unit: 'grapheme' }).map((text) => `https://example.com/${text}`),
			fc.string({ unit: 'binary' }).map((text) => `https://${text}.example/`),
		);
		fc.assert(
			fc.property(anything(near, near), (value) => {
				const url = attempt(() => requireUrl('URL', value));
				if (url === undefined) return;
				expect(url).toMatch(/^https?:\/\/[\x21-\x7e]+$/i);
				expect(requireUrl('URL', url)).toBe(url);
				if (/^[\x21-\x7e]*$/.test(String(value))) expect(digitsOf(url)).toBe(digitsOf(value));
			}),
			{ numRuns: 2_000 },
		);
	});

	it('is taken to the letter when it is an ordinary one', () => {
		fc.assert(
			fc.property(fc.webUrl({ withQueryParameters: true }), (url) => {
				expect(requireUrl('URL', url)).toBe(url);
			}),
		);
	});
});

describe('a list', () => {
	it.each([
		['a, b\n c,,', ['a', 'b', 'c']],
		[
			[' a ', 'b', '', null],
			['a', 'b'],
		],
		[
			[1042, true],
			['1042', 'true'],
		],
		[15001, ['15001']],
		[undefined, []],
		[null, []],
		['', []],
	])('is %j', (value, expected) => expect(toList(value)).toEqual(expected));

	it.each([
		[[{ id: 1 }], 'Tags 1 is not text but an object'],
		[['a', ['b']], 'Tags 2 is not text but a list'],
		[{ id: 1 }, 'Tags is not text but an object'],
	])('is not %j', (value, message) => {
		expect(refusal(() => toList(value, 'Tags')).message).toBe(message);
	});

	it.each([undefined, null, '', [], ['', null], ' , '])(
		'that must not be empty is not %j',
		(value) => {
			expect(refusal(() => requireList('Recipients', value))).toEqual({
				message: 'Recipients is empty',
				cure: 'Enter one or more, separated by commas.',
			});
		},
	);

	it('that must not be empty is a list', () => {
		expect(requireList('Recipients', 'a,b')).toEqual(['a', 'b']);
	});

	it('of URLs is split before a scheme only', () => {
		expect(
			toUrlList(
				'https://a.example/w_1,h_2;x.jpg, http://b.example/c d\nhttps://c.example/?u=https://d.example;',
			),
		).toEqual([
			'https://a.example/w_1,h_2;x.jpg',
			'http://b.example/c d',
			'https://c.example/?u=https://d.example',
		]);
		expect(toUrlList(['https://a.example/1,2'])).toEqual(['https://a.example/1,2']);
		expect(toUrlList(undefined)).toEqual([]);
		// What is no URL stays with the one before it, where it is refused instead of lost.
		expect(toUrlList('https://a.example\nb.example')).toEqual(['https://a.example\nb.example']);
	});

	it('is of text or refused, whatever is entered', () => {
		fc.assert(
			fc.property(anything(fc.array(fc.string())), (value) => {
				for (const read of [toList, toUrlList]) {
					const list = attempt(() => read(value));
					if (list === undefined) continue;
					for (const entry of list) expect(entry).toBe(entry.trim());
					expect(read(list)).toEqual(list);
				}
			}),
		);
	});
});
