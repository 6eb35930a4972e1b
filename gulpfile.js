const { execFile } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { dest, parallel, series, src } = require('gulp');

const ICONS = ['nodes/**/*.svg', 'credentials/**/*.svg'];
const CODEX = 'nodes/**/*.node.json';

/** Removes dist, so that nothing stale is ever packed. */
async function clean() {
	await rm('dist', { recursive: true, force: true });
}

/** Compiles nodes and credentials with the strict tsconfig. */
function compile(done) {
	execFile(process.execPath, [require.resolve('typescript/bin/tsc')], (error, stdout) => {
		if (error) process.stderr.write(stdout);
		done(error);
	});
}

/** Copies the light and dark icons beside the compiled nodes and credentials. */
function icons() {
	return src(ICONS, { base: '.', encoding: false }).pipe(dest('dist'));
}

/** Copies the codex files, which place the nodes in the editor's node panel. */
function codex() {
	return src(CODEX, { base: '.' }).pipe(dest('dist'));
}

exports.clean = clean;
exports['build:compile'] = compile;
exports['build:icons'] = icons;
exports['build:codex'] = codex;
exports.build = series(clean, parallel(compile, icons, codex));
exports.default = exports.build;
