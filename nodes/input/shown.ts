/** Characters that nobody sees: zero-width ones, directions of writing, soft hyphens, variants. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
/** What a message to people has to name, because it shows nothing or breaks the line. */
const NAMED = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\p{Cs}\p{Co}\u2028\u2029]/gu;
const NAMES: Record<string, string> = { '\n': 'line break', '\r': 'line break', '\t': 'tab' };
const LONGEST = 100;

/** Takes out what nobody sees, such as what copying from a website or a chat brings along. */
export function withoutInvisible(text: string): string {
	return text.replace(INVISIBLE, '');
}

/**
 * Anything in words that people can read and compare: text in quotation marks, its invisible
 * characters by their code points, such as "+1415…⟨U+202C⟩"; what is no text by what it is.
 */
export function shown(value: unknown): string {
	switch (typeof value) {
		case 'string':
			return `"${inWords(value)}"`;
		case 'number':
		case 'bigint':
		case 'boolean':
			return `"${String(value)}"`;
		case 'undefined':
			return 'nothing';
		case 'object':
			return value === null ? 'null' : Array.isArray(value) ? 'a list' : 'an object';
		default:
			return `a ${typeof value}`;
	}
}

/** A text with names for what shows nothing, cut where it is longer than anybody reads. */
export function inWords(text: string): string {
	const characters = [...text.slice(0, 4 * LONGEST)];
	const isWhole = characters.length <= LONGEST && text.length <= 4 * LONGEST;
	const start = characters.slice(0, LONGEST).join('').replace(/\r\n/g, '\n');
	return start.replace(NAMED, nameOf) + (isWhole ? '' : '…');
}

/** The name of one character, such as ⟨U+202C⟩ or ⟨line break⟩. */
export function nameOf(character: string): string {
	const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
	return `⟨${NAMES[character] ?? `U+${code}`}⟩`;
}
