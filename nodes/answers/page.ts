import { type Language, textsIn } from './languages';
import type { Question } from './question';
import { STYLE, STYLE_POLICY } from './style';

/** The longest answer, in characters. Whoever has more to say has a telephone. */
export const LONGEST_ANSWER = 4000;

/** The names of the form's fields. */
export const ANSWER = 'answer';
export const WORDS = 'words';

/** The page that asks, with a note above the buttons where an answer could not be taken. */
export function askingPage(question: Question, note?: string): string {
	const { kind, language, title, message } = question;
	const texts = textsIn(language);
	return page(language, title ?? texts.heading, [
		message === undefined ? '' : `<p dir="auto">${escaped(message)}</p>`,
		note === undefined ? '' : `<p class="note" role="alert">${escaped(note)}</p>`,
		// Without an action it goes to the page's own address, whose signature counts for it too.
		`<form method="post">${kind === 'freeText' ? textFields(question) : buttons(question)}</form>`,
	]);
}

/** A page that only says something. */
export function tellingPage(language: Language, heading: string, text?: string): string {
	return page(language, heading, [
		text === undefined ? '' : `<p dir="auto" class="note">${escaped(text)}</p>`,
	]);
}

function textFields({ language, submit }: Question): string {
	return `${textarea(WORDS, textsIn(language).answer, 6, true)}
<button name="${ANSWER}" value="text" dir="auto">${escaped(submit)}</button>`;
}

function buttons({ language, approve, decline, takesWords }: Question): string {
	return [
		takesWords ? textarea(WORDS, textsIn(language).words, 2, false) : '',
		`<button name="${ANSWER}" value="approve" dir="auto">${escaped(approve)}</button>`,
		decline === undefined
			? ''
			: `<button name="${ANSWER}" value="decline" class="second" dir="auto">${escaped(decline)}</button>`,
	].join('\n');
}

function textarea(name: string, label: string, rows: number, isRequired: boolean): string {
	const required = isRequired ? ' required' : '';
	return `<label>${escaped(label)}<textarea name="${name}" rows="${rows}" maxlength="${LONGEST_ANSWER}" dir="auto"${required}></textarea></label>`;
}

function page(language: Language, heading: string, parts: string[]): string {
	return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(STYLE_POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<meta name="format-detection" content="telephone=no">
<title>${escaped(heading)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1 dir="auto">${escaped(heading)}</h1>
${parts.filter((part) => part !== '').join('\n')}
</main>
</body>
</html>
`;
}

const ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** Whatever anybody wrote, as text that a browser shows and never obeys. */
function escaped(text: string): string {
	return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
