import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Engine, loadEngine } from '../support/engine';
import { openSandbox, type VendorSandbox } from '../support/sandbox';

let engine: Engine;
let sandbox: VendorSandbox;
beforeAll(async () => {
	engine = await loadEngine();
	sandbox = await openSandbox('votel');
});
beforeEach(async () => void (await sandbox.vendor.reset()));
afterAll(async () => await sandbox.close());

const test = async (more: object = {}) =>
	await engine.testCredential('votelApi', { ...sandbox.credentials.votelApi, ...more });

it('asks for one channel', async () => {
	expect(await test()).toMatchObject({ status: 'OK' });
	expect(await sandbox.vendor.requests()).toMatchObject([
		{ method: 'GET', path: '/api/channels', query: { page: '1', page_size: '1' } },
	]);
});

it('does not mind a slash at the end of the Base URL', async () => {
	expect(await test({ baseUrl: `${sandbox.vendor.baseUrl}/` })).toMatchObject({ status: 'OK' });
});

it('tells a wrong key, a missing right and a wrong address apart', async () => {
	const error = (message: string) => ({
		status: 'Error',
		message: expect.stringContaining(message),
	});
	expect(await test({ apiKey: 'wrong' })).toEqual(error('does not know this API key'));
	await sandbox.vendor.fault({ fault: '403' });
	expect(await test()).toEqual(error('may not list channels'));
	expect(await test({ baseUrl: `${sandbox.vendor.baseUrl}/app` })).toEqual(
		error('no Votel API at this Base URL'),
	);
});

it('does not take a website for Votel, though it answers every path', async () => {
	const website = createServer((_request, response) => {
		response.setHeader('content-type', 'text/html');
		response.end('<!doctype html><title>Welcome</title>');
	});
	await new Promise<void>((resolve) => website.listen(0, '127.0.0.1', resolve));
	const { port } = website.address() as AddressInfo;
	const outcome = await test({ baseUrl: `http://127.0.0.1:${port}` });
	website.closeAllConnections();
	await new Promise((resolve) => website.close(resolve));
	expect(outcome).toEqual({
		status: 'Error',
		message: expect.stringContaining('but not the Votel API'),
	});
});
