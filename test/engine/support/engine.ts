import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type {
	IBinaryData,
	ICredentialDataDecryptedObject,
	WebhookSetupMethodNames,
} from 'n8n-workflow';
import { install, type ExtraNodeTypes } from './installation';
import { binaryDataService, prepareContainer, type BinaryMode } from './n8n';
import { testCredential } from './credential-test';
import {
	listSearch,
	loadOptions,
	resourceMapping,
	type PickerOptions,
	type SearchOptions,
} from './pickers';
import { start, type NodeRun, type RunOptions, type RunResult } from './run';
import {
	activate,
	handle,
	hook,
	webhook,
	type HookOptions,
	type TriggerOptions,
	type WebhookRequest,
} from './triggers';
import { Waiting } from './waiting';

export type * from './credential-test';
export type * from './credentials';
export type * from './n8n';
export type * from './pickers';
export type * from './run';
export type * from './triggers';
export type * from './waiting';
export type * from './workflow';

export interface EngineOptions {
	/** A folder with a package.json and built nodes; this package unless given. */
	packageDir?: string;
	/** Where n8n keeps binary data: in the items (N8N_DEFAULT_BINARY_DATA_MODE=default) or in files. */
	binaryData?: BinaryMode;
	/** Without the nodes' custom operations: then n8n's routing engine runs what they declare. */
	isRouted?: boolean;
	/** More stand-ins for nodes of n8n, by full name. */
	nodeTypes?: ExtraNodeTypes;
}

export type Engine = Awaited<ReturnType<typeof loadEngine>>;

const ROOT = resolve(__dirname, '../../..');

/**
 * Loads the built package into n8n's own engine. Every engine has module-level state of its own, so
 * two engines stand for two n8n processes; all runs of one engine share it, as in one process.
 */
export async function loadEngine({
	packageDir = ROOT,
	binaryData = 'memory',
	isRouted = false,
	nodeTypes,
}: EngineOptions = {}) {
	if (packageDir === ROOT && !existsSync(join(ROOT, 'dist'))) {
		throw new Error('There is no dist folder. Run `npm run build` first.');
	}
	const logs = await prepareContainer(binaryData);
	const installation = await install(packageDir, nodeTypes, isRouted);

	return {
		/** What n8n and the nodes have logged so far. */
		logs,
		/** Runs a node or a workflow to its end; a failed execution is a result, not an exception. */
		run: async (options: RunOptions) => await start(installation, options).result,
		/** The same, with the Stop button in hand. */
		start: (options: RunOptions) => start(installation, options),
		/** The execution that such a run has left waiting. */
		waiting: (options: NodeRun, { run, executionId }: RunResult) =>
			new Waiting(installation, options, run, executionId),
		testCredential: async (type: string, data: ICredentialDataDecryptedObject) =>
			await testCredential(installation, type, data),
		listSearch: async (type: string, method: string, options?: SearchOptions) =>
			await listSearch(installation, type, method, options),
		loadOptions: async (type: string, method: string, options?: PickerOptions) =>
			await loadOptions(installation, type, method, options),
		resourceMapping: async (type: string, method: string, options?: PickerOptions) =>
			await resourceMapping(installation, type, method, options),
		hook: async (method: WebhookSetupMethodNames, options: HookOptions) =>
			await hook(installation, method, options),
		webhook: async (options: TriggerOptions & WebhookRequest) =>
			await webhook(installation, options),
		/** The same without a connection: the request as n8n would hand it to the node. */
		receive: async (
			options: TriggerOptions,
			...exchange: [Parameters<typeof handle>[2], Parameters<typeof handle>[3]]
		) => await handle(installation, options, ...exchange),
		activate: async (options: TriggerOptions) => await activate(installation, options),
		/** Binary data for an input item, kept the way this engine keeps it. */
		binary: async (
			content: Buffer | string,
			{ fileName, mimeType = 'application/octet-stream' }: { fileName?: string; mimeType?: string },
		): Promise<IBinaryData> =>
			await binaryDataService().store(
				{ type: 'execution', workflowId: 'workflow-under-test', executionId: 'engine-tests' },
				Buffer.from(content),
				{ data: '', mimeType, fileName },
			),
		/** The description that the editor would show. */
		description: (type: string) =>
			installation.nodeTypes.getByNameAndVersion(installation.fullName(type)).description,
	};
}
