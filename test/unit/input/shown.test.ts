import fc from 'fast-check';
import { inside, InvalidInput } from '../../../nodes/input/invalidInput';
import { shown, withoutInvisible } from '../../../nodes/input/shown';
import { refusal } from './refusal';

describe('what is refused', () => {
	it.each([
		['text', '"text"'],
		['+1415\u202c', '"+1415⟨U+202C⟩"'],
		['a\u00adb\ufe0fc\u200d', '"a⟨U+00AD⟩b⟨U+FE0F⟩c⟨U+200D⟩"'],
		['a\r\nb\tc\u0007', '"a⟨line break⟩b⟨tab⟩c⟨U+0007⟩"'],
		['\ud83d', '"⟨U+D83D⟩"'],
		['🎉 שלום', '"🎉 שלום"'],
		['x'.repeat(101), `"${'x'.repeat(100)}…"`],
		['🎉'.repeat(100_000), `"${'🎉'.repeat(100)}…"`],
		[5, '"5"'],
		[5n, '"5"'],
		[true, '"true"'],
		[null, 'null'],
		[undefined, 'nothing'],
		[{ secret: 1 }, 'an object'],
		[[1], 'a list'],
		[() => 1, 'a function'],
		[Symbol('x'), 'a symbol'],
	])('is shown in words: %p', (value, expected) => expect(shown(value)).toBe(expected));

	it('is shown with nothing that hides or turns what stands around it', () => {
		fc.assert(
			fc.property(fc.anything(), fc.string({ unit: 'binary' }), (value, text) => {
				for (const words of [shown(value), shown(text)]) {
					expect(words).not.toMatch(/[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\p{Cs}]/u);
					expect(words).not.toContain('[object ');
				}
			}),
		);
	});

	it('loses only what nobody sees', () => {
		expect(withoutInvisible('\u202aa\u200b b\u00ad\ufe0f\u2066')).toBe('a b');
		expect(withoutInvisible('Łódź 🎉 日本')).toBe('Łódź 🎉 日本');
	});

	it('has the name of what it stands in', () => {
		const refuse = () => {
			throw new InvalidInput('URL', 'is empty', 'Enter one.');
		};
		expect(refusal(() => inside('Actions 1', refuse))).toEqual({
			message: 'Actions 1 URL is empty',
			cure: 'Enter one.',
		});
		expect(inside('Actions 1', () => 5)).toBe(5);
		const fault = new TypeError('x');
		expect(() =>
			inside('Actions 1', () => {
				throw fault;
			}),
		).toThrow(fault);
	});
});
