import { createHmac } from 'node:crypto';
import fc from 'fast-check';

import { sign as signAelyst } from '../../../sandbox/vendors/aelyst/webhooks';
import { sign as signBird } from '../../../sandbox/vendors/bird/webhooks';
import { sign as signSent } from '../../../sandbox/vendors/sent/delivery';
import { bitOf, delivery, flip, type Given, vendorNamed } from './support';

const verify = async (vendor: string, given: Given) =>
	await vendorNamed(vendor).verify(delivery(given));

interface Signed {
	vendor: string;
	/** All that goes into the signature, and the signature. */
	parts: Record<string, string | Buffer>;
	assemble(parts: Record<string, string | Buffer>): Given;
}

const BODY = '{"service":"channels","event":"sms.inbound","payload":{}}';
const SENT_BODY =
	'{"field":"message","event":"message.delivered","timestamp":"2026-05-28T20:26:40Z","payload":{"message_id":"8ba7b830-9dad-11d1-80b4-00c04fd430c8","message_status":"DELIVERED"}}';

const bird: Signed = {
	vendor: 'bird',
	parts: {
		secret: 'secureSigningKey',
		url: 'https://domain.com/webhook/bird',
		timestamp: '1719823259',
		body: Buffer.from(BODY),
		signature: 's553Pt35aNC93vUaNH4NWFGdsmqKQWr+c8KMlmJVWjc=',
	},
	assemble: ({ secret, url, timestamp, body, signature }) => ({
		remembered: { signingKey: String(secret), url: String(url) },
		rawBody: body as Buffer,
		now: 1_719_823_259_000,
		options: { maxAge: 0 },
		headers: {
			'messagebird-signature': String(signature),
			'messagebird-request-timestamp': String(timestamp),
		},
	}),
};

const sent: Signed = {
	vendor: 'sent',
	parts: {
		secret: `whsec_${'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY='}`,
		id: 'd290f1ee-6c54-4b01-90e6-d701748f0851',
		timestamp: '1780000000',
		body: Buffer.from(SENT_BODY),
		signature: 'v1,O7s6B0wz2/zq699GLDXvONH+a+j5QorPWlf6lrjIKc0=',
	},
	assemble: ({ secret, id, timestamp, body, signature }) => ({
		remembered: { secret: String(secret) },
		rawBody: body as Buffer,
		now: 1_780_000_000_000,
		options: { maxAge: 0 },
		headers: {
			'x-webhook-id': String(id),
			'x-webhook-timestamp': String(timestamp),
			'x-webhook-signature': String(signature),
		},
	}),
};

/** Published by kestra-io/plugin-sent. */
const kestra: Signed = {
	...sent,
	parts: {
		secret: 'whsec_abcdef1234567890',
		id: '1f2e3d4c-5b6a-7980-1234-567890abcdef',
		timestamp: '1750000000',
		body: Buffer.from('{"field":"message","event":"message.delivered"}'),
		signature: 'v1,toBvqGNFsjQ5xSZO93Z3qiyVckIbArJtTaEPaUYZJGw=',
	},
};

const aelyst: Signed = {
	vendor: 'aelyst',
	parts: {
		secret: 'secret',
		body: Buffer.from('{"event":"message","data":"test"}'),
		signature: 'UtAE5LaeNjrL33PUEQfh69YKw7UhrrkOL9tQN0+xIrI=',
	},
	assemble: ({ secret, body, signature }) => ({
		credentials: { secret: String(secret) },
		rawBody: body as Buffer,
		headers: { 'x-webhook-signature': String(signature) },
	}),
};

const generic = (
	algorithm: string,
	encoding: 'hex' | 'base64' | 'base64url',
	prefix = '',
): Signed => {
	const [secret, timestamp, body] = ['generic-shared-key', '1780000000', Buffer.from(BODY)];
	const digest = createHmac(algorithm, secret).update(`${timestamp}.`).update(body);
	return {
		vendor: 'generic',
		parts: { secret, timestamp, body, signature: prefix + digest.digest(encoding) },
		assemble: (parts) => ({
			credentials: { secret: String(parts.secret) },
			rawBody: parts.body as Buffer,
			now: 1_780_000_000_000,
			options: { timestampHeader: 'X-Time', signaturePrefix: prefix, maxAge: 0 },
			parameters: { scheme: 'hmac', headerName: 'X-Sig', algorithm, encoding },
			headers: { 'x-sig': String(parts.signature), 'x-time': String(parts.timestamp) },
		}),
	};
};

