import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
	IDataObject,
	INodeExecutionData,
	INodeParameters,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';
import type { CredentialData } from '../support/credentials';
import { type Engine, loadEngine } from '../support/engine';
import { openSandbox, type VendorSandbox } from '../support/sandbox';
import { DELIVERY_OPTIONS } from './deliveryOptions';
import { everyTextIsMeant } from './everyText';
import { differ, differencesBesidesTimes, Observer } from './observe';
import { type Plan, planFor, type Variation } from './plan';
import { isQuestion, withoutOtherTemplates } from './questions';
import type { Knowledge } from './values';

export { byId } from './values';

/** What the test of all fields has to know of a vendor. */
export interface VendorTable extends Knowledge {
	operations: string[];
	/** What comes in to Bulk Send; other operations get the first one. */
	items(engine: Engine): Promise<INodeExecutionData[]> | INodeExecutionData[];
	/** Fields that take a list for what it is, by their path. */
	lists?: string[];
	/** Fields for what only machines read, though their names say nothing of it, by their path. */
	ids?: string[];
	/** Fields that are refused when they are empty and have no red mark, by their path, and why. */
	unmarked?: Record<string, string>;
	credentials?(sandbox: VendorSandbox): CredentialData;
	/** Before anything is sent, such as messages to read. */
	prepare?(run: (parameters: object) => Promise<IDataObject[]>): Promise<void>;
	/** Before each run, such as to bring the message that it is about into a state that can be changed. */
	ready?(sandbox: VendorSandbox, parameters: INodeParameters): Promise<unknown>;
	/**
	 * Fields that change neither request nor output in the states that are tried, by their path, and
	 * why that is right. Where it is proven that they work, the file is named.
	 */
	byDesign?: Record<string, { why: string; provenIn?: string }>;
}

/**
 * Every field of every operation reaches the vendor or the output: whatever is set in it, the
 * request or the result is another one, so no field is shown for an operation that ignores it. The
 * usual values, placeholders included, are taken by the vendor; of others it may say that they do
 * not fit the rest, but it has to see them.
 */
