import SwaggerParser from '@apidevtools/swagger-parser';

import { loadContract, readContract } from '../../../sandbox/core/contract';
import { loadVendor, vendorNames } from '../../../sandbox/core/vendors';
import { sendingNodes } from '../nodes';

const names = sendingNodes.map(({ node }) => node.description.name).sort();

it('there is a sandbox for each vendor that has a node', async () => {
	expect(names.length).toBeGreaterThanOrEqual(5);
	expect(await vendorNames()).toEqual(names);
});

it.each(sendingNodes)('$displayName gets in with what the sandbox accepts', async ({ node }) => {
	const { access, credentials } = await loadVendor(node.description.name);
	const types = node.description.credentials?.map(({ name }) => name);
	expect(types).toContain(access.credentialType);
	expect(Object.keys(credentials)).toEqual(expect.arrayContaining(access.fields));
});

it.each(names)('the contract of %s is valid OpenAPI 3.1', async (name) => {
	const contract = readContract(name);
	expect(contract.openapi).toBe('3.1.0');
	await SwaggerParser.validate(contract as never);
});

it.each(names)('%s has a handler for each operation, and no other', async (name) => {
	const vendor = await loadVendor(name);
	expect(vendor.name).toBe(name);
	const operationIds = loadContract(name).operationIds;
	expect(new Set(operationIds).size).toBe(operationIds.length);
	expect(Object.keys(vendor.operations).sort()).toEqual([...operationIds].sort());
});
