import { bodyOf, quoted } from '../../../nodes/Bird/template/preview';

const body = (text: string) => ({ type: 'text', role: 'body', text: { text } });
const content = (locale: string, ...blocks: object[]) => ({ platform: 'whatsapp', locale, blocks });

describe('what a template of Bird says', () => {
	it.each<[what: string, version: object, said: string | null]>([
		[
			'its body, on one line',
			{ platformContent: [content('en', body('Hi\n  {{a}} 👋'))] },
			'Hi {{a}} 👋',
		],
		[
			'its own language',
			{
				defaultLocale: 'en',
				platformContent: [content('nl', body('Hoi')), content('en', body('Hi'))],
			},
			'Hi',
		],
		[
			'any language else',
			{ defaultLocale: 'fr', platformContent: [content('nl', body('Hoi'))] },
			'Hoi',
		],
		[
			'no header or footer',
			{ platformContent: [content('en', { ...body('x'), role: 'footer' })] },
			null,
		],
		['nothing of an email', { platformContent: [] }, null],
		['nothing of what nobody documents', { platformContent: 'Hi' }, null],
		[
			'nothing of a text that is none',
			{ platformContent: [content('en', { ...body(''), text: 5 })] },
			null,
		],
	])('%s', (_what, version, said) => {
		expect(bodyOf(version as never)).toBe(said);
	});

	it('is cut between characters', () => {
		expect(quoted('Hi')).toBe('“Hi”');
		expect(quoted('👋'.repeat(121))).toBe(`“${'👋'.repeat(120)}…”`);
	});
});
