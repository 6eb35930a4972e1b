import { loadEngine, type Engine } from '../support/engine';
import { demo, withSent } from './support';

let engine: Engine;
beforeAll(async () => void (engine = await loadEngine()));

const { keys, profileIds } = demo;

describe('the credential', () => {
	it.each([
		['an organization', { apiKey: keys.organization }],
		['a key with blanks around it', { apiKey: ` ${keys.organization}\n` }],
		['a profile of the organization', { apiKey: keys.organization, profileId: profileIds.retail }],
		['a key that may only read', { apiKey: keys.viewer }],
	])('works for %s', async (_, data) => {
		await withSent(engine, async (sent) => {
			const outcome = await engine.testCredential('sentDmApi', { ...data, baseUrl: sent.baseUrl });
			expect(outcome).toEqual({ status: 'OK', message: 'Connection successful!' });
			expect(await sent.seen()).toEqual([{ method: 'GET', path: '/v3/me', query: {} }]);
		});
	});

	it.each([
		['a wrong key', { apiKey: 'wrong' }, 'does not know this API key'],
		[
			'a key of a profile that names a profile',
			{ apiKey: keys.profile, profileId: profileIds.retail },
			'Leave Profile ID empty',
		],
		['an account that is not active yet', { apiKey: keys.pending }, 'not active yet'],
		[
			'a profile of somebody else',
			{ apiKey: keys.organization, profileId: '5e9d0a10-0000-4000-8000-0000000000ff' },
			'no profile with this Profile ID',
		],
		[
			'a profile ID that is none',
			{ apiKey: keys.organization, profileId: 'retail' },
			'cannot read the Profile ID',
		],
	])('tells %s apart', async (_, data, message) => {
		await withSent(engine, async (sent) => {
			const outcome = await engine.testCredential('sentDmApi', { ...data, baseUrl: sent.baseUrl });
			expect(outcome).toEqual({ status: 'Error', message: expect.stringContaining(message) });
		});
	});

	it('says when Sent has locked the key', async () => {
		await withSent(engine, async (sent) => {
			const data = { apiKey: 'wrong', baseUrl: sent.baseUrl };
			const test = async () => (await engine.testCredential('sentDmApi', data)).message;
			expect(await test()).toContain('does not know this API key');
			for (let attempt = 2; attempt <= 10; attempt++) await test();
			expect(await test()).toContain('locked the API key');
		});
	});
});
