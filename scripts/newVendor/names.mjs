/**
 * @typedef {object} VendorNames what a vendor is called where
 * @property {string} displayName by people: "Acme Chat"
 * @property {string} className its room, and its class: "AcmeChat"
 * @property {string} name the node, the sandbox and the tests: "acmeChat"
 * @property {string} domain its made-up addresses: "acme-chat"
 * @property {string} alias who looks for it: "acme chat"
 * @property {string} hue the colour of its icon, 0 to 359
 */

const LONGEST = 40;

/** Words that the generator or n8n adds by itself. */
const ADDED = ['api', 'credentials', 'node', 'trigger'];

/**
 * @param {string} entered such as "acme" or "Acme Chat"
 * @returns {VendorNames}
 * @throws {Error} saying why it cannot be the name of a vendor
 */
export function vendorNames(entered) {
	const words = entered.trim().split(/[\s_-]+/);
	const className = words.map(asPartOfAName).join('');
	const problem = problemWith(words, className);
	if (problem !== undefined) throw new Error(problem);
	return {
		displayName: words.map(capital).join(' '),
		className,
		name: className.charAt(0).toLowerCase() + className.slice(1),
		domain: words.join('-').toLowerCase(),
		alias: words.join(' ').toLowerCase(),
		hue: String(hueOf(className)),
	};
}

/**
 * @param {string[]} words
 * @param {string} className
 */
function problemWith(words, className) {
	const [first] = words;
	const last = words[words.length - 1].toLowerCase();
	const shown = `"${words.join(' ')}"`;
	if (first === '') return 'Which vendor? For example: npm run new-vendor -- acme';
	if (!words.every((word) => /^[a-z0-9]+$/i.test(word)) || !/^[a-z]/i.test(first)) {
		return `${shown} cannot be the name of a class. Use letters from A to Z and digits, a letter first.`;
	}
	if (className.length > LONGEST) return `${shown} is too long. Use at most ${LONGEST} letters.`;
	if (ADDED.includes(last)) {
		return `Leave out "${words[words.length - 1]}" at the end: it is added where it belongs.`;
	}
	if (className in globalThis) return `${className} has a meaning in JavaScript. Add a word to it.`;
	return undefined;
}

/** @param {string} word */
const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);

/** @param {string} word */
const asPartOfAName = (word) =>
	capital(word.length > 1 && word === word.toUpperCase() ? word.toLowerCase() : word);

/** The same for the same name, so that vendors can be told apart. @param {string} name */
const hueOf = (name) =>
	[...name].reduce((hue, letter) => (hue * 31 + letter.charCodeAt(0)) % 360, 0);
