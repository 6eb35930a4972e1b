import type {
	IDataObject,
	IExecuteSingleFunctions,
	INodeExecutionData,
	INodeParameters,
	INodeProperties,
	INodeType,
} from 'n8n-workflow';
import { DateTime } from 'luxon';

import { readOnce } from '../../../nodes/delivery/once/readOnce';
import { Drafts } from '../../../nodes/delivery/run/drafts';
import type { Host } from '../../../nodes/delivery/run/host';
import { idempotencyKeyOf } from '../../../nodes/delivery/run/idempotency';
import type { NodeOperation, Resource } from '../../../nodes/delivery/run/nodeOperation';
import type { ParameterSource } from '../../../nodes/delivery/run/parameterSource';
import {
	SOURCE_PARAMETERS,
	sourcesByItem,
	sourcesOfItems,
} from '../../../nodes/delivery/run/sources';
import { readCountry } from '../../../nodes/input/country';
import { optionsOf } from '../../../nodes/input/draft';
import { binaryFile } from '../../../nodes/input/file';
import { InvalidInput } from '../../../nodes/input/invalidInput';
import { nodes } from '../../unit/nodes';
import { operationOf } from '../../unit/support/requestOf';
import type { VendorTable } from './everyField';
import { planFor, type Variation } from './plan';
import { withoutOtherTemplates } from './questions';

/** Text that a message may well say, and no ID, number or address can be. */
const PROSE = ['👩‍👩‍👧 Bravo 🎉', 'مرحبا بالعالم'];
const LONG = 'x'.repeat(100_000);
const DATE = new Date('2031-05-06T07:08:09.000Z');
const DATE_TIME = DateTime.fromISO('2031-05-06T07:08:09.000+02:00', { setZone: true });
/** More digits than a number can hold: 17841400000000001 is …000. */
const TOO_LONG = Number('17841400000000001');
const INVISIBLE = '\u200b\u00ad';

/** What the fields are tried with; each test below looks for its own. */
const ODD: readonly unknown[] = [
	'',
	null,
	INVISIBLE,
	1042,
	'1042',
	TOO_LONG,
	{ city: 'Paris' },
	[{ city: 'Paris' }],
	['a', ['b']],
	DATE,
	DATE.toISOString(),
	DATE_TIME,
	DATE_TIME.toISO(),
	LONG,
	...PROSE,
];

/** Values that have the same text as another one, or none. */
const SAME: Array<[unknown, unknown]> = [
	[null, ''],
	[INVISIBLE, ''],
	[1042, '1042'],
	[DATE, DATE.toISOString()],
	[DATE_TIME, DATE_TIME.toISO()],
];
/** Whatever no text can be made of without a loss. */
const NO_TEXT = [TOO_LONG, { city: 'Paris' }, [{ city: 'Paris' }], ['a', ['b']]];

/** Fields that a person reads; an invisible character in them may be meant, as in a joined emoji. */
const FOR_PEOPLE =
	/(?:text|^message|caption|subject|title|^body|label|(?<!platform|source)name|description|html|payload|replies|summary|^value|keyword|^address|section)$/i;

/** Held against the recipients, in test/unit/delivery/suppression.test.ts. */
const NO_PART_OF_A_MESSAGE = new Set(['options.suppressionList']);

type Outcome = { sent: string } | { refused: InvalidInput } | { thrown: unknown };

/**
 * Whatever comes into a field that takes text — a number, an object, nothing, more than anybody
 * reads — is sent as what it says, or refused in words that name the field, before anything is sent.
 * The fields are found in the node's description, so none is forgotten.
 */
