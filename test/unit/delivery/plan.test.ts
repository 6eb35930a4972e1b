import type { Logger } from 'n8n-workflow';

import type { ExchangeContext } from '../../../nodes/delivery/http/exchange';
import { Transport } from '../../../nodes/delivery/http/transport';
import type { VendorApi } from '../../../nodes/delivery/http/vendorApi';
import { accountOf } from '../../../nodes/delivery/pace/accounts';
import { readPolicy } from '../../../nodes/delivery/pace/policy';

it.each([
	[{ plan: 'growth' }, 'growth'],
	[{ plan: 7 }, undefined],
	[{}, undefined],
])("a vendor's limit is told of the plan in %j", async (options, plan) => {
	const rateLimit = jest.fn(() => ({ bucket: 'all', limit: { requests: 10, perMs: 1 } }));
	const api = { provider: 'vendor', credential: 'vendorApi', account: () => '', rateLimit };
	const context = {
		getExecutionCancelSignal: () => undefined,
		helpers: {
			httpRequestWithAuthentication: async () => ({ statusCode: 200, headers: {}, body: {} }),
		},
	} as unknown as ExchangeContext;
	const policy = readPolicy(options);
	const transport = new Transport({
		api: api as unknown as VendorApi,
		credentials: { baseUrl: 'https://vendor.example' },
		policy,
		account: accountOf('a plan').open({ maxInFlight: policy.maxInFlight }),
		settings: {},
		logger: {} as Logger,
		onFailure: () => undefined,
	});
	const request = { method: 'POST', url: '/messages' } as const;
	await transport.send(context, request, { kind: 'send' });
	expect(rateLimit).toHaveBeenCalledWith(request, plan);
});
