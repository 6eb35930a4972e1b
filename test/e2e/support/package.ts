import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from '../../../scripts/root.mjs';

/** What is published. */
export const PACKAGE = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** The types of its nodes: the class in `dist/nodes/Bird/Bird.node.js` is Bird, its node `bird`. */
export const nodeNames: string[] = PACKAGE.n8n.nodes.map((path: string) => {
	const className = basename(path, '.node.js');
	return `${PACKAGE.name}.${className[0].toLowerCase()}${className.slice(1)}`;
});
