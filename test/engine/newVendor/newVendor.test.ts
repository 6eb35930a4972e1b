import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filledIn, readTemplates } from '../../../scripts/newVendor/templates.mjs';
import { vendorNames } from '../../../scripts/newVendor/names.mjs';
import packageJson from '../../../package.json';
import { Copy } from './copy';

/** Whatever the machine has to do besides: alone it takes about a minute. */
const PATIENCE_MS = 600_000;
jest.setTimeout(PATIENCE_MS);

const GENERATOR = 'scripts/newVendor.mjs';
const TSC = 'node_modules/typescript/bin/tsc';
const ESLINT = 'node_modules/eslint/bin/eslint.js';
const PRETTIER = 'node_modules/prettier/bin/prettier.cjs';
const GULP = 'node_modules/gulp/bin/gulp.js';
const JEST = 'node_modules/jest/bin/jest.js';

let copy: Copy;
/** The files that were written and changed, of a vendor of one word and of one of two. */
let files: string[];
/** The long works, begun together: two after each other on each side. */
let compiled: Promise<string>;
let linted: Promise<string>;
let built: Promise<string>;
let passed: Promise<string[]>;

beforeAll(async () => {
	copy = await Copy.make();
	const said = [await copy.node(GENERATOR, 'acme'), await copy.node(GENERATOR, 'Acme', 'Chat')];
	files = said.flatMap((text) =>
		[...text.matchAll(/^ {2}([\w/.-]+\.\w+)$/gm)].map(([, file]) => file),
	);
	compiled = begun(compile());
	linted = begun(compiled.then(lint, lint));
	built = begun(copy.node(GULP, 'build'));
	passed = begun(built.then(runTests));
}, PATIENCE_MS);
afterAll(async () => {
	await Promise.allSettled([linted, passed]);
	await copy.remove();
});

/** That it fails is told by the test that waits for it. */
function begun<T>(work: Promise<T>): Promise<T> {
	work.catch(() => {});
	return work;
}

/** Types as `npm run types` checks them, of what is new and what that imports. */
async function compile(): Promise<string> {
	const config = {
		extends: './tsconfig.dev.json',
		include: files.filter((file) => file.endsWith('.ts')),
	};
	await writeFile(join(copy.root, 'tsconfig.new.json'), JSON.stringify(config));
	return await copy.node(TSC, '-p', 'tsconfig.new.json');
}

async function lint(): Promise<string> {
	const shipped = files.filter((file) => /^(nodes|credentials)\/.*\.(ts|json)$/.test(file));
	await copy.node(ESLINT, '--no-inline-config', 'package.json', ...shipped);
	return await copy.node(ESLINT, ...files.filter((file) => file.endsWith('.ts')));
}

/** @returns the test files that ran and passed, below test */
async function runTests(): Promise<string[]> {
	const tests = [
		'unit/acme',
		'engine/acme/',
		'unit/descriptions.test',
		'unit/readme',
		'unit/examples',
		'unit/sandbox/contracts',
	];
	const selection = ['--selectProjects', 'unit', 'engine', '--testPathPatterns', ...tests];
	await copy.node(JEST, ...selection, '--json', '--outputFile', 'report.json', '--silent');
	const { testResults } = JSON.parse(await copy.read('report.json')) as {
		testResults: Array<{ name: string }>;
	};
	return testResults.map(({ name }) => name.slice(copy.root.length + '/test/'.length));
}

it('writes the templates as they are for Acme, formatted', async () => {
	const values = { ...vendorNames('acme'), packageName: packageJson.name };
	for (const { path, text } of await readTemplates()) {
		expect([path, await copy.read(path)]).toEqual([path, filledIn(text, values)]);
	}
	expect(files.length).toBeGreaterThan(50);
	await copy.node(PRETTIER, '--check', '--ignore-unknown', ...files);
});

it('is refused where the vendor is there', async () => {
	await expect(copy.node(GENERATOR, 'ACME')).rejects.toThrow('is there already');
});

it('compiles', async () => void (await compiled));

it('passes the rules of lint', async () => void (await linted));

it('builds', async () => void (await built));

it('passes its own tests and those that look at every vendor', async () => {
	expect(await passed).toEqual(
		expect.arrayContaining([
			'engine/acme/contract.test.ts',
			'engine/acme/fields.test.ts',
			'engine/acme/send.test.ts',
			'unit/acme/requests.test.ts',
			'unit/acmeChat/requests.test.ts',
			'unit/descriptions.test.ts',
		]),
	);
});
