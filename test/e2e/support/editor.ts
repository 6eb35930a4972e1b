import { type Browser, chromium, type Locator, type Page, selectors } from 'playwright-core';
import { ensureChromium } from '../../../scripts/setup/chromium.mjs';
import { sharedN8n } from './n8n';

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
const PATIENCE_MS = 20_000;

/** n8n's editor in a real browser, signed in as the owner, and what a person does in it. */
export class Editor {
	private constructor(
		private readonly browser: Browser,
		readonly page: Page,
	) {}

	static async open(): Promise<Editor> {
		selectors.setTestIdAttribute('data-test-id');
		const browser = await chromium.launch({ executablePath: await ensureChromium(), args: FLAGS });
		try {
			return new Editor(browser, await signedIn(browser));
		} catch (error) {
			await browser.close();
			throw error;
		}
	}

	async close(): Promise<void> {
		await this.browser.close();
	}

	part(testId: string): Locator {
		return this.page.getByTestId(testId);
	}

	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`/workflow/${id}`);
		await this.adders.first().waitFor();
	}

	/** Opens the panel with all nodes, by what is on the canvas to add a first or a next one. */
	async openNodePanel(): Promise<void> {
		await this.adders.first().click();
		await this.searchBar.waitFor();
	}

	/** What the node panel shows for some words, once it shows all that is expected. */
	async search(words: string, expected: string[]): Promise<string[]> {
		// The panel is a moment behind: what was found before must have gone.
		await this.searchBar.fill('');
		await this.panelItem(expected[0]).waitFor({ state: 'hidden' });
		await this.searchBar.fill(words);
		for (const name of expected) await this.panelItem(name).waitFor();
		return (await this.part('node-creator-item-name').allTextContents()).map((name) => name.trim());
	}

	/** Looks for a node by some words, and adds it with one of its actions, if it has any. */
	async addNode(words: string, name: string, action?: string): Promise<void> {
		await this.openNodePanel();
		await this.searchBar.fill(words);
		await this.panelItem(name).click();
		if (action === undefined) {
			await this.page.getByRole('button', { name: 'Add to workflow' }).click();
		} else await this.panelItem(action).click();
		await this.part('ndv').waitFor();
	}

	async chooseCredential(name: string): Promise<void> {
		await this.part('node-credentials-select').click();
		await this.choose(name);
		await this.options.first().waitFor({ state: 'hidden' });
	}

	/** The names in a field's list, without their descriptions. The list stays open. */
	async choicesOf(field: string): Promise<string[]> {
		await this.field(field).click();
		await this.options.first().waitFor();
		return (await this.options.allInnerTexts()).map((option) => option.trim().split('\n')[0]);
	}

	/** Takes an option of the list that is open. */
	async choose(option: string): Promise<void> {
		await this.options.filter({ hasText: option }).first().click();
	}

	/** What a resource locator's list offers. The list stays open. */
	async resourcesOf(field: string): Promise<string[]> {
		await this.field(field).getByTestId('rlc-input').click();
		await this.resources.first().waitFor();
		return (await this.resources.allTextContents()).map((name) => name.trim());
	}

	/** Takes an entry of the resource locator's list that is open. */
	async chooseResource(name: string): Promise<void> {
		await this.resources.filter({ hasText: name }).click();
	}

	async type(field: string, text: string): Promise<void> {
		await this.field(field).locator('input, textarea').first().fill(text);
	}

	/** Runs the node that is open. */
	async executeStep(): Promise<void> {
		await this.executeButton.click();
	}

	/** The first row of the output as a table. */
	async outputRow(): Promise<Record<string, string>> {
		const table = this.part('output-panel').locator('table');
		await table.locator('tbody tr').first().waitFor();
		const titles = await table.locator('thead th').allTextContents();
		const values = await table.locator('tbody tr').first().locator('td').allTextContents();
		return Object.fromEntries(titles.map((title, at) => [title.trim(), values[at]?.trim() ?? '']));
	}

	field(name: string): Locator {
		return this.part(`parameter-input-${name}`);
	}

	private get executeButton(): Locator {
		return this.part('ndv').getByTestId('node-execute-button').first();
	}

	private get adders(): Locator {
		return this.part('canvas-plus-button').or(this.part('canvas-handle-plus'));
	}

	private get searchBar(): Locator {
		return this.part('node-creator-search-bar');
	}

	private get options(): Locator {
		return this.page.locator('.el-select-dropdown__item:visible');
	}

	private get resources(): Locator {
		return this.page.getByTestId('rlc-item').locator('visible=true');
	}

	private panelItem(name: string): Locator {
		return this.part('node-creator-item-name').getByText(name, { exact: true });
	}
}

/** A page of a browser that has signed in. */
async function signedIn(browser: Browser): Promise<Page> {
	const { url, session = '' } = await sharedN8n();
	const context = await browser.newContext({
		baseURL: url,
		viewport: { width: 1480, height: 860 },
		colorScheme: 'light',
	});
	context.setDefaultTimeout(PATIENCE_MS);
	const cookies = session.split('; ').map((cookie) => cookie.split('='));
	await context.addCookies(
		cookies.map(([name, ...value]) => ({ name, value: value.join('='), url })),
	);
	return await context.newPage();
}
