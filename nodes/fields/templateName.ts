/** As much of a template's text as tells it from others in a list. */
const LONGEST = 60;

/**
 * A template as the list beside its field shows it: name, language, and how its text begins.
 *
 * @param text what it says, or else what its list tells of it, such as its variables
 */
export function templateName(name: string, language: string, text: string | null): string {
	const label = `${name} (${language})`;
	const line = text?.replace(/\s+/g, ' ').trim() ?? '';
	if (line === '') return label;
	const characters = [...line];
	const start = characters.slice(0, LONGEST).join('');
	return `${label}: ${start}${characters.length > LONGEST ? '…' : ''}`;
}
