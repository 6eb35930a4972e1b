import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../scripts/root.mjs';
import { importExample } from '../../../scripts/start/import.mjs';
import { connections, type N8nClient } from './n8n';
import { PACKAGE } from './package';

const EXAMPLES = join(ROOT, 'examples');

/** The examples that somebody runs by hand. */
export const examples = readdirSync(EXAMPLES)
	.filter((file) => file.endsWith('.json'))
	.filter((file) => readFileSync(join(EXAMPLES, file), 'utf8').includes('.manualTrigger"'));

/** The examples that somebody runs by hand and that have nodes of one vendor only. */
export const examplesOf = (node: string): string[] =>
	examples.filter((file) => {
		const text = readFileSync(join(EXAMPLES, file), 'utf8');
		const types = [...text.matchAll(new RegExp(`"${PACKAGE.name}\\.(\\w+)"`, 'g'))];
		return types.every(([, type]) => type === node);
	});

/** Another package that has the same nodes. */
export interface OtherPackage {
	name: string;
	/** By their types in this package. */
	credentialTypes: Record<string, string>;
}

/** The vendors' accounts, opened with the credentials of another package. */
const accountsFor = ({ credentialTypes }: OtherPackage) =>
	connections().sandbox.vendors.map((vendor) => {
		const { credentialType } = vendor.access;
		const type = credentialTypes[credentialType] ?? credentialType;
		return { ...vendor, access: { ...vendor.access, credentialType: type } };
	});

/** A node of a workflow becomes the same node of another package. */
export function moveTo(
	{ name, credentialTypes }: OtherPackage,
	node: { type: string; credentials?: Record<string, unknown> },
): void {
	node.type = node.type.replace(`${PACKAGE.name}.`, `${name}.`);
	if (!node.credentials) return;
	node.credentials = Object.fromEntries(
		Object.entries(node.credentials).map(([type, one]) => [credentialTypes[type] ?? type, one]),
	);
}

/** Imports an example, runs it to its end and expects that all went well. */
export async function expectToRun(
	file: string,
	client: N8nClient,
	other: OtherPackage = { name: PACKAGE.name, credentialTypes: {} },
): Promise<void> {
	const { id } = await importExample(join(EXAMPLES, file), client, accountsFor(other), (node) =>
		moveTo(other, node),
	);
	try {
		const execution = await client.runWorkflow(id);
		expect(execution.data.resultData.error).toBeUndefined();
		expect(execution.status).toBe('success');
	} finally {
		await client.deleteWorkflow(id);
	}
}
