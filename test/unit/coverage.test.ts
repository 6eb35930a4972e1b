import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { readContract } from '../../sandbox/core/contract';
import { nodes } from './nodes';
import { ownersLines } from './ownersLines';

const root = join(__dirname, '../..');
const document = readFileSync(join(root, 'docs/coverage.md'), 'utf8');

interface Row {
	line: string;
	fields: string[];
	places: string[];
	tests: string[];
}

const quoted = (cell = ''): string[] =>
	[...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text ?? '');

const rowsOf = (text: string): Row[] =>
	text
		.split('\n')
		.filter((line) => /^\| (?!-+ \||Line )/.test(line))
		.map((line) => line.split('|').map((cell) => cell.trim()))
		.map(([, line = '', fields, places, tests]) => ({
			line,
			fields: quoted(fields),
			places: quoted(places),
			tests: quoted(tests),
		}));

const rows = rowsOf(document);

const named = (pick: (row: Row) => string[]): string[] => [...new Set(rows.flatMap(pick))];

const sections = document.split(/^## /m).slice(1);

describe('the coverage of the owner’s documents', () => {
	it('has all five', () => {
		const titles = sections.map((section) => section.split('\n')[0]);
		expect(titles.pop()).toBe("Beyond the owner's documents");
		expect(titles).toEqual(
			Object.keys(ownersLines).map((vendor) => `The owner's document of ${vendor}`),
		);
	});

	it.each(Object.entries(ownersLines))('has every line of that of %s', (vendor, lines) => {
		const section = sections.find((one) => one.startsWith(`The owner's document of ${vendor}\n`));
		expect(rowsOf(section ?? '').map(({ line }) => line)).toEqual(lines);
	});

	it.each(rows)('says where "$line" stands in the contract, and what tests it', (row) => {
		expect(row.places.length).toBeGreaterThan(0);
		expect(row.tests.length).toBeGreaterThan(0);
	});

	it.each(named(({ fields }) => fields))('names a field that there is: %s', (field) => {
		expect(isField(field)).toBe(true);
	});

	it.each(named(({ places }) => places))(
		'names a place in a contract that there is: %s',
		(place) => {
			expect(isPlace(place)).toBe(true);
		},
	);

	it.each(named(({ tests }) => tests))('names a test that there is: %s', (test) => {
		expect(isTest(test)).toBe(true);
	});

	it.each([
		['bird.options.nothing', isField],
		['nobody.text', isField],
		['bird message:cook', isField],
		['birdChannelsApi.password', isField],
		['bird sendLetter', isPlace],
		['bird sendMessage body.colour', isPlace],
		['bird sendMessage 418', isPlace],
		['bird getMessage 200.updatedAt', isPlace],
		['bird getMessage ?page', isPlace],
		['bird security password', isPlace],
		['sandbox/birdSend › sends pigeons', isTest],
		['sandbox/pigeons › a body of type', isTest],
	])('would find that %s does not exist', (name, isThere) => {
		expect(isThere(name)).toBe(false);
	});
});

// Fields

function isField(name: string): boolean {
	const [node = '', operation] = name.split(' ');
	if (operation !== undefined) return hasOperation(node, operation);
	const [owner = '', ...path] = name.split('.');
	const credential = credentials.find((one) => one.name === owner);
	const properties = credential?.properties ?? descriptionOf(owner)?.properties ?? [];
	return hasProperty(properties, path);
}

const descriptionOf = (name: string) =>
	nodes.find(({ description }) => description.name === name)?.description;

function hasOperation(node: string, name: string): boolean {
	const [resource = '', operation = ''] = name.split(':');
	return (descriptionOf(node)?.properties ?? []).some(
		(property) =>
			property.name === 'operation' &&
			property.displayOptions?.show?.resource?.includes(resource) === true &&
			(property.options ?? []).some((option) => 'value' in option && option.value === operation),
	);
}

/** Parameters of one name may stand there several times, for different operations. */
function hasProperty(properties: INodeProperties[], [name, ...path]: string[]): boolean {
	const found = properties.filter((property) => property.name === name);
	if (path.length === 0) return found.length > 0;
	return found.some((property) => hasProperty(insideOf(property), path));
}

/** What a collection holds; the parts of a fixed collection count as parameters of their own. */
const insideOf = ({ options = [] }: INodeProperties): INodeProperties[] =>
	options.flatMap((option) => {
		if ('values' in option) return [{ ...option, options: option.values } as never];
		return 'type' in option ? [option] : [];
	});

const credentials: ICredentialType[] = readdirSync(join(root, 'credentials'))
	.filter((file) => file.endsWith('.credentials.ts'))
	.map((file) => {
		const exported = jest.requireActual<Record<string, new () => ICredentialType>>(
			join(root, 'credentials', file),
		);
		return new (Object.values(exported)[0] as new () => ICredentialType)();
	});

// Contracts

interface Schema {
	$ref?: string;
	properties?: Record<string, Schema>;
	items?: Schema;
	allOf?: Schema[];
	anyOf?: Schema[];
	oneOf?: Schema[];
}
interface Content {
	$ref?: string;
	content?: Record<string, { schema?: Schema }>;
}
interface Operation {
	operationId?: string;
	parameters?: Array<{ $ref?: string; name?: string }>;
	requestBody?: Content;
	responses?: Record<string, Content>;
}

interface Contract {
	paths: Record<string, Record<string, Operation>>;
	components: { securitySchemes: Record<string, unknown> };
}

const contracts = new Map<string, Contract>();

function contractOf(vendor: string): Contract {
	const contract = contracts.get(vendor) ?? (readContract(vendor) as never as Contract);
	contracts.set(vendor, contract);
	return contract;
}

function isPlace(name: string): boolean {
	const [vendor = '', operationId = '', part] = name.split(' ');
	if (!existsSync(join(root, 'sandbox/contracts', `${vendor}.openapi.yaml`))) return false;
	const contract = contractOf(vendor);
	const resolve = <T extends { $ref?: string }>(thing: T): T =>
		thing.$ref === undefined
			? thing
			: resolve(
					thing.$ref
						.split('/')
						.slice(1)
						.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], contract) as T,
				);
	if (operationId === 'security')
		return part !== undefined && part in contract.components.securitySchemes;

	const at = Object.values(contract.paths).find((path) =>
		Object.values(path).some((operation) => operation.operationId === operationId),
	);
	const operation = Object.values(at ?? {}).find((one) => one.operationId === operationId);
	if (!at || !operation || part === undefined) return operation !== undefined;
	if (part.startsWith('?')) {
		const shared = (at.parameters ?? []) as never as NonNullable<Operation['parameters']>;
		const parameters = [...shared, ...(operation.parameters ?? [])].map(resolve);
		return parameters.some((parameter) => parameter.name === part.slice(1));
	}
	const [where = '', ...path] = part.split('.');
	const content = where === 'body' ? operation.requestBody : operation.responses?.[where];
	if (content === undefined) return false;
	const { schema } = Object.values(resolve(content).content ?? {})[0] ?? {};
	return path.length === 0 || (schema !== undefined && hasPath(schema, path));

	function hasPath(given: Schema, [key = '', ...rest]: string[]): boolean {
		const { properties = {}, items, allOf = [], anyOf = [], oneOf = [] } = resolve(given);
		const property = properties[key];
		return (
			(property !== undefined && (rest.length === 0 || hasPath(property, rest))) ||
			[...allOf, ...anyOf, ...oneOf, ...(items ? [items] : [])].some((other) =>
				hasPath(other, [key, ...rest]),
			)
		);
	}
}

// Tests

function isTest(name: string): boolean {
	const [file = '', title = ''] = name.split(' › ');
	return title !== '' && textsOf(file).some((text) => text.includes(title));
}

/** All texts in quotes of a test file: titles may stand in a table. */
function textsOf(name: string): string[] {
	const paths = [`unit/${name}.test.ts`, `${name}.test.ts`, `${name}.ts`];
	const path = paths.map((one) => join(root, 'test', one)).find((one) => existsSync(one));
	const source = path === undefined ? '' : readFileSync(path, 'utf8');
	const quotes = /'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`([^`]*)`/g;
	return [...source.matchAll(quotes)].map(([, ...texts]) => texts.find(Boolean) ?? '');
}
