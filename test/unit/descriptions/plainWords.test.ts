import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '../../..');

/** Names of formats that say nothing to most people. An ID is shown by its shape instead. */
const UNKNOWN_TO_PEOPLE = /\b(uuids?|guids?|E\.?164)\b/i;

const filesIn = (folder: string, ending: string): string[] =>
	readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith(ending))
		.map((file) => join(ROOT, folder, file));

/** Every text in the code of the package: labels, hints, errors, what a credential test says. */
function textsOf(file: string): string[] {
	const texts: string[] = [];
	const source = ts.createSourceFile(
		file,
		readFileSync(file, 'utf8'),
		ts.ScriptTarget.Latest,
		true,
	);
	const visit = (node: ts.Node): void => {
		// The name of a module is read by nobody.
		if (ts.isImportDeclaration(node)) return;
		if (
			ts.isStringLiteralLike(node) ||
			ts.isTemplateHead(node) ||
			ts.isTemplateMiddleOrTemplateTail(node)
		) {
			texts.push(node.text);
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return texts;
}

const jargonIn = (file: string, texts: string[]): string[] =>
	texts
		.filter((text) => UNKNOWN_TO_PEOPLE.test(text))
		.map((text) => `${relative(ROOT, file)}: ${text}`);

describe('what people read has no names of formats', () => {
	it('in the editor and in errors', () => {
		const files = ['nodes', 'credentials'].flatMap((folder) => filesIn(folder, '.ts'));
		const texts = files.map((file) => ({ file, texts: textsOf(file) }));
		expect(texts.flatMap((one) => one.texts).length).toBeGreaterThan(1000);
		expect(texts.flatMap(({ file, texts }) => jargonIn(file, texts))).toEqual([]);
	});

	it('in the pages of documentation', () => {
		// That page quotes the types of the vendors' own documents.
		const pages = filesIn('docs', '.md').filter((file) => !file.endsWith('coverage.md'));
		const lines = [...pages, join(ROOT, 'README.md')].map((file) => ({
			file,
			texts: readFileSync(file, 'utf8').split('\n'),
		}));
		expect(lines.flatMap(({ file, texts }) => jargonIn(file, texts))).toEqual([]);
	});
});
