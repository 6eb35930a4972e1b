import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { SandboxVendor } from './vendor';

const folder = join(__dirname, '..', 'vendors');

/** Whatever stands in `sandbox/vendors` is a vendor: `<name>.ts` or a folder `<name>`. */
export async function vendorNames(): Promise<string[]> {
	const entries = await readdir(folder, { withFileTypes: true });
	return entries
		.filter((entry) => entry.isDirectory() || entry.name.endsWith('.ts'))
		.map((entry) => entry.name.replace(/\.ts$/, ''))
		.sort();
}

export async function loadVendor(name: string): Promise<SandboxVendor> {
	const { default: vendor } = (await import(join(folder, name))) as { default: SandboxVendor };
	return vendor;
}
