import { readdirSync } from 'node:fs';
import js from '@eslint/js';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

/** What n8n's package scanner reads: the published commit, and the code in the package. */
const SHIPPED = ['package.json', '{nodes,credentials}/**/*.{js,ts,json}', 'dist/**/*.js'];

/** Everything that only developers run. */
const WORKSHOP = ['{test,sandbox,bench,scripts,examples}/**/*.{ts,js,cjs,mjs}', '*.{js,mjs}'];

/** A vendor's room is called like its node; the rooms that vendors share are in lower case. */
const VENDORS = readdirSync('nodes').filter(
	(room) => /^[A-Z]/.test(room) && room !== 'MessageStatusTrigger',
);

/**
 * Which rooms of nodes/ a room may know. An import the other way is an arrow backwards: what both
 * need belongs into the room that both know.
 */
const ROOMS = {
	message: [],
	input: ['message'],
	fields: ['message', 'input'],
	delivery: ['input', 'message'],
	webhook: ['delivery', 'fields', 'input', 'message'],
	answers: ['delivery', 'fields', 'input', 'message'],
	[`{${VENDORS.join(',')}}`]: ['answers', 'delivery', 'fields', 'input', 'message', 'webhook'],
	MessageStatusTrigger: [
		'delivery',
		'fields',
		'input',
		'message',
		'webhook',
		// A vendor's half of the trigger, and nothing else of the vendor.
		`(${VENDORS.join('|')})/webhook`,
	],
};

/** @param {string} room @param {string[]} known */
const importsOf = (room, known) => ({
	files: [`nodes/${room}/**/*.ts`],
	rules: {
		'no-restricted-imports': [
			'error',
			{
				patterns: [
					{
						// Out of the room, into one that it does not know.
						regex: `^(\\.\\./)+(?!${known.map((one) => `${one}(/|$)`).join('|') || '$'})(message|input|fields|delivery|webhook|answers|MessageStatusTrigger|${VENDORS.join('|')})(/|$)`,
						message: `nodes/${room} knows ${known.join(', ') || 'no other room'}.`,
					},
				],
			},
		],
	},
});

/** Whatever the Node that runs ESLint offers: no package with a list of names is needed. */
const nodeGlobals = Object.fromEntries(
	[...Object.getOwnPropertyNames(globalThis), '__dirname', '__filename'].map((name) => [
		name,
		'readonly',
	]),
);

export default tseslint.config(
	{ ignores: ['dist/**', 'packages/**', 'coverage/**', '.cache/**'] },

	// The scanner that decides over verification (@n8n/scan-community-package 0.32.0): the same
	// rule sets, the same rules switched off, inline comments without effect.
	{
		files: SHIPPED,
		extends: [n8nCommunityNodesPlugin.configs.recommended],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
		linterOptions: { noInlineConfig: true },
		rules: { 'no-console': 'error' },
	},
	{
		files: ['package.json'],
		rules: n8nNodesBase.configs.community.rules,
	},
	{
		files: ['credentials/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.credentials.rules,
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.nodes.rules,
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},

	...Object.entries(ROOMS).map(([room, known]) => importsOf(room, known)),

	// Ordinary rules for all code; for shipped code they come on top, as in `n8n-node lint`.
	{
		files: [...WORKSHOP, '{nodes,credentials}/**/*.ts'],
		extends: [js.configs.recommended, tseslint.configs.recommended],
	},
	{
		files: WORKSHOP,
		languageOptions: { globals: nodeGlobals },
		linterOptions: { reportUnusedDisableDirectives: 'error' },
	},
	{
		files: ['**/*.cjs', '*.js', 'test/**/*.js'],
		languageOptions: { sourceType: 'commonjs' },
		rules: { '@typescript-eslint/no-require-imports': 'off' },
	},
);
