import type {
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodeTypeDescription,
} from 'n8n-workflow';
import { type State, statesOf } from '../../unit/descriptions/displayed';
import { alternativesOf, type Knowledge, usual } from './values';

/** Settings of a node that differ in one field only. The vendor has to see the difference. */
export interface Variation {
	/** In the words of the editor. */
	field: string;
	/** By its names, such as `options.maxWait`. */
	path: string;
	type: INodeProperties['type'];
	/** Whether the editor marks it with red while it is empty. */
	isMarked: boolean;
	alternatives: INodeParameters[];
}

/** The settings of one operation with everything filled in, and what can be varied in them. */
export interface Plan {
	/** A complete set of parameters for each way in which the fields that decide can be set. */
	bases: INodeParameters[];
	variations: Variation[];
}

/** That a picker decides by holding an expression or not leaves open which value it has. */
function withoutPickers(values: INodeParameters, properties: INodeProperties[]): INodeParameters {
	const pickers = properties.filter(({ type }) => type === 'resourceLocator');
	return Object.fromEntries(
		Object.entries(values).filter(([name]) => !pickers.some((picker) => picker.name === name)),
	);
}

interface Nested {
	field: string;
	path: string;
	type: INodeProperties['type'];
	isMarked: boolean;
	values: unknown[];
}

/**
 * Plans how to vary every field of an operation (or whatever else `place` chooses): each where it is
 * shown, for each of its reasons.
 */
export function planFor(
	description: INodeTypeDescription,
	place: Record<string, string>,
	known: Knowledge,
): Plan {
	const { properties } = description;
	const states = statesOf({ fields: properties }, undefined, description)
		.filter(
			({ values }) =>
				Object.entries(place).every(([name, value]) => values[name] === value) &&
				!known.impossible?.(values) &&
				!Object.values(values).includes('='),
		)
		.map(({ values, shown }) => ({ shown, values: withoutPickers(values, properties) }));
	const bases = states.map((state) => baseOf(state, description, known));
	const variations: Variation[] = [];
	const covered = new Set<string>();
	const isNew = (key: string) => !covered.has(key) && Boolean(covered.add(key));

	states.forEach(({ values, shown }, at) => {
		const base = bases[at];
		for (const field of shown) {
			if (field.type === 'notice' || field.name in place) continue;
			// n8n's own, which it adds to every declarative node.
			if (field.name === 'requestOptions') continue;
			const id = properties.indexOf(field);
			if (field.name in values) {
				const others = decidedBy(field, values, states).map((index) => bases[index]);
				const label = field.displayName;
				if (isNew(`${id}`))
					variations.push({
						field: label,
						path: field.name,
						type: field.type,
						isMarked: field.required === true,
						alternatives: others,
					});
				continue;
			}
			const isGroup = field.type === 'collection' || field.type === 'fixedCollection';
			const reasons = Object.entries(values).map(
				([name, value]) => `${id} ${name}=${String(value)}`,
			);
			if (!isGroup && reasons.filter(isNew).length === 0) continue;
			for (const { values: ways, ...nested } of waysOf(field, [field.name], values)) {
				if (isGroup && !isNew(`${id} ${nested.path}`)) continue;
				const alternatives = ways.map((way) => ({ ...base, [field.name]: way as string }));
				variations.push({ ...nested, alternatives });
			}
		}
	});
	return { bases, variations };

	function waysOf(field: INodeProperties, path: string[], root: INodeParameters): Nested[] {
		const here = {
			field: field.displayName,
			path: path.join('.'),
			type: field.type,
			isMarked: field.required === true,
		};
		const inside = (ways: Nested[], wrap: (value: unknown) => unknown): Nested[] =>
			ways.map((way) => ({
				...way,
				field: `${field.displayName} › ${way.field}`,
				values: way.values.map(wrap),
			}));
		if (known.values[path.join('.')] !== undefined || !Array.isArray(field.options)) {
			return [{ ...here, values: [...alternativesOf(field, path, root, known)] }];
		}
		if (field.type === 'collection') {
			const entries = field.options as INodeProperties[];
			const states = statesOf({ fields: entries }, root, description);
			return entries
				.filter((entry) => states.some(({ shown }) => shown.includes(entry)))
				.flatMap((entry) => {
					const companions = known.companions?.[`${field.name}.${entry.name}`];
					return inside(waysOf(entry, [...path, entry.name], root), (value) => ({
						...(baseCollection(field, known) as object),
						...companions,
						[entry.name]: value,
					}));
				});
		}
		if (field.type === 'fixedCollection') {
			return (field.options as INodePropertyCollection[]).flatMap((group) => {
				const groupPath = [...path, group.name];
				return inside(waysInGroup(group, groupPath, root), (entry) => groupOf(field, group, entry));
			});
		}
		return [{ ...here, values: [...alternativesOf(field, path, root, known)] }];
	}

	/** Every field of an entry, in the first of its states in which it is shown. */
	function waysInGroup(
		{ values: fields }: INodePropertyCollection,
		path: string[],
		root: INodeParameters,
	): Nested[] {
		const states = statesOf({ fields }, root, description);
		return fields.flatMap((field) => {
			if (field.type === 'notice') return [];
			const state = states.find(({ shown }) => shown.includes(field));
			if (state === undefined) return [];
			if (field.name in state.values) {
				const entries = decidedBy(field, state.values, states).map((index) =>
					entryOf(states[index], path, root, description, known),
				);
				const fieldPath = [...path, field.name].join('.');
				const { displayName, type, required } = field;
				const isMarked = required === true;
				return [{ field: displayName, path: fieldPath, type, isMarked, values: entries }];
			}
			const entry = entryOf(state, path, root, description, known);
			return waysOf(field, [...path, field.name], { ...root, ...state.values }).map((way) => ({
				...way,
				values: way.values.map((value) => ({ ...entry, [field.name]: value })),
			}));
		});
	}
}