export function everyTextIsMeant(name: string, table: VendorTable): void {
	describe(`every text of ${name}`, () => {
		const node = nodeOf(name);
		const resources = resourcesOf(name);
		let item: INodeExecutionData;
		beforeAll(async () => ([item] = await table.items(filesOnly as never)));

		it.each(table.operations)('of %s is sent as meant or refused', (operation) => {
			const found = variationsOf(operation).flatMap(complaintsOf(operation));
			// Of a field that is shown in several ways, one complaint of a kind is enough.
			const kinds = new Map(found.map((one) => [one.slice(0, one.indexOf(': ', 80)), one]));
			expect([...kinds.values()]).toEqual([]);
		});

		it('has fields', () => {
			for (const operation of table.operations) {
				expect(variationsOf(operation).length).toBeGreaterThan(0);
			}
		});

		function variationsOf(operation: string): Variation[] {
			const { description } = node;
			const resource = resources.find(({ operations }) =>
				operations.some(({ value }) => value === operation),
			)?.value;
			const place = { resource: String(resource), operation };
			const known = withoutOtherTemplates({ ...table, also });
			const { variations } = planFor(description, place, known);
			return variations.filter(
				({ type, alternatives, path }) =>
					!NO_PART_OF_A_MESSAGE.has(path) &&
					['string', 'resourceLocator', 'dateTime'].includes(type) &&
					alternatives.length > ODD.length,
			);
		}

		/** n8n looks for what is required in a collection only where the collection is filled. */
		function isShownWhenEmpty(path: string): boolean {
			const root = node.description.properties.find(({ name: one }) => one === path.split('.')[0]);
			return root?.type !== 'collection';
		}

		function complaintsOf(operation: string) {
			const own = resources
				.flatMap(({ operations }) => operations)
				.find(({ value }) => value === operation) as NodeOperation;
			return (variation: Variation): string[] => {
				const { alternatives, path, field, type, isMarked } = variation;
				const [usual] = alternatives;
				const isForPeople =
					type === 'string' &&
					FOR_PEOPLE.test(path.split('.').at(-1) ?? '') &&
					!table.ids?.includes(path);
				const odd = alternatives.slice(-ODD.length);
				const put = (value: unknown) => substitute(odd[0], odd[1], value) as INodeParameters;
				const of = (parameters: INodeParameters, more: IDataObject = {}) =>
					outcomeOf(own, parameters, { ...item, json: { ...item.json, ...more } });
				const complaints: string[] = [];
				const complain = (value: unknown, what: string, outcome: Outcome) =>
					complaints.push(`${field} (${path}): ${shown(value)} ${what}: ${told(outcome)}`);
				const outcomes = new Map(ODD.map((value, at) => [value, of(odd[at])]));
				const outcome = (value: unknown) => outcomes.get(value) as Outcome;

				for (const [value, one] of outcomes) {
					if ('thrown' in one) complain(value, 'throws', one);
					if (told(one).includes('[object Object]')) complain(value, 'becomes an object', one);
					if ('refused' in one && !names(one.refused, field, path)) {
						complain(value, 'is refused without naming the field', one);
					}
				}
				for (const [one, other] of SAME) {
					// What a date field makes of a number is no digits.
					if (type === 'dateTime' && one === 1042) continue;
					if (!isSame(outcome(one), outcome(other))) {
						complain(one, `is not as ${shown(other)} (${told(outcome(other))})`, outcome(one));
					}
				}
				for (const [at, value] of ODD.entries()) {
					if (!NO_TEXT.some((no) => JSON.stringify(no) === JSON.stringify(value))) continue;
					if ('sent' in of(odd[at])) complain(value, 'is not refused', of(odd[at]));
				}
				for (const value of [LONG, ...PROSE]) {
					const one = outcome(value);
					if (!('sent' in one) || holds(one.sent, value)) continue;
					if (isForPeople || !holds(one.sent, withoutJoiners(value))) {
						complain(value, 'is lost', one);
					}
				}

				const before = of(usual);
				if ('sent' in before && isShownWhenEmpty(path) && !table.unmarked?.[path]) {
					const one = outcome('');
					const isNeeded = 'refused' in one && one.refused.problem.includes('empty');
					if (isNeeded !== isMarked) {
						complain('', isMarked ? 'is marked, and may be empty' : 'has no red mark', one);
					}
				}
				const own1 = valueIn(usual, odd[0], odd[1]);
				if ('sent' in before && typeof own1 === 'string' && own1 !== '' && !own1.includes('[[')) {
					for (const [start, end] of [
						['\u202a', '\u202c'],
						['\u200e', '\u200b'],
						[' ', ' \n'],
					]) {
						const value = `${start}${own1}${end}`;
						const one = of(put(value));
						if (isSame(one, before)) continue;
						if (isForPeople && 'sent' in one && holds(one.sent, value)) continue;
						complain(value, 'is not stripped', one);
					}
					const list = of(put([own1]));
					const isList = own1.includes(',') || table.lists?.includes(path);
					if ('sent' in list && !isList && !isSame(list, before)) {
						complain([own1], 'is not its text', list);
					}
				}
				if (operation !== 'bulkSend' || SOURCE_PARAMETERS.includes(path)) return complaints;

				const merged = put('[[odd]]');
				for (const [value, as] of [
					[1042, '1042'],
					[DATE, DATE.toISOString()],
				]) {
					const one = of(merged, { odd: value });
					if (!isSame(one, of(merged, { odd: as }))) complain(value, 'is merged otherwise', one);
				}
				for (const value of [null, '', INVISIBLE, ...NO_TEXT]) {
					const one = of(merged, { odd: value as IDataObject });
					if (!('refused' in one)) complain(value, 'is merged', one);
				}
				return complaints;
			};
		}
	});
}