const SIGNED: Array<[string, Signed]> = [
	["Bird's vector", bird],
	["Sent's vector", sent],
	["Sent's vector of kestra", kestra],
	["Aelyst's vector", aelyst],
	['a generic one, SHA-1 in hex', generic('sha1', 'hex')],
	['a generic one, SHA-256 in hex with a prefix', generic('sha256', 'hex', 'sha256=')],
	['a generic one, SHA-512 in Base64', generic('sha512', 'base64')],
	['a generic one, SHA-256 in Base64 URL', generic('sha256', 'base64url')],
];

describe.each(SIGNED)('the signature of %s', (_name, { vendor, parts, assemble }) => {
	it('fits', async () => {
		expect(await verify(vendor, assemble(parts))).toBeUndefined();
	});

	it.each(Object.keys(parts))('does not fit once a bit of the %s is another', async (part) => {
		await fc.assert(
			fc.asyncProperty(bitOf(parts[part]), async (bit) => {
				const changed = { ...parts, [part]: flip(parts[part], bit) };
				expect(await verify(vendor, assemble(changed))).toEqual(expect.any(String));
			}),
			{ numRuns: 400 },
		);
	});

	it('does not fit when anything is cut off, added or missing', async () => {
		for (const part of Object.keys(parts)) {
			const whole = parts[part];
			const cut = whole.slice(0, -1);
			const more = typeof whole === 'string' ? `${whole}0` : Buffer.concat([whole, Buffer.of(32)]);
			const none = typeof whole === 'string' ? '' : Buffer.alloc(0);
			for (const changed of [cut, more, none]) {
				// A space at the end of a body is one that a rewritten body has not.
				if (vendor === 'aelyst' && part === 'body' && changed === more) continue;
				// The same key, written without its padding.
				if (vendor === 'sent' && part === 'secret' && changed === cut) continue;
				expect([part, await verify(vendor, assemble({ ...parts, [part]: changed }))]).toEqual([
					part,
					expect.any(String),
				]);
			}
		}
	});

	it('is found in any case, as a list, and among those of a rotation', async () => {
		const given = assemble(parts);
		const headers = Object.entries(given.headers ?? {});
		const upper = headers.map(([name, value]) => [name.toUpperCase(), value]);
		const lists = headers.map(([name, value]) => [name, [value, value]]);
		const joined = headers.map(([name, value]) => [name, `${String(value)}, ${String(value)}`]);
		for (const changed of [upper, lists, joined]) {
			const again = { ...given, headers: Object.fromEntries(changed) };
			expect(await verify(vendor, again)).toBeUndefined();
		}
		const signature = headers.find(([, value]) => value === parts.signature)?.[0] as string;
		const other = vendor === 'sent' ? 'v1,AAAA v2,BBBB' : 'AAAA';
		for (const several of [`${other} ${String(parts.signature)}`, [other, parts.signature]]) {
			const again = { ...given, headers: { ...given.headers, [signature]: several } };
			expect(await verify(vendor, again as Given)).toBeUndefined();
		}
	});

	it('is not looked at where there is no key', async () => {
		const rest = { ...assemble(parts), remembered: {}, credentials: {} };
		expect(await verify(vendor, rest)).toMatch(/no .*(key|secret)/);
		expect(await verify(vendor, { ...rest, credentials: { secret: '  ' } })).toMatch(/no .*/);
	});

	it('says nothing secret about why it does not fit', async () => {
		const changed = { ...parts, body: Buffer.from('{"forged":true}') };
		const reason = await verify(vendor, assemble(changed));
		for (const part of ['secret', 'signature', 'body', 'url']) {
			if (parts[part] !== undefined) expect(reason).not.toContain(String(parts[part]));
		}
	});
});

