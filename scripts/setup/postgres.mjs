import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import getPort from 'get-port';
import { run } from '../run/command.mjs';
import { startServer } from '../run/server.mjs';
import { ensureProgram, onPath } from './programs.mjs';

const READY_WITHIN_MS = 60_000;
const USER = 'n8n';
const DEBIAN = '/usr/lib/postgresql';
const MAC_FOLDERS = ['/opt/homebrew/opt', '/usr/local/opt'];
// Debian's own account for it, then the one that every Unix has.
const ACCOUNTS = ['postgres', 'nobody'];

/** @param {string} folder */
function versionsIn(folder) {
	try {
		return readdirSync(folder).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
	} catch {
		return [];
	}
}

/** Debian and Homebrew keep the server off the PATH. */
const places = () => [
	...versionsIn(DEBIAN).map((version) => join(DEBIAN, version, 'bin', 'postgres')),
	...onPath(['postgres']),
	...MAC_FOLDERS.flatMap((folder) =>
		versionsIn(folder)
			.filter((name) => name.startsWith('postgresql'))
			.map((name) => join(folder, name, 'bin', 'postgres')),
	),
];

/** @returns {Promise<string>} the path of PostgreSQL, which n8n in queue mode needs */
export const ensurePostgres = () =>
	ensureProgram({
		name: 'PostgreSQL',
		places,
		debianPackage: 'postgresql',
		advice:
			'Install it ("apt-get install postgresql" on Debian and Ubuntu, "brew install postgresql" ' +
			'on macOS).',
	});

/**
 * PostgreSQL refuses to run as root.
 *
 * @returns {Promise<{ uid: number, gid: number } | undefined>} whom it runs as, unless as ourselves
 */
async function account() {
	if (process.getuid?.() !== 0) return undefined;
	/** @param {string[]} args */
	const id = async (...args) => Number((await promisify(execFile)('id', args)).stdout);
	for (const name of ACCOUNTS) {
		try {
			return { uid: await id('-u', name), gid: await id('-g', name) };
		} catch {
			// There is no such account.
		}
	}
	throw new Error('PostgreSQL does not run as root. Run the tests as another user.');
}

/**
 * @param {object} what
 * @param {string} what.program
 * @param {string} what.folder
 * @param {string} what.data
 * @param {string} what.password
 * @param {{ uid: number, gid: number }} [what.owner]
 */
async function createDatabase({ program, folder, data, password, owner }) {
	const passwordFile = join(folder, 'password');
	await writeFile(passwordFile, password);
	if (owner) for (const path of [folder, passwordFile]) await chown(path, owner.uid, owner.gid);
	const settings = {
		pgdata: data,
		username: USER,
		pwfile: passwordFile,
		auth: 'scram-sha-256',
		encoding: 'UTF8',
		locale: 'C',
	};
	await run(
		join(dirname(program), 'initdb'),
		[...Object.entries(settings).map(([name, value]) => `--${name}=${value}`), '--no-sync'],
		{ cwd: folder, env: { PATH: process.env.PATH }, quiet: true, ...owner },
	);
}

/**
 * @typedef {object} RunningPostgres
 * @property {string} host
 * @property {number} port
 * @property {string} database
 * @property {string} user
 * @property {string} password
 * @property {() => Promise<void>} stop
 */

/**
 * A PostgreSQL of its own on a free port, which is gone when it is stopped.
 *
 * @returns {Promise<RunningPostgres>}
 */
export async function startPostgres() {
	const program = await ensurePostgres();
	const owner = await account();
	const port = await getPort();
	const password = randomBytes(12).toString('hex');
	const folder = await mkdtemp(join(tmpdir(), 'postgres-'));
	const data = join(folder, 'data');
	try {
		await createDatabase({ program, folder, data, password, owner });
	} catch (error) {
		await rm(folder, { recursive: true, force: true });
		throw error;
	}
	const settings = {
		listen_addresses: '127.0.0.1',
		port: String(port),
		unix_socket_directories: '',
		// Nothing needs to outlive a crash.
		fsync: 'off',
		synchronous_commit: 'off',
		full_page_writes: 'off',
	};
	const pidFile = join(data, 'postmaster.pid');
	const server = await startServer({
		name: 'PostgreSQL',
		command: program,
		args: [
			'-D',
			data,
			...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
		],
		folder,
		...owner,
		// Its own state, on the eighth line of this file: "ready".
		isReady: async () =>
			(await readFile(pidFile, 'utf8').catch(() => '')).split('\n')[7]?.trim() === 'ready'
				? true
				: undefined,
		readyWithinMs: READY_WITHIN_MS,
	});
	return { host: '127.0.0.1', port, database: 'postgres', user: USER, password, stop: server.stop };
}
