import { type Browser, type Page, chromium } from 'playwright-core';
import { ensureChromium } from '../../../scripts/setup/chromium.mjs';
import { connections } from './n8n';

// Headless, in a container as well, and without the browser's own calls to its maker.
const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

export interface Editor {
	page: Page;
	/** Opens a workflow and, in it, a node's panel with its parameters. */
	openNode(workflowId: string, node: string): Promise<void>;
	close(): Promise<void>;
}

/** n8n's editor in a real browser, signed in as the owner. */
export async function openEditor(): Promise<Editor> {
	const browser = await chromium.launch({ executablePath: await ensureChromium(), args: FLAGS });
	try {
		const page = await signIn(browser);
		return {
			page,
			openNode: (workflowId, node) => openNode(page, workflowId, node),
			close: () => browser.close(),
		};
	} catch (error) {
		await browser.close();
		throw error;
	}
}

async function signIn(browser: Browser): Promise<Page> {
	const { url, owner } = connections().n8n;
	const page = await browser.newPage({ baseURL: url, viewport: { width: 1400, height: 1000 } });
	await page.goto('/signin');
	await page.fill('input[name="emailOrLdapLoginId"]', owner.email);
	await page.fill('input[type="password"]', owner.password);
	await page.keyboard.press('Enter');
	await page.waitForURL((address) => !address.pathname.startsWith('/signin'));
	return page;
}

async function openNode(page: Page, workflowId: string, node: string): Promise<void> {
	await page.goto(`/workflow/${workflowId}`);
	await page.dblclick(`[data-test-id="canvas-node"][data-node-name="${node}"]`);
	await page.waitForSelector('[data-test-id="ndv"]');
}
