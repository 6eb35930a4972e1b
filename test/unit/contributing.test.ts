import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import packageJson from '../../package.json';
import { vendorNames } from '../../scripts/newVendor/names.mjs';
import { filledIn, readTemplates } from '../../scripts/newVendor/templates.mjs';

const root = join(__dirname, '../..');
const document = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');

/** The code that the document quotes, with the file that it is from. */
const quotes = [...document.matchAll(/^`([^`]+)`:\n\n```ts\n([^]*?)```/gm)].map(
	([, path, code]) => ({ path, code }),
);

/** What the generator writes for Acme, by path. */
let written: Map<string, string>;
beforeAll(async () => {
	const names = { ...vendorNames('acme'), packageName: packageJson.name };
	const files = (await readTemplates()).map(({ path, text }) => [path, filledIn(text, names)]);
	written = new Map(files as Array<[string, string]>);
});

it('quotes the steps of a vendor, and no code of another origin', () => {
	expect(quotes.map(({ path }) => path)).toEqual([
		'nodes/Acme/api.ts',
		'nodes/Acme/message.ts',
		'nodes/Acme/results.ts',
		'nodes/Acme/operations/send.ts',
		'nodes/Acme/readBack.ts',
		'nodes/Acme/operations/bulkSend.ts',
		'nodes/Acme/operations/sendAndWait.ts',
		'test/engine/acme/contract.test.ts',
	]);
	expect(document.match(/```ts/g)).toHaveLength(quotes.length);
});

it.each(quotes)('quotes $path as the generator writes it', ({ path, code }) => {
	expect(written.get(path)).toContain(code);
});

it('names files that there are, of Acme those that the generator writes', () => {
	const spans = [...document.matchAll(/`((?:nodes|sandbox|test|credentials)\/[\w/.]+)`/g)];
	const paths = spans.map(([, path]) => path);
	expect(paths.length).toBeGreaterThan(20);
	const isThere = (path: string) =>
		/acme/i.test(path)
			? [...written.keys()].some((file) => file === path || file.startsWith(`${path}/`))
			: existsSync(join(root, path));
	expect(paths.filter((path) => !isThere(path))).toEqual([]);
});

it('names scripts that there are', () => {
	const scripts = [...document.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name);
	expect(scripts).toContain('new-vendor');
	expect(Object.keys(packageJson.scripts)).toEqual(expect.arrayContaining(scripts));
});
