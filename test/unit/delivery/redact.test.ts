import fc from 'fast-check';

import { redacted, secretsOf, withoutSecrets } from '../../../nodes/delivery/http/redact';

const KEY = 'sk_live/a+b=c&"d"\\é';

describe('what of a credential is secret', () => {
	it('is every text but addresses, ids and what n8n adds to limit domains', () => {
		expect(
			secretsOf({
				accessKey: 'key-of-bird',
				workspaceId: '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
				baseUrl: 'https://api.bird.com',
				allowedHttpRequestDomains: 'domains',
				allowedDomains: 'api.bird.com',
				verified: true,
				empty: '',
			}),
		).toEqual(['key-of-bird']);
	});

	it('is also what a new kind of credential calls otherwise, deep inside, and numbers', () => {
		expect(
			secretsOf({ pin: 123456, oauth: { parts: ['part one', { token: 'part two' }] } }),
		).toEqual(['123456', 'part one', 'part two']);
	});

	it('is also without the line end that was copied along', () => {
		expect(secretsOf({ apiKey: ' key-with-blanks\n' })).toEqual([
			' key-with-blanks\n',
			'key-with-blanks',
		]);
	});

	it('is the password in an address', () => {
		expect(secretsOf({ baseUrl: 'https://me:p%40ss-word@proxy.example.com/v1' })).toEqual([
			'p%40ss-word',
			'p@ss-word',
		]);
		expect(secretsOf({ baseUrl: 'not an address' })).toEqual([]);
		expect(secretsOf({ baseUrl: 'https://me:%ZZ-not-encoded@h.example.com' })).toEqual([
			'%ZZ-not-encoded',
		]);
	});
});

describe('a text', () => {
	it.each<[string, string]>([
		['as it is', KEY],
		['in a URL', encodeURIComponent(KEY)],
		['in a URL, in lower case', encodeURIComponent(KEY).replace(/%../g, (it) => it.toLowerCase())],
		['in a form', new URLSearchParams({ a: KEY }).toString().slice(2)],
		['in JSON', JSON.stringify(KEY).slice(1, -1)],
		['in JSON that escapes slashes', JSON.stringify(KEY).slice(1, -1).replaceAll('/', '\\/')],
		['in JSON of ASCII only', JSON.stringify(KEY).slice(1, -1).replace('é', '\\u00e9')],
		['in JSON in JSON', JSON.stringify(JSON.stringify(KEY)).slice(3, -3)],
		['in HTML', 'sk_live/a+b=c&amp;&quot;d&quot;\\é'],
		['in Base64', Buffer.from(KEY).toString('base64')],
		['in Base64 without padding', Buffer.from(KEY).toString('base64').replace(/=+$/, '')],
		['in Base64 for URLs', Buffer.from(KEY).toString('base64url')],
	])('loses a secret that stands in it %s', (_how, form) => {
		const text = redacted(`Key ${form} is not valid. Use another than ${form}.`, [KEY]);
		expect(text).toBe('Key *** is not valid. Use another than ***.');
	});

	it.each(['', 'a', 'ab', 'abc:'])('loses what Base64 makes of a secret after %j', (before) => {
		const whole = Buffer.from(`${before}${KEY}:after`).toString('base64');
		const left = redacted(`Basic ${whole}`, [KEY]).replace('Basic ', '');
		expect(left).toContain('***');
		// What is left holds no run of the secret that could be read.
		expect(Buffer.from(left.replace('***', ''), 'base64').toString()).not.toContain('live');
	});

	it('loses the longer of two secrets whole', () => {
		expect(redacted('no secret-and-more here', ['secret', 'secret-and-more'])).toBe('no *** here');
	});

	it('keeps what only looks like a regular expression', () => {
		expect(redacted('a+b costs $5 (.*)', ['a.b.', '.*.*'])).toBe('a+b costs $5 (.*)');
	});

	it('is left alone where there is nothing to look for', () => {
		expect(redacted('HTTP 401, abc', [])).toBe('HTTP 401, abc');
		expect(redacted('HTTP 401, abc', ['', 'abc', 'a'])).toBe('HTTP 401, abc');
	});

	it('never holds a secret afterwards, whatever stands around it', () => {
		const secret = fc.string({ minLength: 4, maxLength: 20, unit: 'binary' });
		fc.assert(
			fc.property(fc.array(secret, { maxLength: 4 }), fc.array(fc.string()), (secrets, parts) => {
				const between = parts.flatMap((part, at) => [
					part,
					secrets[at % (secrets.length || 1)] ?? '',
				]);
				const text = redacted(between.join(''), secrets);
				for (const one of secrets) expect(text).not.toContain(one);
			}),
		);
		// What is left of a text may not make up a secret anew.
		expect(redacted('********', ['****'])).toBe('***');
		expect(redacted('aa***bb', ['a***b'])).not.toContain('a***b');
	});

	it('changes nothing when it is done twice', () => {
		fc.assert(
			fc.property(fc.string(), fc.array(fc.string({ maxLength: 8 })), (text, secrets) => {
				const once = redacted(text, secrets);
				expect(redacted(once, secrets)).toBe(once);
			}),
		);
	});

	it('of a megabyte takes a moment, not minutes', () => {
		const text = 'sk_live'.repeat(150_000);
		const start = performance.now();
		redacted(text, [KEY, 'another-secret-of-the-credential']);
		expect(performance.now() - start).toBeLessThan(10_000);
	});
});

describe('an answer', () => {
	const secrets = ['sk_"0123456789', 'tiny'];

	it('is freed of secrets, wherever they stand', () => {
		const answer = {
			id: `x-${secrets[0]}`,
			list: [{ [secrets[0]]: [Buffer.from(secrets[0]).toString('base64')] }, 1, null, true],
		};
		expect(withoutSecrets(answer, secrets)).toEqual({
			id: 'x-***',
			list: [{ '***': ['***'] }, 1, null, true],
		});
	});

	it('stays the very same without any, and keeps short words', () => {
		const answer = { text: 'A tiny message', list: [1] };
		expect(withoutSecrets(answer, secrets)).toBe(answer);
		expect(withoutSecrets(undefined, secrets)).toBeUndefined();
		expect(withoutSecrets(answer, [])).toBe(answer);
	});
});
