import { readFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { explain } from '../../../scripts/run/explain.mjs';
import { ROOT } from '../../../scripts/root.mjs';
import { inMinutes } from '../../../scripts/setup/firstTime.mjs';
import { expectNode, OLDEST } from '../../../scripts/setup/nodeVersion.mjs';
import { expectRoom } from '../../../scripts/setup/room.mjs';

const NPM_FAILED = 'node npm-cli.js ci ended with code 1\n';

describe('what is wrong is said in plain words, after the words of whatever failed', () => {
	it.each([
		['a full disk', `${NPM_FAILED}npm error code ENOSPC`, /The disk is full\. Make room, or set/],
		['a full disk while n8n runs', 'SQLITE_FULL: database or disk is full', /The disk is full/],
		[
			'no network',
			`${NPM_FAILED}npm error code ECONNREFUSED\nnpm error errno ECONNREFUSED`,
			/npm cannot reach its registry \(ECONNREFUSED\)\. Check the connection/,
		],
		[
			'no names',
			`${NPM_FAILED}npm ERR! code EAI_AGAIN`,
			/npm cannot reach its registry \(EAI_AGAIN\)/,
		],
		[
			'no compiler',
			'gyp ERR! stack Error: not found: make',
			/sqlite3, could not be made.*Python 3/,
		],
		[
			'a port taken at the last moment',
			"n8n gets ready: it ended before\nn8n's port 5678 is already in use.",
			/Port 5678 was taken by another program a moment ago\. Run this again\./,
		],
		[
			'a port taken, in the words of Node.js',
			'Error: listen EADDRINUSE: address already in use 127.0.0.1:4010',
			/Port 4010 was taken/,
		],
		[
			"somebody else's folder",
			"EACCES: permission denied, mkdir '/nonexistent/.cache'",
			new RegExp(`${userInfo().username} may not write to /nonexistent/\\.cache\\.`),
		],
		[
			'a file in the way',
			"ENOTDIR: not a directory, mkdir '/home/me/cache/n8n'",
			/\/home\/me\/cache\/n8n is, or lies below, a file/,
		],
		[
			'a damaged n8n',
			"Error: Cannot find module 'express'\nRequire stack:\n- /home/me/.cache/um/n8n-2.40.7-abc/node_modules/n8n/dist/server.js",
			/\/home\/me\/\.cache\/um\/n8n-2\.40\.7-abc is damaged\. Remove it and run this again/,
		],
		[
			'a native part of another system',
			'/cache/n8n-1/node_modules/sqlite3/build/Release/node_sqlite3.node: invalid ELF header',
			/\/cache\/n8n-1 is damaged/,
		],
		[
			"a damaged driver, in n8n's words",
			'SQLite package has not been found installed.\n at SqliteLibrary (/cache/n8n-2/node_modules/@n8n/typeorm/x.js:30:19)',
			/\/cache\/n8n-2 is damaged/,
		],
		[
			'a file of n8n that was cut off',
			"/cache/n8n-3/node_modules/express/lib/express.js:1\n'use\n^\n\nSyntaxError: Invalid or unexpected token",
			/\/cache\/n8n-3 is damaged/,
		],
		[
			'a description of a package that was cut off',
			'Error: Invalid package config /cache/n8n-4/node_modules/express/package.json.',
			/\/cache\/n8n-4 is damaged/,
		],
		[
			'damaged development dependencies',
			`Cannot find package 'axios' imported from ${join(ROOT, 'scripts', 'sandbox.mjs')}`,
			new RegExp(`${join(ROOT, 'node_modules')} is damaged`),
		],
	])('%s', (_, said, advice) => {
		const told = explain(new Error(said));
		expect(told.startsWith(`${said}\n\n`)).toBe(true);
		expect(told.slice(said.length)).toMatch(advice);
	});

	it('a mistake in code of our own is no damage', () => {
		const said = `${join(ROOT, 'scripts', 'sandbox.mjs')}:3\nconst\n^\n\nSyntaxError: x\n    at node_modules/tsx/x.js`;
		expect(explain(new Error(said))).toBe(said);
	});

	it('what is not known is left as it is', () => {
		expect(explain(new Error('It broke'))).toBe('It broke');
		expect(explain('It broke')).toBe('It broke');
	});
});

describe('an old Node.js', () => {
	it.each(['14.21.3', '18.20.8', '20.14.0'])('%s is refused', (version) => {
		expect(() => expectNode(version)).toThrow(
			`This needs Node.js 20.15 or newer, and this is Node.js ${version}.`,
		);
	});

	it.each(['20.15.0', '20.20.1', '22.0.0', '24.21.0'])('%s is taken', (version) => {
		expect(() => expectNode(version)).not.toThrow();
	});

	// Debian 11 and Ubuntu 22.04 have Node.js 12, which must be able to read what says so.
	it.each(['start.mjs', 'test.mjs', 'run/main.mjs', 'setup/nodeVersion.mjs'])(
		'can read scripts/%s',
		(file) => {
			const code = readFileSync(join(ROOT, 'scripts', file), 'utf8');
			const read = (target: string) => transformSync(code, { format: 'esm', target }).code;
			expect(read('node12.22')).toBe(read('esnext'));
			expect(code).not.toMatch(/^import .*'node:/m);
		},
	);

	it('is what package.json says', () => {
		const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
		expect(engines.node).toBe(`>=${OLDEST.join('.')}`);
	});
});

describe('room on the disk', () => {
	it('is enough', async () => {
		await expect(expectRoom(tmpdir(), 1, 'n8n')).resolves.toBeUndefined();
	});

	it('is missing, which is said before anything is written', async () => {
		await expect(expectRoom(tmpdir(), 1e18, 'n8n 2.40.7')).rejects.toThrow(
			/^There is no room for n8n 2\.40\.7: it needs 931322574\.6 GB, and \d.* are free in .*UNIFIED_MESSAGING_CACHE/,
		);
		await expect(expectRoom(tmpdir(), 1e18, 'n8n', 'TMPDIR')).rejects.toThrow(/or set TMPDIR to/);
		await expect(expectRoom(tmpdir(), 1e18, 'this', null)).rejects.toThrow(
			/or move this folder to/,
		);
	});
});

it('the first time is told in minutes, with what it is for', () => {
	const parts = [
		{ what: 'development dependencies', seconds: 60 },
		{ what: 'n8n 2.40.7 (2 GB)', seconds: 90 },
	];
	expect(inMinutes(parts)).toBe(
		'The first time takes about 3 minutes more, for what is installed once: development dependencies, n8n 2.40.7 (2 GB).',
	);
	expect(inMinutes(parts.slice(0, 1))).toMatch(/about a minute more/);
});
