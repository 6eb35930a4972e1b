import { nodes } from '../nodes';
import { fieldsIn } from './fieldsIn';

/** What a vendor does with a value stands where one enters it. Sources: the vendors' pages. */
it.each<[string, string, RegExp[]]>([
	['bird', 'scheduledFor', [/at most 35 days ahead/, /within 10 minutes/]],
	['bird', 'tags', [/At most 10/, /lower case/, /creates those that are new/]],
	['bird', 'choices', [/picture.*only be given with the Message Type JSON/]],
	['aelyst', 'messageTag', [/Required on Facebook and Instagram/, /24 hours/]],
	// Sent keeps it and chooses nothing by it.
	['sent', 'country', [/does not choose by it/, /recipients in every country/]],
])('%s says it: %s', (node, name, words) => {
	const description = nodes.find((one) => one.description.name === node)?.description;
	const found = fieldsIn(description?.properties ?? []).filter((field) => field.name === name);
	expect(found.length).toBeGreaterThan(0);
	for (const field of found) for (const said of words) expect(field.description).toMatch(said);
});
