import { InvalidInput } from './invalidInput';
export function requireWhole(
	field: string,
	value: unknown,
	{ min, max = Infinity }: { min: number; max?: number },
): number {
	const n = Number(value);
	if (Number.isInteger(n) && n >= min && n <= max) return n;
	throw new InvalidInput(
		field,
		`"${String(value)}" is not a whole number from ${min}`,
		'Enter a whole number.',
	);
}