function nodeOf(name: string): INodeType {
	return nodes.find(({ description }) => description.name === name) as INodeType;
}

function resourcesOf(name: string): Resource[] {
	const vendor = name[0].toUpperCase() + name.slice(1);
	return jest.requireActual<{ resources: Resource[] }>(`../../../nodes/${vendor}/operations`)
		.resources;
}

/** As much of the engine as the items of a table need. */
const filesOnly = {
	binary: async (content: string, about: object) =>
		await Promise.resolve({ data: Buffer.from(content).toString('base64'), ...about }),
};

function also(field: INodeProperties): readonly unknown[] {
	if (field.type === 'string' || field.type === 'dateTime') return ODD;
	if (field.type !== 'resourceLocator') return [];
	const mode = field.modes?.find(({ type }) => type === 'string')?.name;
	return ODD.map((value) => ({ __rl: true, mode, value }));
}

/** The same with another value where two differ. */
function substitute(one: unknown, other: unknown, value: unknown): unknown {
	if (!isContainer(one) || !isContainer(other)) return value;
	const copy = (Array.isArray(one) ? [...(one as unknown[])] : { ...one }) as IDataObject;
	for (const key of Object.keys(one)) {
		const [inOne, inOther] = [one, other].map((each) => (each as IDataObject)[key]);
		if (inOne !== inOther && JSON.stringify(inOne) !== JSON.stringify(inOther)) {
			copy[key] = substitute(inOne, inOther, value) as string;
		}
	}
	return copy;
}

/** What stands in one where two others differ. */
function valueIn(usual: unknown, one: unknown, other: unknown): unknown {
	if (!isContainer(one) || !isContainer(other)) return usual;
	const key = Object.keys(one).find(
		(each) =>
			JSON.stringify((one as IDataObject)[each]) !== JSON.stringify((other as IDataObject)[each]),
	);
	if (key === undefined || !isContainer(usual)) return usual;
	return valueIn(
		(usual as IDataObject)[key],
		(one as IDataObject)[key],
		(other as IDataObject)[key],
	);
}

function isContainer(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}

const CREDENTIALS = {
	workspaceId: '0d5d6d50-0000-4000-8000-000000000001',
	senderId: '0d5d6d50-0000-4000-8000-000000000002',
};

