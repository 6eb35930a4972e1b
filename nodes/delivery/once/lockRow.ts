import type { IExecuteFunctions, INode } from 'n8n-workflow';

import type { LockRow } from './once';

const SUFFIX = '/lock';
const PLAIN = { configurable: true, enumerable: true };

/**
 * A second row of a node, for the lock of its first. n8n has one row for each node ID, and asks the node
 * for its ID when it is called: for that moment, in which nothing else can run, it gets another one.
 *
 * @throws from each call, where n8n does not ask for the ID within it: then it would be the wrong row
 */
export function lockRow(context: IExecuteFunctions): LockRow {
	const { helpers } = context;
	// The one that n8n itself looks at; getNode gives a copy.
	const { node } = context as IExecuteFunctions & { node?: INode };
	return {
		checkProcessedAndRecord: async (...given) =>
			await underOtherId(node, async () => await helpers.checkProcessedAndRecord(...given)),
		clearAllProcessedItems: async (...given) =>
			await underOtherId(node, async () => await helpers.clearAllProcessedItems(...given)),
	};
}

async function underOtherId<T>(node: INode | undefined, call: () => Promise<T>): Promise<T> {
	if (node === undefined) throw new Error(NO_LOCK);
	const { id } = node;
	let isAsked = false;
	Object.defineProperty(node, 'id', {
		...PLAIN,
		get: () => {
			isAsked = true;
			return id + SUFFIX;
		},
	});
	let called: Promise<T>;
	try {
		called = call();
	} finally {
		Object.defineProperty(node, 'id', { ...PLAIN, value: id, writable: true });
	}
	const done = await called;
	if (!isAsked) throw new Error(NO_LOCK);
	return done;
}

const NO_LOCK = 'this version of n8n has no lock for it';
