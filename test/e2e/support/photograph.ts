import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { ROOT } from '../../../scripts/root.mjs';

const FOLDER = join(ROOT, 'docs', 'screenshots');
/** What lies over the part that is meant. */
const HIDE = '.el-notification, [role="tooltip"] { visibility: hidden !important; }';

/** Takes the picture of a part of the editor for the README, when SCREENSHOTS=1 asks for pictures. */
export async function photograph(part: Locator, name: string): Promise<void> {
	if (process.env.SCREENSHOTS !== '1') return;
	await part.screenshot({
		path: join(FOLDER, `${name}.png`),
		animations: 'disabled',
		style: HIDE,
	});
}
