import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../../../scripts/root.mjs';
import { run } from '../../../scripts/run/command.mjs';

const execute = promisify(execFile);

/** The repository as it stands, in a folder of its own, in which a test may change what it likes. */
export class Copy {
	private constructor(readonly root: string) {}

	static async make(): Promise<Copy> {
		const root = await mkdtemp(join(await realpath(tmpdir()), 'new-vendor-'));
		const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
		const { stdout } = await execute('git', args, { cwd: ROOT, maxBuffer: 10_000_000 });
		const files = stdout.split('\0').filter((file) => file !== '' && existsSync(join(ROOT, file)));
		for (const file of files) await cp(join(ROOT, file), join(root, file));
		await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'), 'junction');
		return new Copy(root);
	}

	async read(path: string): Promise<string> {
		return await readFile(join(this.root, path), 'utf8');
	}

	/**
	 * Runs a script with Node.js in the copy.
	 *
	 * @returns what it printed
	 * @throws Error with the last of what it printed, when it fails
	 */
	async node(...args: string[]): Promise<string> {
		const env = { ...process.env };
		// Jest's own: ESLint's rules for n8n take NODE_ENV=test for their own tests.
		for (const name of ['JEST_WORKER_ID', 'NODE_ENV']) delete env[name];
		return await run(process.execPath, args, { cwd: this.root, env, quiet: true });
	}

	async remove(): Promise<void> {
		await rm(this.root, { recursive: true, force: true });
	}
}
