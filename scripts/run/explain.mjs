import { userInfo } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../root.mjs';
import { UNREACHED } from './npm.mjs';

/**
 * What a cause looks like in what a program prints, and what to do about it.
 *
 * @typedef {object} Cause
 * @property {RegExp} sign
 * @property {(found: RegExpMatchArray) => string} advice
 */

const CACHE_ADVICE =
	'Make room, or set UNIFIED_MESSAGING_CACHE to a folder on another disk (and TMPDIR, for what is ' +
	'written while it runs).';

/** @type {Cause[]} the surest first */
const CAUSES = [
	{
		sign: /ENOSPC|no space left on device|SQLITE_FULL|disk is full/i,
		advice: () => `The disk is full. ${CACHE_ADVICE}`,
	},
	{
		sign: UNREACHED,
		advice: ([, code]) =>
			`npm cannot reach its registry (${code}). Check the connection; behind a proxy, set npm's ` +
			'"proxy" and "https-proxy". "npm ping" tells whether it works.',
	},
	{
		sign: /gyp ERR!|not found: make|g\+\+: not found/,
		advice: () =>
			"n8n's database driver, sqlite3, could not be made. Its binary is downloaded from its makers' " +
			'releases, or compiled, which needs Python 3, make and a C++ compiler ("apt-get install ' +
			'python3 make g++" on Debian and Ubuntu, "xcode-select --install" on macOS).',
	},
	{
		sign: /EADDRINUSE[^\n]*?:(\d+)|port (\d+) is already in use/i,
		advice: ([, one, other]) =>
			`Port ${one ?? other} was taken by another program a moment ago. Run this again.`,
	},
	{
		sign: /(?:EACCES|EPERM|EROFS)[^\n]*?'([^'\n]+)'/,
		advice: ([, path]) =>
			`${userInfo().username} may not write to ${path}. Give that folder to yourself (chown), or ` +
			'for the cache set UNIFIED_MESSAGING_CACHE to a folder of your own.',
	},
	{
		sign: /(?:ENOTDIR|EEXIST)[^\n]*?'([^'\n]+)'/,
		advice: ([, path]) =>
			`${path} is, or lies below, a file where a folder should be. Move it away.`,
	},
];

const DAMAGED =
	/Cannot find (?:module|package)|ERR_MODULE_NOT_FOUND|ERR_DLOPEN_FAILED|invalid ELF header|SQLite package has not been found/;

// A file that was cut off or overwritten, named in the line before its code, or in that of its JSON.
const UNREADABLE =
	/^\S*[/\\]node_modules[/\\]\S+:\d+\n(?:[^\n]*\n){0,5}SyntaxError|Invalid package config \S*[/\\]node_modules[/\\]/m;

/**
 * Whose files a program has looked for in vain, or could not load.
 *
 * @param {string} text
 * @returns {string | undefined}
 */
function damage(text) {
	if (!DAMAGED.test(text) && !UNREADABLE.test(text)) return undefined;
	const [installed] = text.match(/(?:\/|[A-Z]:\\)[^\s'"]*?(?=[/\\]node_modules[/\\])/) ?? [];
	const own = ROOT.replace(/[/\\]$/, '');
	const folder = !installed || installed === own ? join(own, 'node_modules') : installed;
	return `${folder} is damaged. Remove it and run this again: it is installed anew.`;
}

/**
 * What went wrong and what to do about it, where that is known, before the words of whatever failed.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function explain(error) {
	const said = error instanceof Error ? error.message : String(error);
	const known = CAUSES.map(({ sign, advice }) => {
		const found = said.match(sign);
		return found ? advice(found) : undefined;
	}).find(Boolean);
	const advice = known ?? damage(said);
	return advice ? `${said}\n\n${advice}` : said;
}
