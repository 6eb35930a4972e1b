import { join } from 'node:path';
import { ensureProgram, onPath } from './programs.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC_APPLICATIONS = ['Google Chrome', 'Chromium'];
const WINDOWS_FOLDERS = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'];

/** @returns {string[]} where it may be, the likeliest first */
function places() {
	const { CHROMIUM_PATH } = process.env;
	const onMac = MAC_APPLICATIONS.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
	const onWindows = WINDOWS_FOLDERS.flatMap((name) => process.env[name] ?? []).map((folder) =>
		join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
	);
	return [...(CHROMIUM_PATH ? [CHROMIUM_PATH] : []), ...onPath(NAMES), ...onMac, ...onWindows];
}

/**
 * Chromium or Chrome, in which the tests open n8n's editor.
 *
 * @returns {Promise<string>} its path
 */
export const ensureChromium = () =>
	ensureProgram({
		name: 'Chromium or Chrome',
		places,
		debianPackage: 'chromium',
		advice:
			'Install it ("apt-get install chromium" on Debian and Ubuntu, google.com/chrome elsewhere), ' +
			'or set CHROMIUM_PATH to where it is.',
	});
