import { chooseTemplate, toDefinition } from '../../../nodes/Aelyst/template/definition';
import { buildTemplate } from '../../../nodes/Aelyst/template/fields';
import { fillIn, slotsOf } from '../../../nodes/Aelyst/template/parts';
import { refusal } from './support';

const definition = (components: unknown, more: object = {}) =>
	toDefinition({
		name: 'order_confirmation',
		languageCode: 'en',
		status: 'approved',
		components: components as never,
		...more,
	}) as NonNullable<ReturnType<typeof toDefinition>>;

/** The template of the vendor's documentation. */
const order = [
	{ type: 'header', format: 'image' },
	{ type: 'body', text: 'Your order {{1}} is confirmed' },
	{ type: 'footer', text: 'Thank you' },
	{
		type: 'buttons',
		buttons: [
			{ type: 'url', text: 'Open', url: 'https://x.example/{{1}}' },
			{ type: 'quick_reply', text: 'Yes' },
			{ type: 'phone_number', text: 'Call', phone_number: '+60121233112' },
		],
	},
];

describe('what a template leaves open', () => {
	it.each([
		['a list', order],
		['a JSON string', JSON.stringify(order)],
	])('is read from %s', (_form, components) => {
		expect(slotsOf(definition(components))).toEqual([
			{ id: 'header_link', label: 'Header image URL', required: true },
			{ id: 'header_filename', label: 'Header image file name', required: false },
			{ id: 'header_caption', label: 'Header image caption', required: false },
			{ id: 'body_1', label: 'Body {{1}}', required: true },
			{ id: 'button_1_1', label: 'Button "Open" URL {{1}}', required: true },
		]);
	});

	it('counts placeholders once, numbers in their order, words in that of the text', () => {
		const ids = (text: string) => slotsOf(definition([{ type: 'BODY', text }])).map(({ id }) => id);
		expect(ids('{{10}} {{2}} {{ 2 }}')).toEqual(['body_2', 'body_10']);
		expect(ids('{{last}} {{first}} {{last}}')).toEqual(['body_last', 'body_first']);
		expect(ids('nothing')).toEqual([]);
	});

	it.each(['not json', '{"a":1}', null, undefined, 7])('is nothing in %p', (components) => {
		expect(slotsOf(definition(components))).toEqual([]);
	});
});

describe('a template that is filled in', () => {
	it('has its own texts and all its buttons', () => {
		const values = { header_link: 'https://a.example/a.jpg', body_1: '12345', button_1_1: 'abc' };
		expect(fillIn(definition(order), values)).toEqual([
			{
				type: 'header',
				format: 'image',
				parameters: [{ type: 'image', image: { link: 'https://a.example/a.jpg' } }],
			},
			{
				type: 'body',
				text: 'Your order {{1}} is confirmed',
				parameters: [{ type: 'text', text: '12345' }],
			},
			{ type: 'footer', text: 'Thank you' },
			{
				type: 'buttons',
				buttons: [
					{
						type: 'url',
						text: 'Open',
						url: 'https://x.example/{{1}}',
						parameters: [{ type: 'text', text: 'abc' }],
					},
					{ type: 'quick_reply', text: 'Yes' },
					{ type: 'phone_number', text: 'Call', phone_number: '+60121233112' },
				],
			},
		]);
	});

	it.each([
		[
			'a text header',
			[{ type: 'header', format: 'text', text: 'Hello {{1}}' }],
			{ header_1: 'Ana' },
			[
				{
					type: 'header',
					format: 'text',
					text: 'Hello {{1}}',
					parameters: [{ type: 'text', text: 'Ana' }],
				},
			],
		],
		[
			'a document',
			[{ type: 'HEADER', format: 'DOCUMENT' }],
			{ header_link: 'https://a.example/a', header_filename: 'a.pdf', header_caption: 'Look' },
			[
				{
					type: 'header',
					format: 'document',
					parameters: [
						{
							type: 'document',
							document: { link: 'https://a.example/a', filename: 'a.pdf', caption: 'Look' },
						},
					],
				},
			],
		],
		[
			'a place',
			[{ type: 'header', format: 'location' }],
			{
				header_name: 'Shop',
				header_address: 'Street 1',
				header_latitude: '3.1',
				header_longitude: '101.6',
			},
			[
				{
					type: 'header',
					format: 'location',
					parameters: [
						{
							type: 'location',
							location: {
								name: 'Shop',
								address: 'Street 1',
								latitude: '3.1',
								longitude: '101.6',
							},
						},
					],
				},
			],
		],
		[
			'a catalog without an action',
			[{ type: 'buttons', buttons: [{ type: 'catalog', text: 'View' }] }],
			{},
			[{ type: 'buttons', buttons: [{ type: 'catalog', text: 'View' }] }],
		],
		[
			'picked products',
			[{ type: 'buttons', buttons: [{ type: 'mpm', text: 'View' }] }],
			{ button_1_action: '{"sections":[]}' },
			[
				{
					type: 'buttons',
					buttons: [
						{
							type: 'mpm',
							text: 'View',
							parameters: [{ type: 'action', action: { sections: [] } }],
						},
					],
				},
			],
		],
	])('has %s', (_what, components, values, filled) => {
		expect(fillIn(definition(components), values as never)).toEqual(filled);
	});

	it.each([
		[
			'a missing variable',
			order,
			{ header_link: 'https://a.b/c', button_1_1: 'x' },
			'body_1 is empty',
		],
		[
			'an unknown one',
			[{ type: 'body', text: 'Hi' }],
			{ body_1: 'x' },
			'Variable body_1 is not part of the template',
		],
		[
			'a picture that is no URL',
			[{ type: 'header', format: 'image' }],
			{ header_link: 'a.jpg' },
			'Variable header_link "a.jpg" is not a valid URL',
		],
		[
			'products that are no JSON',
			[{ type: 'buttons', buttons: [{ type: 'mpm' }] }],
			{ button_1_action: 'sku1' },
			'Variable button_1_action is not valid JSON',
		],
		[
			'a document without a name',
			[{ type: 'header', format: 'document' }],
			{ header_link: 'https://a.b/c' },
			'Variable header_filename is empty',
		],
		[
			'a part that has no fields here',
			[{ type: 'carousel' }],
			{},
			'Template has a part that has no fields here (carousel)',
		],
	])('refuses %s', (_what, components, values, message) => {
		expect(refusal(() => fillIn(definition(components), values as never)).message).toContain(
			message,
		);
	});
});

