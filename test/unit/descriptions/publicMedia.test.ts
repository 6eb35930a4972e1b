import { nodes } from '../nodes';
import { fieldsIn } from './fieldsIn';

/** Addresses that are called, or opened by a button, but from which no vendor fetches a file. */
const NO_MEDIA = /webhook|notification|link|base url/i;
const OF_BUTTONS = ['bird url'];

const fields = nodes.flatMap(({ description }) =>
	fieldsIn(description.properties)
		.filter(({ displayName, type }) => type === 'string' && /\burls?\b/i.test(displayName))
		.map((field) => ({ node: description.name, name: field.displayName, field })),
);
const media = fields.filter(
	({ node, name, field }) =>
		!NO_MEDIA.test(`${name} ${field.name}`) && !OF_BUTTONS.includes(`${node} ${field.name}`),
);

it('fields for the addresses of media are found', () => {
	expect(media.length).toBeGreaterThan(5);
});

it.each(media)('$name of $node says that anyone must be able to fetch it', ({ field }) => {
	const said = [field.description, field.hint].join(' ');
	expect(said).toMatch(/any(one|body)|public/i);
});
