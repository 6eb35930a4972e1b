import { mkdtemp } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import { startServer } from '../run/server.mjs';
import { ensureProgram, onPath } from './programs.mjs';

const READY_WITHIN_MS = 30_000;
const NAMES = ['redis-server', 'valkey-server'];

/** @returns {Promise<string>} the path of Redis, which n8n's queue lives in */
export const ensureRedis = () =>
	ensureProgram({
		name: 'Redis',
		places: () => onPath(NAMES),
		debianPackage: 'redis-server',
		advice:
			'Install it ("apt-get install redis-server" on Debian and Ubuntu, "brew install redis" on ' +
			'macOS), so that redis-server is on the PATH.',
	});

/** @typedef {{ host: string, port: number, stop: () => Promise<void> }} RunningRedis */

/**
 * @param {number} port
 * @returns {Promise<true | undefined>} whether Redis answers there
 */
function answers(port) {
	return new Promise((resolve) => {
		const socket = connect({ host: '127.0.0.1', port }, () => socket.write('PING\r\n'));
		/** @param {true} [answer] */
		const end = (answer) => {
			socket.destroy();
			resolve(answer);
		};
		socket.once('data', (data) => end(data.toString().startsWith('+PONG') ? true : undefined));
		socket.once('error', () => end());
		socket.setTimeout(1_000, () => end());
	});
}

/**
 * A Redis of its own on a free port, which keeps nothing.
 *
 * @returns {Promise<RunningRedis>}
 */
export async function startRedis() {
	const program = await ensureRedis();
	const port = await getPort();
	const folder = await mkdtemp(join(tmpdir(), 'redis-'));
	const settings = {
		port: String(port),
		bind: '127.0.0.1',
		dir: folder,
		save: '',
		appendonly: 'no',
	};
	const server = await startServer({
		name: 'Redis',
		command: program,
		args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
		folder,
		isReady: () => answers(port),
		readyWithinMs: READY_WITHIN_MS,
	});
	return { host: '127.0.0.1', port, stop: server.stop };
}
