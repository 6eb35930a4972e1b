/**
 * What the person who asked for a vendor has now, and what is left to do.
 *
 * @param {import('./generate.mjs').NewVendor} vendor
 */
export function said({ names, created, changed }) {
	const { displayName, className, name } = names;
	return `${displayName} is there, with an API that is made up:
${listed(created)}
It was added to:
${listed(changed)}
See it pass:
  npm run build && npm run types && npm run lint
  npx jest --selectProjects unit engine --testPathPatterns ${name} descriptions readme examples contracts

Now make it ${displayName}'s own, as CONTRIBUTING.md says under "Add a vendor":
  1. sandbox/contracts/${name}.openapi.yaml and sandbox/vendors/${name}, from the vendor's documents
  2. nodes/${className}/api.ts: limits, statuses, complaints, each with the page that says so
  3. nodes/${className}/operations, and the tests beside them
  4. credentials/${className}Api.credentials.ts and the icons. No other package may have a credential of
     the type ${name}Api: look on npm, and take another one if there is.
  5. What the README, the sandbox's README and package.json say about the vendors in words
  6. npm run contract:store, once its fields are as they shall stay`;
}

/** @param {string[]} paths */
const listed = (paths) => paths.map((path) => `  ${path}`).join('\n');
