// Started between a script and a long-running child. When the script dies, in whatever way, its
// end of the pipe to this process closes, and the child and all that it started are stopped: no
// signal handler in the script could promise that for a crash or a SIGKILL.
//
//   node guard.mjs <json: {command, args, stopAfterMs, remove, uid, gid}>
//
// Whatever is written to it means: kill the child at once, as a crash would.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

const { command, args, stopAfterMs, remove, uid, gid } = JSON.parse(process.argv[2] ?? '{}');
const windows = process.platform === 'win32';

// A process group of its own, so that grandchildren (n8n's task runner) are reached as well.
const child = spawn(command, args, {
	stdio: ['ignore', 'inherit', 'inherit'],
	detached: !windows,
	uid,
	gid,
});

/** @param {NodeJS.Signals} signal */
function signalAll(signal) {
	try {
		if (windows || child.pid === undefined) child.kill(signal);
		else process.kill(-child.pid, signal);
	} catch {
		// Already gone.
	}
}

let stopping = false;
function stop() {
	if (stopping) return;
	stopping = true;
	child.kill('SIGTERM');
	setTimeout(() => signalAll('SIGKILL'), stopAfterMs).unref();
}

process.stdin
	.on('end', stop)
	.on('error', stop)
	.on('data', () => signalAll('SIGKILL'));
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
	process.on(signal, stop);

child.on('error', (error) => {
	console.error(error.message);
	process.exit(1);
});
child.on('exit', (code, signal) => {
	signalAll('SIGKILL');
	// What a crashed child leaves behind is still of use to whoever asks why.
	if (remove && stopping)
		rmSync(remove, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
	process.exit(code ?? (signal ? 1 : 0));
});
