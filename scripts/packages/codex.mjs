/**
 * Where n8n's node panel shows a node of the package with one vendor, and by what it is found: by no
 * other vendor's name.
 *
 * @param {{ node: string, alias: string[] }} whole the codex of the node in the whole package
 * @param {string} packageName
 * @param {string[]} own what the vendor's node is found by
 * @param {string[]} others what the nodes of the other vendors are found by
 */
export const codexOf = (whole, packageName, own, others) => ({
	...whole,
	node: whole.node.replace(/^[^.]+/, packageName),
	alias: whole.alias.filter((word) => own.includes(word) || !others.includes(word)),
});
