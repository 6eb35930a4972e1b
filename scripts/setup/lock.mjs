// A lock between processes with nothing but Node.js, because it is needed before anything is
// installed. It is a folder: only one process can make it, and its owner keeps its date fresh.
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const BEAT_MS = 2_000;
const STALE_MS = 30_000;
const POLL_MS = 500;

/** @param {unknown} error */
const codeOf = (error) => /** @type {NodeJS.ErrnoException} */ (error).code;

/** @param {number} pid */
function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return codeOf(error) === 'EPERM';
	}
}

/**
 * @param {string} lock
 * @returns {Promise<{ id?: string, pid?: number, host?: string }>}
 */
async function ownerOf(lock) {
	try {
		return JSON.parse(await readFile(join(lock, 'owner.json'), 'utf8'));
	} catch {
		// Made a moment ago and not signed yet, or just released.
		return {};
	}
}

/**
 * Takes away a lock whose owner is gone: killed on this machine, or silent for long.
 *
 * @param {string} lock
 */
async function removeIfAbandoned(lock) {
	const owner = await ownerOf(lock);
	const dead = owner.host === hostname() && owner.pid !== undefined && !isAlive(owner.pid);
	const silent = await stat(lock).then(
		({ mtimeMs }) => Date.now() - mtimeMs > STALE_MS,
		() => false,
	);
	if (!dead && !silent) return;

	// Of several that wait, one moves it away; whoever moved a newer lock by mistake puts it back.
	const aside = `${lock}.${randomUUID()}`;
	try {
		await rename(lock, aside);
		if ((await ownerOf(aside)).id === owner.id) await rm(aside, { recursive: true, force: true });
		else await rename(aside, lock);
	} catch (error) {
		if (codeOf(error) !== 'ENOENT') throw error;
	}
}

/**
 * Does the work while no other process does work under the same name.
 *
 * @template T
 * @param {string} path what is worked on; the lock lies beside it
 * @param {() => Promise<T>} work
 * @param {() => void} [onWait] called once if another process is at it
 * @returns {Promise<T>}
 */
export async function withLock(path, work, onWait = () => {}) {
	const lock = `${path}.lock`;
	await mkdir(dirname(lock), { recursive: true });
	for (let waited = false; ; waited = true) {
		try {
			await mkdir(lock);
			break;
		} catch (error) {
			if (codeOf(error) !== 'EEXIST') throw error;
		}
		if (!waited) onWait();
		await removeIfAbandoned(lock);
		await sleep(POLL_MS);
	}

	const owner = { id: randomUUID(), pid: process.pid, host: hostname() };
	await writeFile(join(lock, 'owner.json'), JSON.stringify(owner));
	const beat = setInterval(() => {
		const now = new Date();
		utimes(lock, now, now).catch(() => {});
	}, BEAT_MS);
	beat.unref();
	try {
		return await work();
	} finally {
		clearInterval(beat);
		await rm(lock, { recursive: true, force: true });
	}
}
