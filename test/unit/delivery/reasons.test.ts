import { reasonsInWords } from '../../../nodes/delivery/http/reasons';

it.each<[string, unknown, string | null]>([
	['one text', { '.tags': 'too long' }, '.tags: too long'],
	[
		'a list of them',
		{ '.tags': ['too long', 'twice'], at: ['past'] },
		'.tags: too long, twice; at: past',
	],
	[
		'objects',
		{ at: { min: 1 }, to: [{ code: 7 }, null, 2] },
		'at: {"min":1}; to: {"code":7}, null, 2',
	],
	['nothing', {}, null],
	['a text of their own', 'too long', null],
])('reasons that are %s are words, and never [object Object]', (_what, details, words) => {
	expect(reasonsInWords(details)).toBe(words);
});
