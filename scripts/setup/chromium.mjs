import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from '../run/command.mjs';
import { withProgress } from '../run/progress.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC_APPLICATIONS = ['Google Chrome', 'Chromium'];
const WINDOWS_FOLDERS = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'];

/** @param {string} path */
function isProgram(path) {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/** @returns {string[]} where it may be, the likeliest first */
function places() {
	const { CHROMIUM_PATH, PATH = '' } = process.env;
	const folders = PATH.split(delimiter).filter(Boolean);
	const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
	const onMac = MAC_APPLICATIONS.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
	const onWindows = WINDOWS_FOLDERS.flatMap((name) => process.env[name] ?? []).map((folder) =>
		join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
	);
	return [...(CHROMIUM_PATH ? [CHROMIUM_PATH] : []), ...onPath, ...onMac, ...onWindows];
}

const canInstall = () =>
	process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/etc/debian_version');

/**
 * Chromium or Chrome, in which the tests open n8n's editor.
 *
 * @returns {Promise<string>} its path
 */
export async function ensureChromium() {
	const found = places().find(isProgram);
	if (found) return found;

	if (canInstall()) {
		const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
		await withProgress('Installing Chromium (once)', async () => {
			await run('apt-get', ['update', '-qq'], { env, quiet: true });
			await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
				env,
				quiet: true,
			});
		});
		const installed = places().find(isProgram);
		if (installed) return installed;
	}
	throw new Error(
		'The tests need Chromium or Chrome. Install it ("apt-get install chromium" on Debian and ' +
			'Ubuntu, google.com/chrome elsewhere), or set CHROMIUM_PATH to where it is.',
	);
}
