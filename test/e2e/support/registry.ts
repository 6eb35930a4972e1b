import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { basename, join } from 'node:path';
import * as tar from 'tar';

import { startImpostor } from './impostor';

const HOST = 'registry.npmjs.org';

export interface Registry {
	/** What a process needs to meet this registry instead of npm's, and no other host at all. */
	env: NodeJS.ProcessEnv;
	/** The paths that were asked for. */
	asked: string[];
	stop: () => Promise<void>;
}

/** The package.json that a tarball holds. */
async function manifestIn(tarball: string): Promise<Record<string, unknown>> {
	const chunks: Buffer[] = [];
	await tar.list({
		file: tarball,
		filter: (path) => path === 'package/package.json',
		onReadEntry: (entry) => entry.on('data', (chunk) => chunks.push(chunk)),
	});
	return JSON.parse(Buffer.concat(chunks).toString());
}

/** What npm's registry says of a package that was published once, by path, and its files. */
async function published(tarball: string): Promise<Record<string, object>> {
	const content = await readFile(tarball);
	const manifest = await manifestIn(tarball);
	const { name, version } = manifest as { name: string; version: string };
	const file = `/${name}/-/${basename(tarball)}`;
	const details = {
		...manifest,
		_id: `${name}@${version}`,
		dist: {
			tarball: `https://${HOST}${file}`,
			integrity: `sha512-${createHash('sha512').update(content).digest('base64')}`,
			shasum: createHash('sha1').update(content).digest('hex'),
		},
	};
	return {
		[file]: content,
		[`/${name}`]: { name, 'dist-tags': { latest: version }, versions: { [version]: details } },
		[`/${name}/latest`]: details,
		[`/${name}/${version}`]: details,
	};
}

/** Answers as npm's registry would if these tarballs were all that was ever published. */
async function answers(tarballs: string[], asked: string[]): Promise<RequestListener> {
	const known: Record<string, object> = Object.assign(
		{},
		...(await Promise.all(tarballs.map(published))),
	);
	return ({ url = '' }, response) => {
		const path = decodeURIComponent(url);
		asked.push(path);
		const found = known[path];
		if (Buffer.isBuffer(found)) return response.end(found);
		response.setHeader('content-type', 'application/json');
		response.statusCode = found === undefined ? 404 : 200;
		return response.end(JSON.stringify(found ?? { error: 'Not found' }));
	};
}

/**
 * n8n takes community packages from npm's own registry only.
 *
 * @param folder for its files; also npm's cache, so that nothing is left in the real one
 */
export async function startRegistry(tarballs: string[], folder: string): Promise<Registry> {
	const asked: string[] = [];
	const { env, authority, stop } = await startImpostor(
		HOST,
		await answers(tarballs, asked),
		folder,
	);
	return {
		asked,
		env: {
			...env,
			npm_config_cafile: authority,
			npm_config_cache: join(folder, 'npm-cache'),
			npm_config_userconfig: join(folder, 'npmrc'),
			npm_config_update_notifier: 'false',
		},
		stop,
	};
}
