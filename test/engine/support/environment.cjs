/**
 * Jest runs each test file in a realm of its own, where `error instanceof Error` is false for an
 * error that Node itself made, and loads every module again. n8n does neither. This environment
 * hands the tests Node's own `require`, so that n8n and the built package run as they do in n8n:
 * in one realm, loaded once.
 */
const { TestEnvironment } = require('jest-environment-node');
const compileOnce = require('./compileOnce.cjs');

compileOnce();

module.exports = class EngineEnvironment extends TestEnvironment {
	async setup() {
		await super.setup();
		this.global.nodeRequire = require;
	}
};
