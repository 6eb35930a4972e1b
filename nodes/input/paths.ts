const MOST = 10;
const DEEPEST = 4;
/** A key that can stand in a path as it is. */
const PLAIN_KEY = /^[^.[\]{}]+$/;

/**
 * The ways to the values inside an object or a list, such as city and geo.lat, so that somebody who
 * gave the whole can be told how to name a part. At most ten.
 */
export function pathsIn(value: unknown): string[] {
	const paths: string[] = [];
	collect(value, [], paths);
	return paths;
}

function collect(value: unknown, way: string[], paths: string[]): void {
	if (typeof value !== 'object' || value === null) {
		if (value !== null && value !== undefined) paths.push(way.join('.'));
		return;
	}
	if (way.length === DEEPEST) return;
	for (const [key, inner] of Object.entries(value)) {
		if (paths.length >= MOST) return;
		if (PLAIN_KEY.test(key)) collect(inner, [...way, key], paths);
	}
}
