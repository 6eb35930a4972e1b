const { execFile } = require('node:child_process');
const { readdir, readFile, rm, writeFile } = require('node:fs/promises');
const { join, relative } = require('node:path');
const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');

const LIBRARIES = 'nodes/input/libraries';
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

/**
 * Puts the libraries that the nodes use into the compiled files that name them, because an
 * installed package has no dependencies, and writes their licences beside.
 */
async function libraries() {
	const { metafile } = await esbuild.build({
		entryPoints: [`${LIBRARIES}/*.ts`],
		outdir: `dist/${LIBRARIES}`,
		allowOverwrite: true,
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		mainFields: ['module', 'main'],
		legalComments: 'none',
		metafile: true,
	});
	await writeFile('dist/THIRD_PARTY_LICENSES', await licences(Object.keys(metafile.inputs)));
}

/** The licences of the packages that some bundled files are of. */
async function licences(files) {
	const folders = files.map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
	const packages = [...new Set(folders)].filter((folder) => folder !== undefined).sort();
	return (await Promise.all(packages.map(licence))).join(`\n${'-'.repeat(80)}\n\n`);
}

async function licence(folder) {
	const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json')));
	const files = (await readdir(folder)).filter((file) => /^licen[cs]e/i.test(file)).sort();
	if (files.length === 0) throw new Error(`${name} has no licence file`);
	const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
	return (
		[`${name} ${version} (${license})`, ...texts.map((text) => text.trim())].join('\n\n') + '\n'
	);
}

/** Copies the light and dark icons beside the compiled nodes and credentials. */
function icons() {
	return src(ICONS, { base: '.', encoding: false }).pipe(dest('dist'));
}

/** Copies the codex files, which place the nodes in the editor's node panel. */
function codex() {
	return src(CODEX, { base: '.' }).pipe(dest('dist'));
}

/**
 * Packs the whole package and one for each vendor into `packages`, with the source of each vendor's
 * package beside, and holds all of it against the rules of n8n's scanner.
 */
async function packages() {
	const { packAll } = await import('./scripts/packages/packAll.mjs');
	const { scan } = await import('./scripts/packages/scan.mjs');
	await rm('packages', { recursive: true, force: true });
	for (const { name, folder, tarball } of await packAll(join(__dirname, 'packages'))) {
		await scan(folder);
		console.log(`${name}: ${relative(__dirname, tarball)}`);
	}
}

exports.clean = clean;
exports['build:compile'] = compile;
exports['build:libraries'] = libraries;
exports['build:icons'] = icons;
exports['build:codex'] = codex;
exports.build = series(clean, parallel(compile, icons, codex), libraries);
exports['pack:all'] = series(exports.build, packages);
exports.default = exports.build;
