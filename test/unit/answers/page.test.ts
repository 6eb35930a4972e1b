import { createHash } from 'node:crypto';

import { LANGUAGES, textsIn } from '../../../nodes/answers/languages';
import { askingPage, LONGEST_ANSWER, tellingPage } from '../../../nodes/answers/page';
import type { Question } from '../../../nodes/answers/question';
import { STYLE_POLICY } from '../../../nodes/answers/style';

const question: Question = {
	kind: 'approval',
	language: 'de',
	approve: 'Ja, erstatten',
	decline: 'Nein',
	takesWords: true,
	submit: 'Senden',
};

const NASTY = `"><script>alert(1)</script>'&<img src=x onerror=alert(1)> {{ $json }} ‮ 👩‍👩‍👧`;

describe('the page that asks', () => {
	it('has a button for each answer, whose label is the sender’s, and nothing that runs', () => {
		const page = askingPage(question);
		expect(page).toContain('<button name="answer" value="approve" dir="auto">Ja, erstatten<');
		expect(page).toContain('<button name="answer" value="decline" class="second" dir="auto">Nein<');
		expect(page).toContain(`<textarea name="words" rows="2" maxlength="${LONGEST_ANSWER}"`);
		expect(page).toContain('<html lang="de">');
		expect(page).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">');
		expect(page).toContain('prefers-color-scheme: dark');
		expect(page).not.toMatch(/<script|<link|<img|\son\w+=|https?:|@import|url\(/i);
		expect(Buffer.byteLength(page)).toBeLessThan(5000);
	});

	it('asks for no words, and offers no no, where none is wanted', () => {
		const page = askingPage({ ...question, decline: undefined, takesWords: false });
		expect(page).not.toMatch(/<textarea|decline/);
	});

	it('asks for a text', () => {
		const page = askingPage({ ...question, kind: 'freeText' });
		expect(page).toMatch(/<textarea name="words"[^>]* required>/);
		expect(page.match(/<button/g)).toHaveLength(1);
		expect(page).toContain('>Senden<');
	});

	it('shows the title and the message only where they are to be shown', () => {
		expect(askingPage(question)).toContain('<h1 dir="auto">Ihre Antwort</h1>');
		const page = askingPage({ ...question, title: 'Erstattung', message: 'Zeile 1\nZeile 2' });
		expect(page).toContain('<title>Erstattung</title>');
		expect(page).toContain('<p dir="auto">Zeile 1\nZeile 2</p>');
	});

	it('shows whatever anybody wrote as text', () => {
		const page = askingPage({
			...question,
			title: NASTY,
			message: NASTY,
			approve: NASTY,
			decline: NASTY,
		});
		expect(page).not.toMatch(/<script|<img|onerror=alert\(1\)>/);
		expect(
			page.match(/&quot;&gt;&lt;script&gt;alert\(1\)&lt;\/script&gt;&#39;&amp;/g),
		).toHaveLength(5);
		expect(tellingPage('en', NASTY, NASTY)).not.toMatch(/<script|<img/);
	});

	it('lets a browser use its own style and nothing else', () => {
		const page = askingPage(question);
		const style = /<style>([^]*)<\/style>/.exec(page)?.[1] ?? '';
		const hash = createHash('sha256').update(style).digest('base64');
		expect(STYLE_POLICY).toBe(
			`default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; base-uri 'none'`,
		);
		expect(page).toContain('http-equiv="Content-Security-Policy"');
		expect(page).not.toContain('style="');
	});

	it.each(LANGUAGES)('speaks all of %s', (language) => {
		const { name, tooLong, youAnswered, ...rest } = textsIn(language);
		expect(name).toMatch(/^[A-Z]/);
		expect(tooLong(4000)).toContain('4000');
		expect(youAnswered('Ja')).toContain('Ja');
		expect(Object.values(rest).filter((text) => String(text).trim() === '')).toEqual([]);
	});
});
