import { bird } from '../../../nodes/Bird/webhook';
import { isOnTheInternet, reachableAddress, unfitAddress } from '../../../nodes/webhook/address';

const PRIVATE = [
	'http://localhost:5678',
	'http://n8n:5678',
	'https://n8n.local',
	'https://n8n.internal/x',
	'http://127.0.0.1:5678',
	'https://10.1.2.3',
	'https://172.16.0.1',
	'https://192.168.0.7/webhook/1',
	'https://169.254.1.1',
	'http://0.0.0.0',
	'http://[::1]:5678',
	'http://[fd00::1]',
	'http://[::ffff:127.0.0.1]',
];

it.each(PRIVATE)('nobody outside reaches %s', (url) => {
	expect(reachableAddress.fits(url)).toBe(false);
	expect(isOnTheInternet(url)).toBe(false);
});

it.each([
	'https://n8n.example.com/webhook/1/webhook',
	'https://172.15.0.1',
	'https://8.8.8.8',
	'https://[2001:db8::1]/',
])('%s may be reached', (url) => {
	expect(reachableAddress.fits(url)).toBe(true);
	expect(isOnTheInternet(` ${url}/ `)).toBe(true);
});

it.each(['', 'no address', 'n8n.example.com', undefined, 'http://api.example.com'])(
	'%j is no API on the internet',
	(baseUrl) => {
		expect(isOnTheInternet(baseUrl)).toBe(false);
	},
);

it.each([
	['https://n8n.example.com/webhook/1', true],
	['http://n8n.example.com/webhook/1', false],
	['https://n8n.example.com:5678/webhook/1', false],
	['https://localhost/webhook/1', false],
	['https://10.0.0.1/webhook/1', false],
])('Bird and %s: %s', (url, fits) => {
	expect(bird.registration?.address.fits(url)).toBe(fits);
});

it('is said in plain words', () => {
	const rule = { needs: 'https without a port', fits: () => false };
	const { message, cure } = unfitAddress('Bird', rule, 'http://localhost:5678/webhook/1/webhook');
	expect(message).toBe(
		"n8n's address is http://localhost:5678; Bird needs https without a port. Set WEBHOOK_URL.",
	);
	expect(cure).toContain('restart');
	expect(unfitAddress('Bird', rule, 'nonsense').message).toContain('is nonsense;');
});
