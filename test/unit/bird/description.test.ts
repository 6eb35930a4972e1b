import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import { Bird } from '../../../nodes/Bird/Bird.node';

const { properties } = new Bird().description;

interface Place {
	path: string;
	field: INodeProperties;
	/** The name of the collection that it stands in. */
	within: string | undefined;
}

/** All fields, also those within others. */
function all(fields: INodeProperties[], path: string[] = [], within?: string): Place[] {
	return fields.flatMap((field) => {
		const here = [...path, field.displayName];
		const inner =
			field.type === 'collection'
				? all(field.options as INodeProperties[], here, 'collection')
				: field.type === 'fixedCollection'
					? (field.options as INodePropertyCollection[]).flatMap(({ values }) =>
							all(values, here, within === 'collection' ? within : field.name),
						)
					: [];
		return [{ path: here.join(' › '), field, within }, ...inner];
	});
}
const everywhere = all(properties);
const pathsOf = (places: Place[]) => [...new Set(places.map(({ path }) => path))];

const ofOperation = (operation: string) =>
	properties.filter(({ displayOptions }) => displayOptions?.show?.operation?.includes(operation));

describe.each(['send', 'sendTemplate', 'bulkSend'])('the fields of %s', (operation) => {
	const names = ofOperation(operation).map(({ name }) => name);
	const first = (...some: string[]) => names.findIndex((name) => some.includes(name));
	const last = (...some: string[]) =>
		names.reduce((found, name, at) => (some.includes(name) ? at : found), -1);

	it('begin with the recipient, then the content, then everything else', () => {
		const recipient = last('recipientBy', 'recipient', 'recipientField', 'identifierKey');
		const content = first('bodyType', 'projectId');
		expect(recipient).toBeLessThan(content);
		for (const rest of ['simplify', 'output', 'skipDuplicates', 'options']) {
			if (first(rest) >= 0) expect(first(rest)).toBeGreaterThan(last('text', 'projectId'));
		}
	});

	it('have the words of a message before its buttons, files and settings', () => {
		for (const { name, displayOptions } of ofOperation(operation)) {
			if (!['actions', 'attachments', 'metadata'].includes(name)) continue;
			const [type] = displayOptions?.show?.bodyType ?? [];
			const ofType = ofOperation(operation).filter(
				(field) => field.displayOptions?.show?.bodyType?.[0] === type,
			);
			const rest = ofType.slice(ofType.findIndex((field) => field.name === name));
			expect(rest.map((field) => field.name)).not.toContain('text');
		}
	});

	it('have the parameters of a template before its locale and version', () => {
		if (!names.includes('projectId')) return;
		const order = [
			'projectId',
			'parametersFrom',
			'parameterFields',
			'templateLocale',
			'templateVersion',
			'templateSettings',
		];
		// The parameters stand there twice, for a template that is chosen and for one by expression.
		const found = new Set(names.filter((name) => order.includes(name)));
		expect([...found]).toEqual(order);
	});
});

describe('a URL', () => {
	const urls = everywhere.filter(({ field }) => ['mediaUrl', 'imageUrl'].includes(field.name));

	it('of media says that anyone must be able to open it', () => {
		expect(urls.length).toBeGreaterThan(10);
		expect(
			pathsOf(urls.filter(({ field }) => !/anyone can open/.test(field.description ?? ''))),
		).toEqual([]);
	});

	it('without which nothing can be shown is marked, except where n8n cannot', () => {
		const unmarked = urls.filter(
			({ field, within }) =>
				field.required !== true && field.name === 'mediaUrl' && within !== 'collection',
		);
		expect(pathsOf(unmarked)).toEqual(['Cards › Media URL', 'GIF URL']);
	});
});

it('nothing within a collection is marked, because n8n looks for it in the wrong place', () => {
	const marked = everywhere.filter(
		({ field, within }) => within === 'collection' && field.required === true,
	);
	expect(pathsOf(marked)).toEqual([]);
});

it('plain words: nobody adds a medium, and a list has choices', () => {
	const words = JSON.stringify(properties);
	expect(words).not.toMatch(/Medium|E\.164/);
	expect(words).toMatch(/"Add Image"/);
	expect(words).toMatch(/"Add File"/);
	expect(words).not.toMatch(/Options to Choose From/);
});

it('tags say what becomes of them', () => {
	const tags = everywhere.filter(({ field }) => field.name === 'tags');
	expect(tags.length).toBeGreaterThan(0);
	for (const { field } of tags) {
		expect(field.description).toMatch(/at most 10/i);
		expect(field.description).toMatch(/lower case/);
		expect(field.description).toMatch(/creates/);
	}
});

it('what only JSON can say is said', () => {
	const [choices] = everywhere.filter(({ field }) => field.name === 'choices');
	expect(choices.field.description).toMatch(/JSON/);
});