describe('the time of a delivery', () => {
	const HOUR = 3600;
	const at = async ({ vendor, parts, assemble }: Signed, age: number, maxAge?: unknown) => {
		const given = assemble(parts);
		const options = { ...given.options, maxAge } as Given['options'];
		return await verify(vendor, { ...given, options, now: (given.now as number) + age * 1000 });
	};

	it.each([
		['8 hours of retries, with the time of the first attempt', 9 * HOUR],
		['a clock that is ahead', -HOUR],
	])('Bird: %s', async (_what, age) => {
		expect(await at(bird, age)).toBeUndefined();
	});

	it('Bird: a recording of the day before yesterday is refused', async () => {
		expect(await at(bird, 49 * HOUR)).toMatch(/176400 seconds away/);
	});

	it('Sent: five minutes unless the user says otherwise', async () => {
		expect(await at(sent, 299)).toBeUndefined();
		expect(await at(sent, 301)).toMatch(/more than Max Age/);
		expect(await at(sent, -301)).toMatch(/more than Max Age/);
		expect(await at(sent, 3000, 3600)).toBeUndefined();
		expect(await at(sent, 3000, '3600')).toBeUndefined();
		expect(await at(sent, 1e8, 0)).toBeUndefined();
		expect(await at(sent, 301, 'never')).toMatch(/more than Max Age/);
		expect(await at(sent, 301, -1)).toMatch(/more than Max Age/);
	});

	it.each(['', 'yesterday', '17198232591719823259', '1719823259, 1719823260'])(
		'%j is no time',
		async (timestamp) => {
			const reason = await verify('bird', bird.assemble({ ...bird.parts, timestamp }));
			expect(reason).toMatch(/no timestamp|not a unix time/);
		},
	);
});

describe('bodies of any bytes, URLs and keys', () => {
	const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
	const text = fc.string({ minLength: 1, maxLength: 50 });

	it('Bird', async () => {
		await fc.assert(
			fc.asyncProperty(bytes, text, text, async (rawBody, signingKey, url) => {
				fc.pre(signingKey.trim() !== '');
				const signature = signBird(signingKey, url, '1780000000', rawBody);
				const parts = {
					secret: signingKey,
					url,
					timestamp: '1780000000',
					body: rawBody,
					signature,
				};
				expect(await verify('bird', bird.assemble(parts))).toBeUndefined();
			}),
		);
	});

	it('Sent', async () => {
		await fc.assert(
			fc.asyncProperty(bytes, fc.uint8Array({ minLength: 1 }), fc.uuid(), async (body, key, id) => {
				const secret = `whsec_${Buffer.from(key).toString('base64')}`;
				const signature = signSent(secret, id, 1_780_000_000, body);
				const parts = { secret, id, timestamp: '1780000000', body, signature };
				expect(await verify('sent', sent.assemble(parts))).toBeUndefined();
			}),
		);
	});

	it('Aelyst, over the bytes and over the body as JavaScript writes it', async () => {
		await fc.assert(
			fc.asyncProperty(fc.json(), text, fc.nat(4), async (json, secret, indent) => {
				fc.pre(secret.trim() !== '');
				const rawBody = Buffer.from(JSON.stringify(JSON.parse(json), null, indent));
				for (const signed of [rawBody, JSON.stringify(JSON.parse(json))]) {
					const given = { credentials: { secret }, rawBody };
					const headers = { 'X-Webhook-Signature': signAelyst(secret, signed) };
					expect(await verify('aelyst', { ...given, headers })).toBeUndefined();
				}
			}),
		);
	});
});

describe('a rotation', () => {
	it.each(['aelyst', 'generic'])('%s: both secrets count, and a third does not', async (vendor) => {
		const body = '{}';
		const check = async (secret: string, credentials: object) =>
			await verify(vendor, {
				body,
				credentials: credentials as never,
				parameters: {
					scheme: 'hmac',
					headerName: 'x-webhook-signature',
					algorithm: 'sha256',
					encoding: 'base64',
				},
				headers: { 'x-webhook-signature': signAelyst(secret, body) },
			});
		const both = { secret: 'new', previousSecret: 'old' };
		expect(await check('new', both)).toBeUndefined();
		expect(await check('old', both)).toBeUndefined();
		expect(await check('older', both)).toMatch(/does not fit/);
		expect(await check('old', { secret: 'new', previousSecret: '' })).toMatch(/does not fit/);
	});
});

describe('hex in either case, but not in both', () => {
	const given = generic('sha256', 'hex');
	it.each([
		['lower', (hex: string) => hex, undefined],
		['upper', (hex: string) => hex.toUpperCase(), undefined],
		['mixed', (hex: string) => hex.replace(/[a-f]/, (one) => one.toUpperCase()), /does not fit/],
	])('%s', async (_case, spell, expected) => {
		const signature = spell(String(given.parts.signature));
		const reason = await verify('generic', given.assemble({ ...given.parts, signature }));
		if (expected === undefined) expect(reason).toBeUndefined();
		else expect(reason).toMatch(expected);
	});
});

