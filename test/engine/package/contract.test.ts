import stored from '../../contract/contract.json';
import { type Contract, contractOf, difference, inWords } from '../../contract/described';
import { builtContract } from '../../contract/package';

it('what workflows depend on is as it is stored', () => {
	expect(inWords(difference(stored, builtContract()))).toBe('');
});

describe('a change', () => {
	const properties = [
		{
			displayName: 'Text',
			name: 'text',
			type: 'string' as const,
			default: '',
			displayOptions: { show: { resource: ['message'], operation: ['send'] } },
		},
		{
			displayName: 'Kind',
			name: 'kind',
			type: 'options' as const,
			default: 'a',
			options: [
				{ name: 'A', value: 'a' },
				{ name: 'B', value: 'b' },
			],
		},
	];
	const contract = (given: object[]): Contract =>
		contractOf(
			[
				{
					description: { name: 'acme', version: 1, inputs: [], outputs: [], properties: given },
				} as never,
			],
			[],
		);
	const told = (given: object[]) => inWords(difference(contract(properties), contract(given)));
	const [text, kind] = properties;

	it('of words only is none', () => {
		expect(told([{ ...text, displayName: 'Message', description: 'What it says' }, kind])).toBe('');
	});

	it.each([
		['a parameter that is gone', [kind], 'acme message:send.text is gone'],
		['another type', [{ ...text, type: 'number' }, kind], 'was string = "", is number = ""'],
		['another default', [{ ...text, default: 'Hi' }, kind], 'is string = "Hi"'],
		[
			'a value that is gone',
			[text, { ...kind, options: [kind.options?.[0]] }],
			'acme.kind: "b" is gone',
		],
	])('%s needs a major version', (_, given, words) => {
		expect(told(given)).toContain('needs a major version');
		expect(told(given)).toContain(words);
	});

	it('that adds something is told, with what to do', () => {
		const more = { displayName: 'More', name: 'more', type: 'boolean', default: false };
		expect(told([...properties, more])).toBe(
			'New, which needs a minor version:\n  acme.more\nIf it is meant so, run "npm run contract:store".',
		);
	});
});
