import ts from 'typescript';

/**
 * What is otherwise in the source of a package with one vendor.
 *
 * @typedef {object} Changes
 * @property {Map<string, string>} texts what a text that is exactly this becomes
 * @property {Map<string, string>} words what a part of a text becomes
 * @property {Map<string, string>} classes what a class of this name is called
 * @property {(name: string, value: string) => boolean} isGone whether an object in a list goes, by the
 *   name and the text of one of its properties
 */

/** @typedef {{ start: number, end: number, text: string }} Edit */

/**
 * Changes the source of a file where its syntax says that a text, a class or an entry of a list is
 * meant, and leaves every other letter as it is.
 *
 * @param {string} source
 * @param {Changes} changes
 * @returns {string}
 */
export function changed(source, changes) {
	const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
	/** @type {Edit[]} */
	const edits = [];

	/** @param {ts.Node} node */
	const visit = (node) => {
		if (ts.isArrayLiteralExpression(node)) {
			for (const element of node.elements) {
				if (isGone(element, changes)) edits.push(removal(element, source));
				else visit(element);
			}
			return;
		}
		if (ts.isStringLiteral(node)) {
			const text = textOf(node.text, changes);
			if (text !== node.text)
				edits.push({ start: node.getStart(), end: node.end, text: quoted(text) });
		}
		if (ts.isClassDeclaration(node) && node.name) {
			const name = changes.classes.get(node.name.text);
			if (name) edits.push({ start: node.name.getStart(), end: node.name.end, text: name });
		}
		ts.forEachChild(node, visit);
	};
	visit(file);

	return edits.length === 0 ? source : withoutUnusedImports(edited(source, edits));
}

/**
 * @param {string} source
 * @param {Edit[]} edits
 */
const edited = (source, edits) =>
	edits
		.sort((a, b) => b.start - a.start)
		.reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), source);

/**
 * What only an entry that is gone has used.
 *
 * @param {string} source
 */
function withoutUnusedImports(source) {
	const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
	/** @type {Set<string>} */
	const used = new Set();
	/** @type {ts.ImportSpecifier[]} */
	const imported = [];
	/** @param {ts.Node} node */
	const visit = (node) => {
		if (ts.isImportSpecifier(node)) imported.push(node);
		else if (ts.isIdentifier(node)) used.add(node.text);
		ts.forEachChild(node, ts.isImportSpecifier(node) ? () => {} : visit);
	};
	visit(file);
	const unused = imported.filter(({ name }) => !used.has(name.text));
	return edited(
		source,
		unused.map((specifier) => removal(specifier, source)),
	);
}

/**
 * @param {string} text
 * @param {Changes} changes
 */
function textOf(text, { texts, words }) {
	const whole = texts.get(text);
	if (whole !== undefined) return whole;
	return [...words].reduce((changed, [from, to]) => changed.replaceAll(from, to), text);
}

/**
 * @param {ts.Expression} element
 * @param {Changes} changes
 */
function isGone(element, changes) {
	if (!ts.isObjectLiteralExpression(element)) return false;
	return element.properties.some(
		(property) =>
			ts.isPropertyAssignment(property) &&
			ts.isIdentifier(property.name) &&
			ts.isStringLiteral(property.initializer) &&
			changes.isGone(property.name.text, property.initializer.text),
	);
}

/**
 * An entry of a list with the comma behind it.
 *
 * @param {ts.Node} element
 * @param {string} source
 * @returns {Edit}
 */
function removal(element, source) {
	const [comma] = /^\s*,/.exec(source.slice(element.end)) ?? [''];
	return { start: element.getFullStart(), end: element.end + comma.length, text: '' };
}

/** @param {string} text */
const quoted = (text) => `'${text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n')}'`;

/**
 * What the build makes of a file: each is compiled for itself, with the compiler's settings of the
 * repository. Types were checked when the whole package was built.
 *
 * @param {string} source
 * @param {ts.CompilerOptions} compilerOptions
 */
export const compiled = (source, compilerOptions) =>
	ts.transpileModule(source, { compilerOptions }).outputText;
