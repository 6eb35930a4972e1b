import fc from 'fast-check';
import { InvalidInput } from '../../../nodes/input/invalidInput';

/** Everything that an expression may give, and text near what fields are asked for. */
export const anything = (...near: Array<fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> =>
	fc.oneof(
		fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true }),
		fc.string({ unit: 'binary' }),
		fc.string({ unit: 'grapheme' }),
		fc.double(),
		fc.maxSafeInteger(),
		...near,
	);

/**
 * What reading gives, undefined when it is refused. A refusal must be made of words; nothing else
 * may be thrown.
 */
export function attempt<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch (error) {
		expect(error).toBeInstanceOf(InvalidInput);
		const { field, problem, cure } = error as InvalidInput;
		for (const words of [field, problem, cure]) {
			expect(words).toMatch(/\S/);
			expect(words).not.toContain('[object ');
			expect(words).not.toMatch(/[\p{Cs}\u202a-\u202e\u2066-\u2069\u200b]/u);
		}
		return undefined;
	}
}

/** The digits of a text in their order. */
export function digitsOf(text: unknown): string {
	return String(text).replace(/\D/g, '');
}
