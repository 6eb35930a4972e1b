// Loaded into n8n with --require: notes when n8n's event loop turned, how much memory n8n held at
// most, how many connections were refused to it and, if asked, what it spent its time with. Asked
// over HTTP: POST starts over (POST /profile with the profiler on), GET stops and reads.
const { subscribe } = require('node:diagnostics_channel');
const { writeFileSync } = require('node:fs');
const { createServer } = require('node:http');
const { Session } = require('node:inspector/promises');

const BEAT_MS = 5;

const [, program = '', command] = process.argv;
// The options that load this reach n8n's children and parents too.
if (/[\\/]bin[\\/]n8n$/.test(program) && command === 'start') watch();

function watch() {
	let beats = [];
	let refused = 0;
	let session;

	setInterval(() => beats.push(now()), BEAT_MS).unref();
	subscribe('http.client.request.error', ({ error }) => {
		if (error.code === 'ECONNREFUSED') refused++;
	});

	async function start(withProfile) {
		forgetPeak();
		if (withProfile) session = await startProfiler();
		beats = [now()];
		refused = 0;
	}

	async function read() {
		const peakMiB = process.resourceUsage().maxRSS / 1024;
		const readings = { beats, clock: { wall: Date.now(), now: now() }, refused, peakMiB };
		const profile = session && (await session.post('Profiler.stop')).profile;
		session?.disconnect();
		session = undefined;
		return { ...readings, profile };
	}

	createServer(async ({ method, url }, response) => {
		const answer = method === 'POST' ? await start(url === '/profile') : await read();
		response.end(JSON.stringify(answer ?? {}));
	})
		.listen(Number(process.env.BENCH_MONITOR_PORT), '127.0.0.1')
		.unref();
}

/** In ms, by the clock of the profiler. */
function now() {
	return Number(process.hrtime.bigint()) / 1e6;
}

async function startProfiler() {
	const session = new Session();
	session.connect();
	await session.post('Profiler.enable');
	await session.post('Profiler.start');
	return session;
}

/** Linux can measure the peak anew. Elsewhere it is that of the whole life of the process. */
function forgetPeak() {
	try {
		writeFileSync('/proc/self/clear_refs', '5');
	} catch {
		// Not Linux.
	}
}
