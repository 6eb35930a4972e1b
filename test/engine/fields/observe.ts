import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { Engine, RunResult } from '../support/engine';
import type { CredentialData } from '../support/credentials';
import type { VendorSandbox } from '../support/sandbox';

/** Headers that say nothing of what the user has set. */
const OF_THE_CONNECTION =
	/^(host|connection|content-length|user-agent|accept|accept-encoding|authorization|x-api-key)$/;

export interface Observation {
	/** What the vendor got and the next node got, leaf by leaf. */
	seen: Map<string, string>;
	/** How many requests there were. */
	requests: number;
	error?: string;
	/** Answers of the vendor that were not a success. */
	refusals: string[];
}

/** Every leaf of a value, by its path. */
export function leaves(
	value: unknown,
	path = '',
	found = new Map<string, string>(),
): Map<string, string> {
	if (typeof value !== 'object' || value === null) return found.set(path, JSON.stringify(value));
	const entries = Object.entries(value);
	// Something empty is not the same as nothing.
	if (entries.length === 0) found.set(path, JSON.stringify(value));
	for (const [key, inner] of entries) leaves(inner, `${path}/${key}`, found);
	return found;
}

type Seen = Pick<Observation, 'seen'>;

/** Whether two observations differ anywhere but there. */
export function differ(one: Seen, other: Seen, unsteady: Set<string>): boolean {
	const isMissedIn = (from: Seen, to: Seen) => {
		for (const [path, leaf] of from.seen) {
			if (to.seen.get(path) !== leaf && !unsteady.has(path)) return true;
		}
		return false;
	};
	return isMissedIn(one, other) || isMissedIn(other, one);
}

/** Where two observations are not the same. */
export function differences(one: Seen, other: Seen): string[] {
	const paths = new Set([...one.seen.keys(), ...other.seen.keys()]);
	return [...paths].filter((path) => one.seen.get(path) !== other.seen.get(path));
}

const TIME = /^"\d{4}-\d\d-\d\dT/;

/** The same, but for the times at which a vendor answered. */
export function differencesBesidesTimes(one: Seen, other: Seen): string[] {
	const isTime = ({ seen }: Seen, path: string) => TIME.test(seen.get(path) ?? '');
	return differences(one, other).filter((path) => !isTime(one, path) || !isTime(other, path));
}

interface Bench {
	engine: Engine;
	type: string;
	sandbox: VendorSandbox;
	credentials: CredentialData;
	/** What comes in to Bulk Send; other operations get the first one. */
	items: INodeExecutionData[];
	/** What all who look at the same vendor have seen of it. */
	counter: { requests: number; runs: number };
	/** Before each run. */
	ready(parameters: INodeParameters): Promise<unknown>;
}

/** Runs a node with other parameters again and again, and looks at what becomes of it. */
export class Observer {
	private readonly known = new Map<string, { observation: Observation; unsteady?: string[] }>();

	constructor(private readonly bench: Bench) {}

	/** The same parameters are run only once. */
	async observe(parameters: INodeParameters): Promise<Observation> {
		return (await this.remembered(parameters)).observation;
	}

	async observeAnew(parameters: INodeParameters): Promise<Observation> {
		return await this.run(parameters);
	}

	/** Where the same parameters do not give the same, such as the ID of a message. */
	async unsteady(parameters: INodeParameters): Promise<string[]> {
		const entry = await this.remembered(parameters);
		entry.unsteady ??= differences(entry.observation, await this.run(parameters));
		return entry.unsteady;
	}

	private async remembered(parameters: INodeParameters) {
		const key = JSON.stringify(parameters);
		const entry = this.known.get(key) ?? { observation: await this.run(parameters) };
		this.known.set(key, entry);
		return entry as { observation: Observation; unsteady?: string[] };
	}

	private async run(parameters: INodeParameters): Promise<Observation> {
		const { engine, type, sandbox, credentials, items, counter, ready } = this.bench;
		await ready(parameters);
		const executionId = `fields-${++counter.runs}-end`;
		const run = await engine.run({
			node: { type, parameters },
			credentials,
			items: parameters.operation === 'bulkSend' ? items : items.slice(0, 1),
			executionId,
		});
		const requests = await sandbox.vendor.requests(counter.requests);
		counter.requests += requests.length;
		const seen = {
			requests: requests.map(({ method, path, query, headers, body }) => ({
				method,
				path,
				query,
				headers: Object.fromEntries(
					Object.entries(headers).filter(([name]) => !OF_THE_CONNECTION.test(name)),
				),
				body,
			})),
			output: run.json,
			waitsFor: waitsFor(run),
			error: run.error?.message,
		};
		return {
			seen: leaves(
				JSON.parse(
					JSON.stringify(seen)
						.replaceAll(executionId, '<execution>')
						.replace(/signature=[0-9a-f]{64}/g, 'signature=<signature>'),
				),
			),
			requests: requests.length,
			error: run.error && `${run.error.message} ${run.error.description ?? ''}`,
			refusals: requests
				.filter(({ status }) => status >= 300)
				.map(({ method, path, status }) => `${method} ${path}: ${status}`),
		};
	}
}

/** What somebody is asked whose answer the execution waits for, and how long, in minutes. */
function waitsFor({ run }: RunResult): object | undefined {
	const { contextData = {} } = run.data.executionData ?? {};
	const [kept] = Object.values(contextData) as Array<{ pendingQuestion?: { endsAt?: number } }>;
	const { endsAt, ...pending } = kept?.pendingQuestion ?? {};
	if (kept === undefined) return undefined;
	return { ...pending, minutes: endsAt && Math.round((endsAt - Date.now()) / 60_000) };
}
