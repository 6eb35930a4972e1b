import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import results from '../../bench/results.json';
import { quotations, quoted, QUOTING, withQuotations } from '../../bench/quoted';
import { ROOT } from '../../scripts/root.mjs';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** Markdown as it is meant: Prettier pads tables. */
const meant = (text: string) => text.replace(/ +/g, ' ').replace(/-{3,}/g, '---').trim();

const pages = readdirSync(join(ROOT, 'docs'))
	.filter((file) => file.endsWith('.md'))
	.map((file) => `docs/${file}`);
const documents = [
	'README.md',
	'CONTRIBUTING.md',
	'CHANGELOG.md',
	'SECURITY.md',
	'bench/README.md',
	'docker/README.md',
	'examples/README.md',
	'sandbox/README.md',
	...pages,
];

/** As GitHub makes them of headings. */
const anchorsIn = (path: string) =>
	[...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
		heading
			.toLowerCase()
			.replace(/[^\w\- ]/g, '')
			.replaceAll(' ', '-'),
	);

describe('what is measured', () => {
	it.each(QUOTING)('is quoted in %s as bench/results.json has it: npm run bench:quote', (path) => {
		const found = quotations(read(path));
		expect(found.length).toBeGreaterThan(0);
		for (const [name, said] of found) expect(meant(said)).toBe(meant(quoted(results)[name]));
	});

	it('is quoted somewhere, each of it', () => {
		const all = QUOTING.flatMap((path) => quotations(read(path)).map(([name]) => name));
		expect(all.sort()).toEqual(Object.keys(quoted(results)).sort());
	});

	it('is put between the marks anew', () => {
		const text = 'A\n<!-- measured: killedWorker, by hand -->\nlies\n<!-- /measured -->\nB\n';
		const [[name, said], ...others] = quotations(withQuotations(text, results));
		expect([name, said, others]).toEqual(['killedWorker', quoted(results).killedWorker, []]);
		expect(withQuotations(text, results)).toMatch(/^A\n<!--[^]*-->\nB\n$/);
	});

	it('stands nowhere else in the README', () => {
		const others = read('README.md')
			.replace(/<!-- measured[^]*?<!-- \/measured -->/g, '')
			.replace(/```[^]*?```/g, '')
			.replace(/\]\([^)]*\)|`[^`]*`/g, '');
		const figures = [...others.matchAll(/\b\d[\d,.]*\b[^.\n]{0,20}/g)].map(([figure]) => figure);
		// Versions, and what a clone needs.
		const known = /^(2\.40\.7|1\.123\.81|3\.0|20\.15|24|5 GB|[1-5]\. )/;
		expect(figures.filter((figure) => !known.test(figure) && !/^[1-5]\.?/.test(figure))).toEqual(
			[],
		);
	});
});

it('the table of contents of docs has every page, and the README has its own sections', () => {
	const contents = read('docs/README.md');
	for (const page of pages.filter((one) => one !== 'docs/README.md'))
		expect(contents).toContain(`(${page.replace('docs/', '')})`);
	const [line] = /^\*\*Contents:\*\*.*$/m.exec(read('README.md')) ?? [''];
	const sections = [...read('README.md').matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
	const linked = [...line.matchAll(/\[([^\]]+)\]/g)].map(([, text]) => text);
	expect(linked).toEqual(sections.filter((heading) => heading !== 'License'));
});

it.each(documents)('%s leads to what there is', (path) => {
	const links = [...read(path).matchAll(/\]\((?!https?:|mailto:)([^)\s]*)\)|src="([^"]+)"/g)];
	for (const [, inText, inTag] of links) {
		const [file, anchor] = (inText ?? inTag).split('#');
		const target = file === '' ? path : normalize(join(dirname(path), file));
		expect([path, target, existsSync(join(ROOT, target))]).toEqual([path, target, true]);
		if (anchor && target.endsWith('.md')) {
			expect([path, target, anchorsIn(target)]).toEqual([
				path,
				target,
				expect.arrayContaining([anchor]),
			]);
		}
	}
});
