import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sendingNodes } from './nodes';

const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');

/** The rows of the first table after the mark, as cells. */
function tableAfter(mark: string): string[][] {
	const lines = readme.slice(readme.indexOf(mark)).split('\n');
	const start = lines.findIndex((line) => line.startsWith('|'));
	const rows = lines.slice(
		start,
		lines.findIndex((line, at) => at > start && !line.startsWith('|')),
	);
	return rows.map((row) =>
		row
			.split('|')
			.slice(1, -1)
			.map((cell) => cell.trim()),
	);
}

describe("the README's coverage table", () => {
	const [[, ...nodeNames], , ...rows] = tableAfter('<!-- coverage');

	it('has a column for every sending node', () => {
		expect(nodeNames.sort()).toEqual(sendingNodes.map(({ displayName }) => displayName).sort());
	});

	it('says of every operation which nodes have it', () => {
		const [[, ...columns], , ...body] = tableAfter('<!-- coverage');
		for (const node of sendingNodes) {
			const column = columns.indexOf(node.displayName);
			const claimed = body.filter((row) => row[column + 1] === '✓').map(([name]) => name);
			expect([node.displayName, claimed.sort()]).toEqual([
				node.displayName,
				node.operations.sort(),
			]);
		}
		expect(rows.length).toBe(9);
	});
});