/** What would be sent for one item, by the steps that the runner takes before it sends. */
function outcomeOf(
	own: NodeOperation,
	parameters: INodeParameters,
	item: INodeExecutionData,
): Outcome {
	try {
		const source = sourceOf(parameters, item);
		const operation = operationOf(
			{
				...own,
				operation:
					typeof own.operation === 'function'
						? own.operation((field, fallback) => source.read(field, 0, fallback), source.parameters)
						: own.operation,
			},
			{},
		);
		const host = { items: [item], parameters: source, once: {} } as unknown as Host;
		const sources = operation.bulk ? [...sourcesByItem(host)].flat() : sourcesOfItems(host);
		const drafts = new Drafts(
			source,
			['resource', 'operation', 'requestOptions', ...SOURCE_PARAMETERS],
			operation.bulk !== undefined,
			operation.html,
		);
		const requests = sources.map(({ failure, json, recipient }) => {
			if (failure) throw failure;
			const draft = drafts.draft(0, json);
			const input = operation.input(draft, {
				credentials: CREDENTIALS,
				get recipient() {
					return recipient?.();
				},
				file: (label, value) => binaryFile(contextOf(item), label, value),
			});
			const request = operation.request(input);
			const options = optionsOf(draft);
			readCountry(options.defaultCountry);
			const key = idempotencyKeyOf(operation.api, request, options.idempotencyKey);
			const once = readOnce(host, options, operation.bulk !== undefined)?.key;
			return { input, request, once, key: 'own' in key ? key : undefined };
		});
		return { sent: JSON.stringify(requests) };
	} catch (error) {
		return error instanceof InvalidInput ? { refused: error } : { thrown: error };
	}
}

function sourceOf(parameters: INodeParameters, { json }: INodeExecutionData): ParameterSource {
	const values = withoutLocators(parameters) as IDataObject;
	return {
		parameters,
		timezone: 'Europe/Berlin',
		read: (name, _item, fallback) =>
			(name.split('.').reduce<unknown>((at, part) => (at as IDataObject)?.[part], values) ??
				fallback) as string,
		evaluate: () => undefined,
		json: () => json,
	};
}

function withoutLocators(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutLocators);
	if (!isContainer(value) || Object.getPrototypeOf(value) !== Object.prototype) return value;
	if ('__rl' in value) return (value as IDataObject).value;
	return Object.fromEntries(
		Object.entries(value).map(([key, entry]) => [key, withoutLocators(entry)]),
	);
}

function contextOf({ json, binary }: INodeExecutionData): IExecuteSingleFunctions {
	const context = {
		getInputData: () => ({ json, binary }),
		helpers: {
			assertBinaryData(name: string) {
				const file = binary?.[name];
				if (file === undefined) throw new Error('There is no such file');
				return file;
			},
		},
	};
	return context as unknown as IExecuteSingleFunctions;
}

/** Whether a refusal names the field, or a part of the way to it, as the editor calls them. */
function names({ field }: InvalidInput, label: string, path: string): boolean {
	// Another recipient is another item, which may lack what the message needs.
	if (SOURCE_PARAMETERS.includes(path)) return /^Recipient|^Merge field/.test(field);
	const last = label.split(' › ').at(-1) ?? label;
	return field.includes(last) || last.includes(field) || label.split(' › ').includes(field);
}

function isSame(one: Outcome, other: Outcome): boolean {
	if ('sent' in one && 'sent' in other) return one.sent === other.sent;
	return 'refused' in one && 'refused' in other;
}

/** Whether a text stands in a request, as it is or as part of an address. */
function holds(sent: string, text: string): boolean {
	return [text, text.trim(), encodeURIComponent(text)].some((form) =>
		sent.includes(JSON.stringify(form).slice(1, -1)),
	);
}

/** What holds an emoji of several together, and is taken out of IDs with all that nobody sees. */
function withoutJoiners(text: string): string {
	return text.replaceAll('\u200d', '');
}

function told(outcome: Outcome): string {
	if ('sent' in outcome) return outcome.sent.slice(0, 200);
	if ('thrown' in outcome) return String(outcome.thrown);
	const { message, cure } = outcome.refused;
	return `${message}. ${cure}`;
}

function shown(value: unknown): string {
	return (JSON.stringify(value) ?? 'undefined').slice(0, 60);
}
