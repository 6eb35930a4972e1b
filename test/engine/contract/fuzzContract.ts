import fc from 'fast-check';
import type { IDataObject, INodeExecutionData, OnError } from 'n8n-workflow';

import { deeds } from '../fuzz/deeds';
import { oddFields, type OddField, withOdd } from '../fuzz/fields';
import { oddJson, oddText } from '../fuzz/odd';
import { quickTime } from '../fuzz/quickTime';
import { type Deed, QuickVendor } from '../fuzz/quickVendor';
import { cases, tried } from '../fuzz/settings';
import { type Engine, loadEngine, type RunResult } from '../support/engine';
import { withoutNetwork } from '../support/n8n';
import type { ContractedSend, ContractedVendor } from './deliveryContract';

/** Of all cases, those of one operation: fifteen send, and the rest is for webhooks. */
const SHARE = 0.03;
const FEW = 40;
/** Nothing here waits for a network, and pauses pass a thousand times as fast. */
const HANGS_AFTER_MS = 30_000;

/** Errors as n8n has them. */
const CLASSES = ['NodeApiError', 'NodeOperationError', 'ExpressionError'];
const OUTCOMES = ['rejected', 'not_sent', 'unknown'];
/** What people must never read: JavaScript's own words. */
const JAVASCRIPT =
	/\[object |is not a function|is not iterable|Cannot (read|convert|mix)|undefined is not|\bTypeError\b|Maximum call stack|circular structure|a defect of the/;

interface Case {
	count: number;
	texts: string[];
	odd: unknown;
	onError: OnError;
	isRetried: boolean;
	options: IDataObject;
	fields: OddField[];
	deeds: Deed[];
	secret: string;
}

const ON_ERROR: OnError[] = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'];

/** What holds whatever a vendor answers and whatever is entered. */
export function fuzzContract({ vendor, credential, operations }: ContractedVendor): void {
	let engine: Engine;
	let restore: Array<() => void>;
	let answering: QuickVendor;
	beforeAll(async () => {
		engine = await loadEngine();
		restore = [withoutNetwork(async (options) => await answering.answer(options)), quickTime()];
	});
	afterAll(() => restore.forEach((put) => put()));

	it.each(Object.entries(operations))(
		`fuzz of ${vendor}, %s`,
		async (name, send) => {
			const cased: fc.Arbitrary<Case> = fc.record({
				count: fc.integer({ min: 1, max: 4 }),
				texts: fc.array(oddText, { minLength: 4, maxLength: 4 }),
				odd: oddJson,
				onError: fc.constantFrom(...ON_ERROR),
				isRetried: fc.boolean(),
				options: fc.record({
					maxInFlight: fc.constantFrom(1, 2, 16),
					maxWait: fc.constantFrom(0, 0.5, 3),
					onRateLimit: fc.constantFrom('wait', 'fail'),
					requestsPerSecond: fc.constant(1000),
				}),
				fields: oddFields(engine.description(vendor), name),
				deeds,
				secret: fc
					.string({ unit: fc.constantFrom(...'aZ09-_./+&"\\ <é'), minLength: 8, maxLength: 20 })
					.map((rest) => `s3cr3T${rest}`.trim()),
			});
			let count = 0;

			async function run(one: Case, more: object = {}): Promise<RunResult> {
				const { onError, isRetried, fields, options, secret } = { ...one, ...more };
				const data = Object.fromEntries(
					Object.entries(credential.data).map(([field, value]) => [
						field,
						value === credential.secret ? secret : value,
					]),
				);
				const parameters = {
					resource: 'message',
					operation: name,
					...send.parameters,
					options: { ...(send.parameters.options as IDataObject), ...options },
				};
				let hanging: NodeJS.Timeout | undefined;
				const hangs = new Promise<never>((_resolve, reject) => {
					hanging = setTimeout(() => reject(new Error('It hangs')), HANGS_AFTER_MS);
				});
				const ran = engine.run({
					node: {
						type: vendor,
						parameters: withOdd(parameters, fields),
						onError,
						...(isRetried ? { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } : {}),
					},
					credentials: {
						[credential.name]: { ...data, baseUrl: `https://n${count}.example` } as never,
					},
					items: items(send, one),
				});
				return await Promise.race([ran, hangs]).finally(() => clearTimeout(hanging));
			}

			await tried(
				`${vendor} ${name}`,
				fc.asyncProperty(cased, async (one) => {
					count += 1;
					engine.logs.length = 0;
					answering = new QuickVendor(send, one.deeds, one.secret);
					const result = await run(one);
					// What n8n itself refuses before it starts the node says nothing about the node.
					if (Object.keys(result.run.data.resultData.runData).length === 0) return;
					checkWords(result, one, engine);
					checkEndings(result, one);
					checkReached(result, one, send, answering);
					// A turn that was not given back would keep the next one waiting for ever.
					if (one.deeds.length === 0 || count % 3 > 0) return;
					answering = new QuickVendor(send, [], one.secret);
					const next = { onError: 'continueRegularOutput', isRetried: false, fields: [] };
					await run({ ...one, count: 1 }, { ...next, options: { maxInFlight: 1, maxWait: 0.5 } });
				}),
				{ numRuns: cases(FEW, SHARE) },
			);
		},
		24 * 60 * 60_000,
	);
}

function items(send: ContractedSend, { count, texts, odd }: Case): INodeExecutionData[] {
	return Array.from({ length: count }, (_, index) => ({
		json: {
			index,
			to: send.person(index),
			text: `${texts[index]} number ${index}`,
			name: texts[0],
			address: { city: 'Graz' },
			odd: odd as IDataObject,
		},
	}));
}

const shown = ({ error, json }: RunResult) => [
	error?.message,
	error?.description,
	error?.context,
	error?.messages,
	json,
];

/** No secret, no word of JavaScript's, and no error but n8n's. */
function checkWords(result: RunResult, { fields, secret }: Case, engine: Engine): void {
	const all = JSON.stringify([shown(result), engine.logs]);
	expect(all).not.toContain(secret);
	expect(all).not.toContain(JSON.stringify(secret).slice(1, -1));
	const { error, json } = result;
	if (error !== undefined) expect(CLASSES).toContain(error.name);
	const failures = json.flat().filter((one) => 'error' in one);
	const words = [error?.message, error?.description, ...failures.map((one) => one.error)];
	for (const said of words) expect(String(said)).not.toMatch(JAVASCRIPT);
	// With Simplify off an item is the vendor's own answer, which may have an error of its own.
	if (fields.some(({ path }) => path === 'simplify')) return;
	for (const { details } of failures) {
		expect(OUTCOMES).toContain((details as IDataObject).outcome);
	}
}

/** Each item has one ending, unless the whole run stopped with an error. */
function checkEndings({ error, output }: RunResult, { count, onError }: Case): void {
	if (error !== undefined) {
		expect(onError).toBe('stopWorkflow');
		return;
	}
	const origins = output.flat().map(({ pairedItem }) => (pairedItem as { item: number }).item);
	expect([...new Set(origins)].sort()).toEqual(Array.from({ length: count }, (_, index) => index));
	expect(origins).toHaveLength(count);
}

/** Nobody is reached twice, and what is said of each is what happened. */
function checkReached(
	result: RunResult,
	{ count, fields }: Case,
	send: ContractedSend,
	stand: QuickVendor,
): void {
	const times = (index: number) => stand.reached.filter((who) => who === send.person(index)).length;
	for (let index = 0; index < count; index++) expect(times(index)).toBeLessThanOrEqual(1);
	expect(stand.reached.length).toBeLessThanOrEqual(count);
	if (fields.length > 0) return;
	for (const { json, pairedItem } of result.output.flat()) {
		const { item } = pairedItem as { item: number };
		const outcome = 'error' in json ? (json.details as IDataObject).outcome : 'accepted';
		if (outcome === 'accepted') expect(times(item)).toBe(1);
		if (outcome === 'not_sent') expect(times(item)).toBe(0);
		if (outcome === 'rejected' && !stand.hasLied) expect(times(item)).toBe(0);
	}
}
