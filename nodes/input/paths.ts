const MOST = 10;
const DEEPEST = 4;
const MOST_LOOKED_AT = 1_000;
/** A key that can stand in a path as it is. */
const PLAIN_KEY = /^[^.[\]{}]+$/;

/**
 * The ways to the values inside an object or a list, such as city and geo.lat, so that somebody who
 * gave the whole can be told how to name a part. At most ten.
 */
export function pathsIn(value: unknown): string[] {
	const search: Search = { paths: [], left: MOST_LOOKED_AT };
	collect(value, [], search);
	return search.paths;
}

interface Search {
	paths: string[];
	/** How many values may still be looked at. */
	left: number;
}

function collect(value: unknown, way: string[], search: Search): void {
	search.left -= 1;
	if (typeof value !== 'object' || value === null) {
		if (value !== null && value !== undefined) search.paths.push(way.join('.'));
		return;
	}
	if (way.length === DEEPEST) return;
	for (const key of Object.keys(value)) {
		if (search.paths.length >= MOST || search.left <= 0) return;
		const inner: unknown = (value as Record<string, unknown>)[key];
		if (PLAIN_KEY.test(key)) collect(inner, [...way, key], search);
	}
}
