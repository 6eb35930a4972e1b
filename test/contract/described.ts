import type {
	ICredentialType,
	INodeProperties,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

/** What workflows depend on, each thing by a name of its own: a parameter's type and default, and so on. */
export type Contract = Record<string, string>;

/** The contract of nodes and credentials, as they are described to n8n. */
export function contractOf(nodes: INodeType[], credentials: ICredentialType[]): Contract {
	const entries = [
		...nodes.flatMap(({ description }) => nodeEntries(description)),
		...credentials.flatMap(({ name, properties }) =>
			properties.flatMap((property) => entriesOf(`credential ${name}.`, property)),
		),
	];
	const merged = new Map<string, Set<string>>();
	for (const [name, said] of entries) merged.set(name, (merged.get(name) ?? new Set()).add(said));
	return Object.fromEntries(
		[...merged]
			.map(([name, said]): [string, string] => [name, [...said].sort().join(' or ')])
			.sort(([a], [b]) => (a < b ? -1 : 1)),
	);
}

type Entry = [name: string, said: string];

function nodeEntries(description: INodeTypeDescription): Entry[] {
	const { name, version, inputs, outputs, credentials = [], properties } = description;
	return [
		...[version].flat().map((one): Entry => [`node ${name} version ${one}`, '']),
		[`node ${name} inputs`, JSON.stringify(inputs)],
		[`node ${name} outputs`, JSON.stringify(outputs)],
		...credentials.map((one): Entry => [`node ${name} credential ${one.name}`, '']),
		...properties.flatMap((property) =>
			placesOf(property).flatMap((place) => entriesOf(`${name}${place}.`, property)),
		),
	];
}

/** The operations that show a parameter: one of the same name is another one in another operation. */
function placesOf({ displayOptions }: INodeProperties): string[] {
	const { resource = [], operation = [], vendor = [] } = displayOptions?.show ?? {};
	const names = operation.length > 0 ? operation : vendor;
	if (names.length === 0) return [''];
	const within = resource.length > 0 ? `${resource.join(',')}:` : '';
	return names.map((name) => ` ${within}${String(name)}`);
}

/** A parameter, what may be chosen in it, and the parameters in it. What only tells people is none. */
function entriesOf(prefix: string, property: INodeProperties): Entry[] {
	const { name, type, typeOptions, options = [] } = property;
	if (['notice', 'callout', 'button'].includes(type)) return [];
	const path = `${prefix}${name}`;
	const many = typeOptions?.multipleValues ? ' many' : '';
	const entries: Entry[] = [[path, `${type}${many} = ${JSON.stringify(property.default)}`]];
	for (const option of options) {
		if ('values' in option) {
			entries.push([`${path}.${option.name}`, 'group']);
			for (const inside of option.values)
				entries.push(...entriesOf(`${path}.${option.name}.`, inside));
		} else if ('type' in option) entries.push(...entriesOf(`${path}.`, option));
		else entries.push([`${path}: ${JSON.stringify(option.value)}`, 'value']);
	}
	return entries;
}

/** What has become of a contract. Names say which thing, and how it was and is. */
export interface Difference {
	/** Workflows may break. */
	broken: string[];
	added: string[];
}

export function difference(stored: Contract, now: Contract): Difference {
	const broken = Object.entries(stored)
		.filter(([name, said]) => now[name] !== said)
		.map(([name, said]) =>
			name in now ? `${name} was ${said}, is ${now[name]}` : `${name} is gone (${said})`,
		);
	const added = Object.keys(now).filter((name) => !(name in stored));
	return { broken, added };
}

/** What a developer is told, and what to do; nothing where nothing has changed. */
export function inWords({ broken, added }: Difference): string {
	const listed = (lines: string[]) => lines.map((line) => `\n  ${line}`).join('');
	return [
		broken.length > 0 &&
			`Workflows depend on what has changed. From 0.2.0 on this needs a major version, and an entry in CHANGELOG.md:${listed(broken)}`,
		added.length > 0 && `New, which needs a minor version:${listed(added)}`,
		broken.length + added.length > 0 && 'If it is meant so, run "npm run contract:store".',
	]
		.filter(Boolean)
		.join('\n');
}
