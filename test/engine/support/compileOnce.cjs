const Module = require('node:module');
const { dirname, join, sep } = require('node:path');
const { Script } = require('node:vm');

const BUILT = join(__dirname, '../../../dist') + sep;

/**
 * Tests load the built package again and again, for module-level state of its own. Its code stays
 * the same, so that Node need not compile it each time.
 */
module.exports = function compileOnce() {
	/** @type {Map<string, { content: string, script: Script }>} */
	const compiled = new Map();
	const compile = Module.prototype._compile;
	Module.prototype._compile = function (content, filename, ...more) {
		if (!filename.startsWith(BUILT)) return compile.call(this, content, filename, ...more);
		if (compiled.get(filename)?.content !== content) {
			const script = new Script(Module.wrap(content), { filename });
			compiled.set(filename, { content, script });
		}
		const run = compiled.get(filename).script.runInThisContext();
		const load = (id) => this.require(id);
		return run.call(this.exports, this.exports, load, this, filename, dirname(filename));
	};
};
