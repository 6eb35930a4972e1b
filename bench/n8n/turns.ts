import type { Profiler } from 'node:inspector';

import type { Readings } from './measuredN8n';

const BEAT_MS = 5;
/** The package as n8n has installed it. */
const OURS = /[\\/]node_modules[\\/]n8n-nodes-unified-messaging[\\/]/;
/** V8's own work, which goes to the account of whoever ran before. */
const NOBODYS = new Set(['(garbage collector)', '(program)']);

export interface Span {
	from: number;
	to: number;
}

/** The longest time within a span, by the wall clock, in which the event loop did not turn. */
export function longestBlockMs({ beats, clock }: Readings, wall: Span): number {
	const offset = clock.now - clock.wall;
	const [from, to] = [wall.from + offset, wall.to + offset];
	let longest = 0;
	for (let i = 1; i < beats.length; i++) {
		const start = Math.max(beats[i - 1] + BEAT_MS, from);
		longest = Math.max(longest, Math.min(beats[i], to) - start);
	}
	return longest;
}

/**
 * The longest time within one turn of the event loop that went to this package: with its code, or
 * what its code had called, on the stack.
 */
export function longestOwnTurnMs({ beats, profile }: Readings): number {
	if (!profile) throw new Error('This run was not profiled');
	const isOurs = ownNodes(profile);
	const names = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame.functionName]));
	const { samples = [], timeDeltas = [] } = profile;
	let time = profile.startTime / 1000;
	let turn = 0;
	let own = 0;
	let longest = 0;
	let wasOurs = false;
	for (const [index, sample] of samples.entries()) {
		const deltaMs = timeDeltas[index] / 1000;
		time += deltaMs;
		if (!NOBODYS.has(names.get(sample) ?? '')) wasOurs = isOurs.has(sample);
		while (turn < beats.length && beats[turn] <= time) {
			turn++;
			own = 0;
		}
		if (wasOurs) own += deltaMs;
		longest = Math.max(longest, own);
	}
	return longest;
}

/** The nodes of the profile's tree at or below a function of this package. */
function ownNodes({ nodes }: Profiler.Profile): Set<number> {
	const byId = new Map(nodes.map((node) => [node.id, node]));
	const own = new Set<number>();
	const queue = nodes.filter(({ callFrame }) => OURS.test(callFrame.url));
	for (let node = queue.pop(); node; node = queue.pop()) {
		if (own.has(node.id)) continue;
		own.add(node.id);
		for (const child of node.children ?? []) {
			const found = byId.get(child);
			if (found) queue.push(found);
		}
	}
	return own;
}
