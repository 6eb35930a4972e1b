import { readPolicy } from '../../../nodes/delivery/pace/policy';
import { Transport } from '../../../nodes/delivery/http/transport';
import type { VendorApi } from '../../../nodes/delivery/http/vendorApi';

it.each([
	[{ plan: 'growth' }, 'growth'],
	[{ plan: 7 }, undefined],
	[{}, undefined],
])("a vendor's limit is told of the plan in %j", async (options, plan) => {
	const rateLimit = jest.fn(() => ({ bucket: 'all', limit: { requests: 10, perMs: 1 } }));
	const api = { provider: 'vendor', credential: 'vendorApi', account: () => '', rateLimit };
	const context = {
		getCredentials: async () => ({ baseUrl: 'https://vendor.example' }),
		getExecutionCancelSignal: () => undefined,
		helpers: {
			httpRequestWithAuthentication: async () => ({ statusCode: 200, headers: {}, body: {} }),
		},
	};
	const transport = await Transport.open(
		context as never,
		api as unknown as VendorApi,
		readPolicy(options),
	);
	await transport.send({ url: '/messages' }, { kind: 'send' });
	expect(rateLimit).toHaveBeenCalledWith({ url: '/messages' }, plan);
});
