import type { INodeProperties } from 'n8n-workflow';

import { nodes } from '../nodes';

/** The fields of a description, at any depth. */
function fieldsIn(properties: INodeProperties[]): INodeProperties[] {
	return properties.flatMap((field) => {
		const within = (field.options ?? []).flatMap((option) => {
			if ('values' in option) return option.values;
			return 'type' in option ? [option] : [];
		});
		return [field, ...fieldsIn(within)];
	});
}

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