describe('a shared secret in a header', () => {
	const check = async (headers: Given['headers'], secret = 'open sesame') =>
		await verify('generic', {
			headers,
			credentials: { secret },
			parameters: { scheme: 'secret', headerName: 'X-Secret' },
		});

	it('fits whole, once', async () => {
		expect(await check({ 'x-secret': 'open sesame' })).toBeUndefined();
		expect(await check({ 'X-SECRET': ['open sesame'] })).toBeUndefined();
	});

	it.each([
		['another one', { 'x-secret': 'open sesame!' }],
		['a part', { 'x-secret': 'open' }],
		['an empty one', { 'x-secret': '' }],
		['another header', { 'x-other': 'open sesame' }],
		['several', { 'x-secret': ['open sesame', 'guess'] }],
		['several in one line', { 'x-secret': 'guess, open sesame' }],
	])('does not fit: %s', async (_what, headers) => {
		expect(await check(headers as Given['headers'])).toEqual(expect.any(String));
	});

	it('fails once a bit is another', async () => {
		await fc.assert(
			fc.asyncProperty(bitOf('open sesame'), async (bit) => {
				expect(await check({ 'x-secret': flip('open sesame', bit) })).toMatch(/does not fit/);
			}),
		);
	});

	it('fails without a header name', async () => {
		const given = { headers: { '': 'x' }, credentials: { secret: 'x' } };
		expect(await verify('generic', { ...given, parameters: { headerName: ' ' } })).toMatch(
			/no header name/,
		);
	});
});

describe("the deliveries of Sent's API v1, which nobody signs", () => {
	const check = async (
		query: Record<string, unknown>,
		webhookToken: string | undefined,
		headers = {},
	) =>
		await verify('sent', {
			...sent.assemble(sent.parts),
			headers,
			query,
			options: { maxAge: 0 },
			credentials: webhookToken === undefined ? {} : { webhookToken },
		});

	it('count only with the token in the URL', async () => {
		expect(await check({ token: 'a'.repeat(32) }, 'a'.repeat(32))).toBeUndefined();
		expect(await check({ token: 'b'.repeat(32) }, 'a'.repeat(32))).toMatch(/does not fit/);
		expect(await check({ token: 'a'.repeat(32) }, ` ${'a'.repeat(32)}\n`)).toBeUndefined();
		expect(await check({ token: ['a', 'a'] }, 'a'.repeat(32))).toMatch(/neither/);
		expect(await check({}, 'a'.repeat(32))).toMatch(/neither/);
	});

	it('count never where the credential has no token, or one that can be guessed', async () => {
		expect(await check({ token: '' }, undefined)).toMatch(/neither/);
		expect(await check({ token: '' }, '')).toMatch(/neither/);
		expect(await check({ token: 'undefined' }, undefined)).toMatch(/no Webhook Token/);
		expect(await check({ token: ' ' }, ' ')).toMatch(/no Webhook Token/);
		expect(await check({ token: 'a'.repeat(15) }, 'a'.repeat(15))).toMatch(/no Webhook Token/);
	});

	it('look up no credential for those who bring no token', async () => {
		const given = { headers: {}, query: {} };
		const asked = jest.fn(async () => ({}));
		await vendorNamed('sent').verify({ ...delivery(given), credentials: asked });
		expect(asked).not.toHaveBeenCalled();
	});

	it('cannot pass for signed ones', async () => {
		const forged = { ...sent.assemble(sent.parts).headers, 'x-webhook-signature': 'v1,AAAA' };
		expect(await check({ token: 'a' }, 'a', forged)).toMatch(/signature does not fit/);
	});
});

describe("Sent's secret", () => {
	it.each([
		['no base64', 'whsec_!!!!'],
		['masked', 'whsec_********'],
		['empty', 'whsec_'],
	])('%s is no key', async (_what, secret) => {
		expect(await verify('sent', sent.assemble({ ...sent.parts, secret }))).toMatch(/no secret/);
	});

	it('may lack its padding or be written for URLs', async () => {
		const key = Buffer.from([251, 255, 254, 1]);
		for (const written of [key.toString('base64'), key.toString('base64url')]) {
			const signature = signSent(key.toString('base64'), 'id', 1_780_000_000, Buffer.from('{}'));
			const parts = { secret: `whsec_${written}`, id: 'id', timestamp: '1780000000' };
			const given = sent.assemble({ ...parts, body: Buffer.from('{}'), signature });
			expect(await verify('sent', given)).toBeUndefined();
		}
	});
});
