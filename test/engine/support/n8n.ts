import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as BackendCommon from '@n8n/backend-common';
import type * as Di from '@n8n/di';
import type * as Core from 'n8n-core';
import type * as Workflow from 'n8n-workflow';
import type { IHttpRequestOptions } from 'n8n-workflow';

declare global {
	/** Node's own require; test/engine/support/environment.cjs puts it there. */
	var nodeRequire: NodeJS.Require | undefined;
}

if (globalThis.nodeRequire === undefined && process.env.JEST_WORKER_ID !== undefined) {
	throw new Error(
		'Engine tests need the test environment test/engine/support/environment.cjs: see jest.config.js',
	);
}

export const nodeRequire: NodeJS.Require = globalThis.nodeRequire ?? createRequire(__filename);

// n8n's dependency injection reads the metadata of its decorators while it loads.
nodeRequire('reflect-metadata');

/** A global of Node's realm, such as Date, which the built package and n8n see. */
export function nodeGlobal<T>(name: string): T {
	const vm = nodeRequire('node:vm') as typeof import('node:vm');
	return vm.runInThisContext(name) as T;
}

export const core = nodeRequire('n8n-core') as typeof Core;
export const n8nWorkflow = nodeRequire('n8n-workflow') as typeof Workflow;

// n8n gives the pattern of a picker a quarter of a second by the clock on the wall. On a machine that
// is busy with the other tests the time is over before it has begun.
n8nWorkflow.setSafeRegexEngine({
	exec: (pattern, input, flags) => new RegExp(pattern, flags).exec(input),
	test: (pattern, input, flags) => new RegExp(pattern, flags).test(input),
	replace: (pattern, input, flags, replacement) =>
		input.replace(new RegExp(pattern, flags), replacement),
	matchAll: (pattern, input, flags) => [...input.matchAll(new RegExp(pattern, flags))],
	split: (pattern, input, flags) => input.split(new RegExp(pattern, flags)),
});

// The copies that n8n-core itself uses, wherever npm has put them.
const { createRequire: nodeCreateRequire } = nodeRequire('node:module') as {
	createRequire: typeof createRequire;
};
const requireOfCore = nodeCreateRequire(nodeRequire.resolve('n8n-core'));
const { Container } = requireOfCore('@n8n/di') as typeof Di;
const { Logger } = requireOfCore('@n8n/backend-common') as typeof BackendCommon;
const { OutboundHttp } = requireOfCore('@n8n/backend-network') as {
	OutboundHttp: new () => object;
};

/** Answers a request in the place of the network. */
export type Answering = (options: IHttpRequestOptions) => Promise<unknown>;

/**
 * Lets a function answer all that n8n's helpers send, for tests that send so much that connections
 * would take most of the time.
 *
 * @returns puts the network back
 */
export function withoutNetwork(answer: Answering): () => void {
	const network = Container.get(OutboundHttp);
	Container.set(OutboundHttp, { requests: () => ({ request: answer }) });
	return () => void Container.set(OutboundHttp, network);
}

export interface LogEntry {
	level: 'error' | 'warn' | 'info' | 'debug';
	message: string;
	metadata?: unknown;
}

/** Keeps what n8n and the nodes log instead of printing it. */
function recordingLogger(entries: LogEntry[]): BackendCommon.Logger {
	const record = (level: LogEntry['level']) => (message: string, metadata?: unknown) => {
		entries.push({ level, message, metadata });
	};
	const logger = {
		error: record('error'),
		warn: record('warn'),
		info: record('info'),
		debug: record('debug'),
		scoped: () => logger,
	};
	return logger as unknown as BackendCommon.Logger;
}

/** One folder for each process, gone when the process ends. */
function binaryFolder(): string {
	const nodeProcess = nodeRequire('node:process') as NodeJS.Process;
	const folder = join(tmpdir(), `n8n-engine-tests-${nodeProcess.pid}`);
	if (!existsSync(folder)) {
		mkdirSync(folder);
		nodeProcess.once('exit', () => rmSync(folder, { recursive: true, force: true }));
	}
	return folder;
}

export type BinaryMode = 'memory' | 'filesystem';

/**
 * What n8n's start-up does before a workflow can run, without its files in the home folder. It is
 * one for the whole process: the engine loaded last decides where logs and binary data go.
 */
export async function prepareContainer(binaryMode: BinaryMode): Promise<LogEntry[]> {
	const logs: LogEntry[] = [];
	const logger = recordingLogger(logs);
	Container.set(Logger, logger);
	n8nWorkflow.LoggerProxy.init(logger);

	// The real one keeps its encryption key in ~/.n8n/config.
	Container.set(core.InstanceSettings, {
		// Each engine stands for an n8n of its own.
		instanceId: `engine-tests-${randomUUID()}`,
		instanceType: 'main',
		isLeader: true,
		encryptionKey: 'engine-tests',
		hmacSignatureSecret: 'engine-tests',
		n8nFolder: tmpdir(),
	} as unknown as Core.InstanceSettings);

	const binaryConfig = {
		mode: binaryMode === 'memory' ? 'default' : 'filesystem',
		localStoragePath: binaryMode === 'memory' ? '' : binaryFolder(),
		signingSecret: 'engine-tests',
	} as Core.BinaryDataConfig;
	Container.set(core.BinaryDataConfig, binaryConfig);
	const binaryData = new core.BinaryDataService(
		binaryConfig,
		Container.get(core.ErrorReporter),
		logger,
	);
	// Without a manager the service keeps the data in the item itself, n8n's in-memory mode.
	if (binaryMode === 'filesystem') await binaryData.init();
	Container.set(core.BinaryDataService, binaryData);
	return logs;
}

export const binaryDataService = () => Container.get(core.BinaryDataService);

/**
 * A copy made by Node's realm. What a test writes is made by Jest's, and n8n must not be able to
 * tell a parameter of a test from one of a stored workflow.
 */
export const stored = <T>(value: T): T => structuredClone(value);
