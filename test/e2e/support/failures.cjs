const http = require('node:http');
const { text } = require('node:stream/consumers');
const { TestEnvironment } = require('jest-environment-node');

/** Where a test fails, what n8n has printed last often says why; afterwards it is gone. */
module.exports = class FailuresEnvironment extends TestEnvironment {
	async handleTestEvent({ name, test }) {
		if (name !== 'test_done' || test.errors.length === 0) return;
		const { CONNECTIONS } = await import('./environment.mjs');
		const { servers } = JSON.parse(process.env[CONNECTIONS]);
		const response = await new Promise((resolve, reject) => {
			http.get(`${servers}/printed`, { agent: false }, resolve).on('error', reject);
		});
		process.stderr.write(`n8n, when "${test.name}" had failed:\n${await text(response)}\n`);
	}
};