/** For each value that a deciding field can have, the first state that has it. */
function decidedBy(field: INodeProperties, values: INodeParameters, states: State[]): number[] {
	const before = Object.keys(values).slice(0, Object.keys(values).indexOf(field.name));
	const found = new Map<string, number>();
	states.forEach((state, index) => {
		if (!before.every((name) => state.values[name] === values[name])) return;
		if (!state.shown.includes(field)) return;
		const value = JSON.stringify(state.values[field.name]);
		if (!found.has(value)) found.set(value, index);
	});
	return [...found.values()];
}

function baseOf(
	state: State,
	description: INodeTypeDescription,
	known: Knowledge,
): INodeParameters {
	return entryOf(state, [], state.values, description, known);
}

/** Everything that is shown, with its usual value. */
function entryOf(
	{ values, shown }: State,
	path: string[],
	root: INodeParameters,
	description: INodeTypeDescription,
	known: Knowledge,
): INodeParameters {
	const entry: INodeParameters = { ...values };
	for (const field of shown) {
		if (field.type === 'notice' || field.name in values) continue;
		if (field.name === 'requestOptions') continue;
		const fieldPath = [...path, field.name];
		entry[field.name] = usualOf(field, fieldPath) as string;
	}
	return entry;

	function usualOf(field: INodeProperties, fieldPath: string[]): unknown {
		const state = { ...root, ...values };
		if (known.values[fieldPath.join('.')] !== undefined)
			return usual(field, fieldPath, state, known);
		if (field.type === 'collection') return baseCollection(field, known);
		if (field.type === 'fixedCollection') {
			const [group] = field.options as INodePropertyCollection[];
			const [first] = statesOf({ fields: group.values }, state, description);
			const inner = entryOf(first, [...fieldPath, group.name], state, description, known);
			return groupOf(field, group, inner);
		}
		return usual(field, fieldPath, state, known);
	}
}

const groupOf = (field: INodeProperties, group: INodePropertyCollection, entry: unknown) => ({
	[group.name]: field.typeOptions?.multipleValues ? [entry] : entry,
});

/** Nothing, but for a pace that lets the test run, and what the vendor's test always sets. */
function baseCollection({ name, options }: INodeProperties, known: Knowledge): INodeParameters {
	if (name !== 'options') return {};
	const always = { requestsPerSecond: 1000, ...known.options };
	const names = (options as INodeProperties[]).map((option) => option.name);
	return Object.fromEntries(
		Object.entries(always).filter(([option]) => names.includes(option)),
	) as INodeParameters;
}