describe('the template that a user names', () => {
	const all = [
		definition([], { name: 'a' }),
		definition([], { name: 'b' }),
		definition([], { name: 'b', languageCode: 'ms' }),
		definition([], { name: 'c', status: 'PENDING' }),
		definition([], { name: 'd:e' }),
	];

	it.each([
		['a', 'a', 'en'],
		['a:en', 'a', 'en'],
		['b:ms', 'b', 'ms'],
		['d:e', 'd:e', 'en'],
		['d:e:en', 'd:e', 'en'],
	])('%s', (named, name, languageCode) => {
		expect(chooseTemplate(all, named)).toMatchObject({ name, languageCode });
	});

	it.each([
		['x', '"x" is not a template of this channel', 'It has a:en, b:en, b:ms, d:e:en.'],
		['a:ms', '"a:ms" is not a template of this channel', 'It has'],
		['b', '"b" exists in several languages', 'b:en or b:ms'],
		['c', '"c" is pending', 'Only approved templates can be sent'],
	])('%s is refused', (named, message, cure) => {
		const said = refusal(() => chooseTemplate(all, named));
		expect(said.message).toContain(`Template ${message}`);
		expect(said.cure).toContain(cure);
	});

	it('may be one of none', () => {
		expect(refusal(() => chooseTemplate([], 'x')).cure).toBe(
			'The channel has no approved templates.',
		);
	});
});

describe('the body of a template', () => {
	const draft = { templateType: 'whatsapp_template', channelId: '551174', template: 'a:en' };

	it('keeps the variables until the template is known', () => {
		const variables = { variablesFrom: 'json', variablesJson: '{"body_1": "x"}' };
		expect(buildTemplate({ ...draft, ...variables })).toEqual({
			channelId: 551174,
			message: {
				type: 'whatsapp_template',
				template: { name: 'a:en', variables: { body_1: 'x' } },
			},
		});
	});

	it('takes components as they are', () => {
		const components = [{ type: 'body', text: 'Hi', parameters: [] }];
		const raw = { variablesFrom: 'components', componentsJson: JSON.stringify(components) };
		expect(buildTemplate({ ...draft, ...raw, templateType: 'facebook_template' })).toEqual({
			channelId: 551174,
			message: {
				type: 'facebook_template',
				template: { name: 'a', languageCode: 'en', components },
			},
		});
	});

	it.each([
		[{ channelId: '' }, 'Channel is empty, and a template belongs to one', 'Pick a channel'],
		[{ template: ' ' }, 'Template is empty', 'order_confirmation:en'],
		[{ templateType: 'sms_template' }, 'Template Type "sms_template"', 'whatsapp_template'],
		[
			{ variablesFrom: 'components', template: 'a' },
			'Template "a" has no language',
			'Write it with its language, such as a:en',
		],
		[
			{ variablesFrom: 'components', componentsJson: '{"type":"body"}' },
			'Components (JSON) is not a JSON list of objects',
			'Enter a list',
		],
		[{ variablesFrom: 'json', variablesJson: '[]' }, 'Variables (JSON) is not a JSON object', ''],
	])('refuses %p', (wrong, message, cure) => {
		const said = refusal(() => buildTemplate({ ...draft, ...wrong }));
		expect(said.message).toContain(message);
		expect(said.cure).toContain(cure);
	});
});
