// npm run new-vendor -- acme: the rooms, contract, sandbox, credential, tests and example of a vendor
// with a made-up API, which compile, lint and pass; then they are made the vendor's own.
import { generate } from './newVendor/generate.mjs';
import { said } from './newVendor/said.mjs';
import { main } from './run/main.mjs';

await main(async () => {
	const entered = process.argv.slice(2).join(' ');
	console.log(said(await generate(entered)));
	return 0;
});
