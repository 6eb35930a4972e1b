/** @param {'unit' | 'engine' | 'e2e'} layer */
const project = (layer, more = {}) => ({
	displayName: layer,
	rootDir: __dirname,
	testEnvironment: 'node',
	testMatch: [`<rootDir>/test/${layer}/**/*.test.ts`],
	transform: {
		'^.+\\.[cm]?[jt]s$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2022' }, module: { type: 'commonjs' } },
		],
	},
	// Some of the libraries that the tests use are published as ES modules only.
	transformIgnorePatterns: ['/node_modules/(?!(get-port|@apidevtools)/)'],
	modulePathIgnorePatterns: ['<rootDir>/dist/package.json'],
	...more,
});

module.exports = {
	testTimeout: 30_000,
	projects: [project('unit'), project('engine'), project('e2e')],
};
