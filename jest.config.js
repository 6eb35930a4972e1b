/** @param {'unit' | 'engine' | 'e2e'} layer */
const project = (layer, more = {}) => ({
	displayName: layer,
	rootDir: __dirname,
	testEnvironment: 'node',
	testMatch: [`<rootDir>/test/${layer}/**/*.test.ts`],
	transform: {
		'^.+\\.[cm]?[jt]s$': [
			'@swc/jest',
			{
				jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2022' },
				module: { type: 'commonjs' },
			},
		],
	},
	// Some of the libraries that the tests use are published as ES modules only.
	transformIgnorePatterns: ['/node_modules/(?!(get-port|@apidevtools)/)'],
	modulePathIgnorePatterns: ['<rootDir>/dist/package.json', '<rootDir>/packages/'],
	...more,
});

// One sandbox and one n8n of each version for all e2e test files.
const E2E = {
	testEnvironment: '<rootDir>/test/e2e/support/failures.cjs',
	setupFiles: ['<rootDir>/test/e2e/support/connections.cjs'],
	globalSetup: '<rootDir>/test/e2e/support/globalSetup.mjs',
	globalTeardown: '<rootDir>/test/e2e/support/globalTeardown.mjs',
};

// Engine tests run n8n's engine with Node's own modules, as n8n does.
const ENGINE = { testEnvironment: '<rootDir>/test/engine/support/environment.cjs' };

module.exports = {
	testTimeout: 120_000,
	// A worker keeps what n8n keeps, and slows down while it grows.
	workerIdleMemoryLimit: '1.5GB',
	testSequencer: '<rootDir>/scripts/test/sequencer.cjs',
	projects: [project('unit'), project('engine', ENGINE), project('e2e', E2E)],
};
