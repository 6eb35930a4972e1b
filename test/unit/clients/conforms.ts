import ts from 'typescript';

/** Types as a client's own declarations have them, to hold JSON against. */
export class Declarations {
	private readonly checker: ts.TypeChecker;
	private readonly exports: ts.Symbol[];

	/** @param files declaration files of the client */
	constructor(files: string[]) {
		const program = ts.createProgram(files, {
			strict: true,
			skipLibCheck: true,
			module: ts.ModuleKind.ESNext,
			moduleResolution: ts.ModuleResolutionKind.Bundler,
			types: [],
		});
		this.checker = program.getTypeChecker();
		this.exports = files.flatMap((file) => {
			const source = program.getSourceFile(file);
			const module = source && this.checker.getSymbolAtLocation(source);
			if (!module) throw new Error(`${file} is no module`);
			return this.checker.getExportsOfModule(module);
		});
	}

	/** Where a value does not fit the exported type of that name; what the type does not know is no breach. */
	breaches(name: string, value: unknown): string[] {
		const symbol = this.exports.find((one) => one.name === name);
		if (!symbol) throw new Error(`the client has no type ${name}`);
		return this.against(this.checker.getDeclaredTypeOfSymbol(symbol), value, name);
	}

	private against(type: ts.Type, value: unknown, path: string): string[] {
		if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return [];
		if (type.isUnion()) return this.againstAny(type.types, value, path);
		const kind = kindOf(type.flags);
		if (kind !== undefined) {
			const fits = kind === 'null' ? value === null : typeof value === kind;
			return fits ? [] : [`${path} is ${shown(value)}, not ${this.checker.typeToString(type)}`];
		}
		if (this.checker.isArrayType(type)) {
			if (!Array.isArray(value)) return [`${path} is ${shown(value)}, not a list`];
			const [of] = this.checker.getTypeArguments(type as ts.TypeReference);
			return value.flatMap((one, i) => (of ? this.against(of, one, `${path}[${i}]`) : []));
		}
		if (typeof value !== 'object' || value === null || Array.isArray(value)) {
			return [`${path} is ${shown(value)}, not an object`];
		}
		return this.againstObject(type, value as Record<string, unknown>, path);
	}

	private againstObject(type: ts.Type, value: Record<string, unknown>, path: string): string[] {
		const index = this.checker.getIndexTypeOfType(type, ts.IndexKind.String);
		const declared = new Map(type.getProperties().map((one) => [one.name, one]));
		const missing = [...declared.values()].filter(
			({ name, flags }) => !(flags & ts.SymbolFlags.Optional) && !(name in value),
		);
		return [
			...missing.map(({ name }) => `${path}.${name} is missing`),
			...Object.entries(value).flatMap(([name, one]) => {
				const property = declared.get(name);
				const of = property ? this.checker.getTypeOfSymbol(property) : index;
				return of ? this.against(of, one, `${path}.${name}`) : [];
			}),
		];
	}

	private againstAny(types: ts.Type[], value: unknown, path: string): string[] {
		const attempts = types.map((type) => this.against(type, value, path));
		if (attempts.some((breaches) => breaches.length === 0)) return [];
		// That of the alternative that is no null or undefined says most.
		const deepest = attempts.flat().filter((breach) => !breach.startsWith(`${path} is `));
		return deepest.length > 0 ? deepest : [attempts.flat().at(-1) ?? path];
	}
}

const kinds: Array<[flags: ts.TypeFlags, kind: string]> = [
	[ts.TypeFlags.StringLike, 'string'],
	[ts.TypeFlags.NumberLike, 'number'],
	[ts.TypeFlags.BooleanLike, 'boolean'],
	[ts.TypeFlags.Null, 'null'],
	[ts.TypeFlags.Undefined | ts.TypeFlags.Void, 'undefined'],
];

const kindOf = (flags: ts.TypeFlags): string | undefined => kinds.find(([of]) => flags & of)?.[1];

const shown = (value: unknown): string => JSON.stringify(value) ?? 'undefined';
