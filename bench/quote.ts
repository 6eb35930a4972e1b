// npm run bench:quote: puts what bench/results.json says into the documents that quote it.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { ROOT } from '../scripts/root.mjs';
import { QUOTING, withQuotations } from './quoted';

async function main(): Promise<void> {
	const results = JSON.parse(await readFile(join(ROOT, 'bench/results.json'), 'utf8'));
	for (const document of QUOTING) {
		const path = join(ROOT, document);
		const text = await readFile(path, 'utf8');
		const style = { ...(await resolveConfig(path)), filepath: path };
		await writeFile(path, await format(withQuotations(text, results), style));
	}
}

void main();
