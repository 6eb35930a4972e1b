import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import { ROOT } from '../../scripts/root.mjs';
import packageJson from '../../package.json';
import { type Contract, contractOf } from './described';

export const STORED = join(ROOT, 'test/contract/contract.json');

/** The contract of the built package. */
export function builtContract(): Contract {
	const load = createRequire(join(ROOT, 'package.json'));
	const made = <T>(path: string): T => {
		const [Exported] = Object.values(load(join(ROOT, path))) as Array<new () => T>;
		return new Exported();
	};
	const { nodes, credentials } = packageJson.n8n;
	return contractOf(
		nodes.map((path) => made<INodeType>(path)),
		credentials.map((path) => made<ICredentialType>(path)),
	);
}