export function everyFieldCounts(name: string, table: VendorTable): void {
	everyTextIsMeant(name, table);

	describe(`every field of ${name}`, () => {
		let engine: Engine;
		let sandbox: VendorSandbox;
		let routed: Engine;
		let description: INodeTypeDescription;
		let items: INodeExecutionData[];
		const counter = { requests: 0, runs: 0 };
		const plans = new Map<string, Plan>();
		let observer: Observer;
		let oneByOne: { own: Observer; routed: Observer };

		beforeAll(async () => {
			engine = await loadEngine();
			routed = await loadEngine({ isRouted: true });
			description = engine.description(name);
			sandbox = await openSandbox(name, { autoAdvance: false });
			items = await table.items(engine);
		});
		afterAll(async () => await sandbox?.close());

		describe.each(table.operations)('of %s', (operation) => {
			// Reading is quick only where the messages of the other operations are gone.
			beforeAll(async () => {
				await sandbox.vendor.reset();
				await sandbox.vendor.limit({ requests: null });
				const credentials = table.credentials?.(sandbox) ?? sandbox.credentials;
				await table.prepare?.(async (parameters) => {
					const node = { type: name, parameters: { resource: 'message', ...parameters } };
					const run = await engine.run({ node, credentials, items: items.slice(0, 1) });
					expect(run.error).toBeUndefined();
					return run.json[0];
				});
				counter.requests = (await sandbox.vendor.requests()).length;
				const ready = async (parameters: INodeParameters) => table.ready?.(sandbox, parameters);
				const bench = { type: name, sandbox, credentials, counter, ready };
				observer = new Observer({ ...bench, engine, items });
				const first = items.slice(0, 1);
				oneByOne = {
					own: new Observer({ ...bench, engine, items: first }),
					routed: new Observer({ ...bench, engine: routed, items: first }),
				};
			});

			it('counts', async () => {
				expect(await complaints(planOf(operation))).toEqual([]);
			});

			if (isQuestion(operation)) return;
			it('counts the same where n8n routes what is declared, as for tools', async () => {
				const found: string[] = [];
				for (const base of planOf(operation).bases) {
					const own = await oneByOne.own.observe(base);
					const unsteady = new Set(await oneByOne.own.unsteady(base));
					const asTool = await oneByOne.routed.observe(base);
					const differing = differencesBesidesTimes(own, asTool).filter(
						(leaf) => !unsteady.has(leaf),
					);
					if (own.requests === 0 || differing.length > 0) {
						found.push(`${own.error ?? differing.join()} ← ${JSON.stringify(base)}`);
					}
				}
				expect(found).toEqual([]);
			});
		});

		it('that is left out by design has a reason, and exists', () => {
			const paths = table.operations
				.flatMap(planOf)
				.flatMap(({ variations }) => variations.map(({ path }) => path));
			for (const [path, { provenIn }] of Object.entries(table.byDesign ?? {})) {
				expect(paths).toContain(path);
				if (provenIn === undefined) continue;
				const file = join(__dirname, '../../..', provenIn);
				expect(existsSync(file) && readFileSync(file, 'utf8')).toContain(path.split('.').at(-1));
			}
		});

		it('is in one of these operations', () => {
			const all = operationsOf(description).map(({ operation }) => operation);
			expect([...table.operations].sort()).toEqual(all.sort());
		});

		function planOf(operation: string): Plan {
			const place = operationsOf(description).find((one) => one.operation === operation);
			if (place === undefined) throw new Error(`There is no operation ${operation}`);
			const plan =
				plans.get(operation) ?? planFor(description, place, withoutOtherTemplates(table));
			plans.set(operation, plan);
			return plan;
		}

		async function complaints({ variations }: Plan): Promise<string[]> {
			const found: string[] = [];
			for (const variation of variations) {
				const { field, path } = variation;
				const problems = await complaintsAbout(variation);
				found.push(...problems.map((problem) => `${field} (${path}): ${problem}`));
			}
			return [...new Set(found)];
		}

		async function complaintsAbout({ path, alternatives }: Variation): Promise<string[]> {
			const [first, ...others] = alternatives;
			if (path === 'askBy') return [];
			const delivery = DELIVERY_OPTIONS[path];
			if (path === 'options.onRateLimit') return await complaintsAboutRateLimit(first);
			if (delivery !== undefined) {
				const bad = { ...first, options: { ...(first.options as object), ...delivery.refused } };
				const { error } = await observer.observe(bad);
				return error?.includes(delivery.says) ? [] : [`is not read: ${error ?? 'no error'}`];
			}
			if (others.length === 0) return ['has only one value'];
			const refused = await refusalsOf(first);
			if (table.byDesign?.[path] !== undefined) return refused;
			for (const other of others) {
				const { error, requests } = await observer.observe(other);
				if (requests === 0 && error !== undefined)
					refused.push(`${error} ← ${JSON.stringify(other)}`);
			}
			if (refused.length > 0) return refused;

			const unsteady = new Set(await observer.unsteady(first));
			const same: string[] = [];
			for (const [at, one] of alternatives.entries()) {
				for (const other of alternatives.slice(at + 1)) {
					const seen = [await observer.observe(one), await observer.observe(other)] as const;
					if (differ(...seen, unsteady)) continue;
					same.push(`no difference between ${shown(path, one)} and ${shown(path, other)}`);
				}
			}
			return same;
		}

		/** Told to come back later, one waits and the other gives up. */
		async function complaintsAboutRateLimit(parameters: INodeParameters): Promise<string[]> {
			const told = async (onRateLimit: string) => {
				await sandbox.vendor.fault({ fault: '429', retryAfter: 0.01 });
				const options = { ...(parameters.options as object), onRateLimit };
				const observation = await observer.observeAnew({ ...parameters, options });
				await sandbox.vendor.clearFaults();
				return observation;
			};
			const waiting = await told('wait');
			const failing = await told('fail');
			const isRight = waiting.error === undefined && failing.requests < waiting.requests;
			return isRight
				? []
				: [`waits: ${waiting.error ?? waiting.requests}, fails: ${failing.requests}`];
		}

		async function refusalsOf(parameters: INodeParameters): Promise<string[]> {
			const { error, refusals } = await observer.observe(parameters);
			const refused = error === undefined ? refusals : [error];
			return refused.map((problem) => `${problem} ← ${JSON.stringify(parameters)}`);
		}
	});
}

/** All operations, each with the resource that it belongs to. */
function operationsOf({ properties }: INodeTypeDescription) {
	return properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options, displayOptions }) =>
			(options as INodePropertyOptions[]).map(({ value }) => ({
				resource: String(displayOptions?.show?.resource?.[0]),
				operation: String(value),
			})),
		);
}

/** The part of the settings that differs. */
const shown = (path: string, parameters: INodeParameters) =>
	JSON.stringify(parameters[path.split('.')[0]]);
