import {
	type DisplayCondition,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
	type INodeTypeDescription,
	type NodeParameterValue,
	NodeHelpers,
} from 'n8n-workflow';

/** Fields that stand together in the editor: those of a node, or those of one collection. */
export interface Level {
	/** Where it is, in the words of the editor. */
	path: string;
	fields: INodeProperties[];
	/** The fields of the node, which conditions with / are about. */
	all: INodeProperties[];
	/** The ways in which the fields outside can be set while this level is shown. */
	outer: INodeParameters[];
}

/** One way to set the fields that others depend on, and what is shown then. */
export interface State {
	values: INodeParameters;
	shown: INodeProperties[];
}

/** What decides whether a field is shown: its own level's fields, or (with /) the node's. */
export function conditionsOf({
	displayOptions,
}: INodeProperties): Array<[name: string, values: unknown[]]> {
	const { show = {}, hide = {} } = displayOptions ?? {};
	return [...Object.entries(show), ...Object.entries(hide)].map(([name, values = []]) => [
		name,
		values,
	]);
}

/** A condition such as that an expression stands in a field. */
export function isCondition(value: unknown): value is DisplayCondition {
	return typeof value === 'object' && value !== null && '_cnd' in value;
}

/** Every value that a field can have which others depend on. */
export function possibleValues(
	field: INodeProperties,
	siblings: INodeProperties[],
): NodeParameterValue[] {
	if (field.type === 'options' || field.type === 'multiOptions') {
		return (field.options as INodePropertyOptions[]).map(({ value }) => value);
	}
	if (field.type === 'boolean') return [true, false];
	const mentioned = siblings
		.flatMap(conditionsOf)
		.filter(([name]) => name === field.name)
		.flatMap(([, values]) => values as Array<NodeParameterValue | DisplayCondition>)
		.map((value) => (isCondition(value) ? String(Object.values(value._cnd)[0]) : value));
	return [...new Set([...mentioned, 'something else'])];
}

/** All states that a level can be in, given one way to set the fields outside. */
export function statesOf(
	{ fields }: Pick<Level, 'fields'>,
	root: INodeParameters | undefined,
	description: INodeTypeDescription,
): State[] {
	const deciding = new Set(fields.flatMap(conditionsOf).map(([name]) => name));
	const node = { typeVersion: [description.version].flat().at(-1) ?? 1 };
	const shownIn = (values: INodeParameters) =>
		fields.filter((field) =>
			NodeHelpers.displayParameter(values, field, node, description, root ?? values),
		);
	const states: State[] = [];
	const explore = (values: INodeParameters) => {
		const shown = shownIn(values);
		const undecided = shown.find(({ name }) => deciding.has(name) && !(name in values));
		if (undecided === undefined) {
			states.push({ values, shown });
			return;
		}
		const isList = undecided.type === 'multiOptions';
		for (const value of possibleValues(undecided, fields)) {
			explore({ ...values, [undecided.name]: (isList ? [value] : value) as NodeParameterValue });
		}
	};
	explore({});
	return states;
}

/** Visits a node's fields and every level inside them, each with all its states. */
export function walk(
	description: INodeTypeDescription,
	visit: (level: Level, states: State[]) => void,
): void {
	const { displayName: path, properties: fields } = description;
	const start: Level = { path, fields, all: fields, outer: [] };
	const states = statesOf(start, undefined, description);
	visit(start, states);
	for (const field of fields) {
		const outer = states.filter(({ shown }) => shown.includes(field)).map(({ values }) => values);
		walkInto(field, { ...start, outer: outer.length > 0 ? outer : [{}] });
	}

	function walkInto(field: INodeProperties, { path, all, outer }: Level): void {
		for (const [name, fields] of levelsIn(field)) {
			const level: Level = { path: `${path} › ${name}`, fields, all, outer };
			visit(
				level,
				differing(outer, fields).flatMap((root) => statesOf(level, root, description)),
			);
			for (const inner of fields) walkInto(inner, level);
		}
	}
}

function levelsIn({ type, displayName, options }: INodeProperties) {
	if (type === 'collection') return [[displayName, options as INodeProperties[]] as const];
	if (type !== 'fixedCollection') return [];
	return (options as INodePropertyCollection[]).map(
		(group) => [`${displayName} › ${group.displayName}`, group.values] as const,
	);
}

/** One of each kind, as far as the fields inside can tell. */
function differing(outer: INodeParameters[], inside: INodeProperties[]): INodeParameters[] {
	const asked = new Set<string>();
	const ask = (fields: INodeProperties[]) => {
		for (const field of fields) {
			for (const [name] of conditionsOf(field)) if (name.startsWith('/')) asked.add(name.slice(1));
			if (field.type === 'collection') ask(field.options as INodeProperties[]);
			if (field.type === 'fixedCollection') {
				(field.options as INodePropertyCollection[]).forEach(({ values }) => ask(values));
			}
		}
	};
	ask(inside);
	const key = (values: INodeParameters) =>
		JSON.stringify([...asked].sort().map((name) => values[name] ?? null));
	return [...new Map(outer.map((values) => [key(values), values])).values()];
}
