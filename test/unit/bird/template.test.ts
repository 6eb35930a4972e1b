import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { bulkSend } from '../../../nodes/Bird/operations/bulkSend';
import { sendTemplate } from '../../../nodes/Bird/operations/sendTemplate';
import { ofFieldId, toFieldId } from '../../../nodes/Bird/template/fieldId';
import { toField } from '../../../nodes/Bird/template/layout';
import { itemOf, requestsOf } from './support';

const TEMPLATE = '7e000000-0000-4000-8000-000000000001';
const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** What the editor keeps: a field for each variable of the template that was chosen, and the values. */
const laidOut = (value: IDataObject, schema = ['first_name', 'total', 'express']): IDataObject => ({
	mappingMode: 'defineBelow',
	value,
	schema: schema.map((key) => ({
		...toField({ key, type: TYPES[key] ?? 'string' }),
		removed: false,
	})) as unknown as IDataObject[],
});
const TYPES: Record<string, string> = { total: 'number', express: 'boolean' };

const raws: Record<string, INodeParameters> = {
	chosen: { projectId: byId(TEMPLATE) },
	'by expression': { projectId: byId('={{ $json.template }}') },
};

describe.each([
	['Send Template', sendTemplate, {}],
	['Bulk Send', bulkSend, { content: 'template' }],
])('%s', (_what, operation, more) => {
	const parametersOf = (parameterFields: unknown, raw = raws.chosen) => {
		const draft = {
			projectId: TEMPLATE,
			templateVersion: 'latest',
			templateLocale: 'en',
			parametersFrom: 'template',
			parameterFields: parameterFields as IDataObject,
			...more,
		};
		const [{ body = {} }] = requestsOf(operation, [itemOf({ draft })], { ...raw, ...more });
		const [message] = (body.messageRequests as IDataObject[]) ?? [body];
		return (message.template as IDataObject).parameters;
	};
	const filled = { first_name: 'Ana', 'total (number)': 0, 'express (boolean)': false };

	it('sends what is filled in, also 0 and a choice of false', () => {
		expect(parametersOf(laidOut(filled))).toEqual([
			{ type: 'string', key: 'first_name', value: 'Ana' },
			{ type: 'number', key: 'total', value: 0 },
			{ type: 'boolean', key: 'express', value: false },
		]);
	});

	it.each<[empty: IDataObject, name: string]>([
		[{ first_name: null }, 'first_name'],
		[{ first_name: '' }, 'first_name'],
		[{ first_name: '  ' }, 'first_name'],
		[{ 'total (number)': null }, 'total'],
		[{ 'express (boolean)': null }, 'express'],
	])('refuses %j', (empty, name) => {
		expect(() => parametersOf(laidOut({ ...filled, ...empty }))).toThrow(
			`Parameter ${name} is empty`,
		);
	});

	it('refuses when nothing at all was filled in', () => {
		expect(() => parametersOf(laidOut({}))).toThrow('Parameter first_name is empty');
		expect(() => parametersOf({ ...laidOut({}), value: null })).toThrow(
			'Parameter first_name is empty',
		);
	});

	it('needs nothing where the template has nothing', () => {
		expect(parametersOf(laidOut({}, []))).toBeUndefined();
		expect(parametersOf(undefined)).toBeUndefined();
	});

	it('does not send a switch that nobody touched, as nodes before this one laid it out', () => {
		const express = { id: 'express (boolean)', displayName: 'express', type: 'boolean' };
		const fields = (required: boolean) => ({
			...laidOut(filled),
			schema: [
				...(laidOut({}, ['first_name', 'total']).schema as IDataObject[]),
				{ ...express, required },
			],
		});
		expect(parametersOf(fields(false))).toEqual([
			{ type: 'string', key: 'first_name', value: 'Ana' },
			{ type: 'number', key: 'total', value: 0 },
		]);
		expect(() => parametersOf(fields(true))).toThrow('Parameter express is empty');
	});

	it('refuses a value for what the template does not have', () => {
		expect(() => parametersOf(laidOut({ ...filled, city: 'Łódź' }))).toThrow(
			'Parameter city is not part of the template',
		);
	});

	it('leaves out what the user took out', () => {
		const fields = laidOut(filled);
		const [first, ...rest] = fields.schema as IDataObject[];
		const schema = [{ ...first, removed: true, required: false }, ...rest];
		expect(parametersOf({ ...fields, schema })).toEqual([
			{ type: 'number', key: 'total', value: 0 },
			{ type: 'boolean', key: 'express', value: false },
		]);
	});

	describe('with a template by expression', () => {
		const byExpression = (value: IDataObject) =>
			parametersOf(laidOut(value), raws['by expression']);

		it('does not insist on the parameters of the template that was chosen before', () => {
			expect(byExpression({ first_name: null, 'express (boolean)': null })).toBeUndefined();
		});

		it('sends what is filled in all the same', () => {
			expect(byExpression({ first_name: 'Ana', city: 'Łódź' })).toEqual([
				{ type: 'string', key: 'first_name', value: 'Ana' },
				{ type: 'string', key: 'city', value: 'Łódź' },
			]);
		});
	});
});

describe('the layout', () => {
	it.each<[type: string, expected: IDataObject]>([
		['string', { displayName: 'it', type: 'string' }],
		['number', { displayName: 'it', type: 'number' }],
		[
			// A switch of n8n is off before anybody has touched it.
			'boolean',
			{
				displayName: 'it',
				type: 'options',
				options: [
					{ name: 'False', value: false },
					{ name: 'True', value: true },
				],
			},
		],
		['timeslotList', { displayName: 'it (timeslotList)', type: 'object' }],
	])('of a %s is marked as required', (type, expected) => {
		expect(toField({ key: 'it', type })).toEqual({
			id: type === 'string' ? 'it' : `it (${type})`,
			required: true,
			defaultMatch: false,
			display: true,
			...expected,
		});
	});
});

describe('the ID of the field for a variable, by which n8n names it', () => {
	it.each([
		['string', 'first_name', 'first_name'],
		['number', 'total', 'total (number)'],
		['string', 'total (number)', 'total (number) (string)'],
		['string', 'note (old)', 'note (old) (string)'],
		['string', 'with:colon', 'with:colon'],
	])('of a %s named %s is %s, and leads back to it', (type, key, id) => {
		expect(toFieldId(type, key)).toBe(id);
		expect(ofFieldId(id)).toEqual({ type, key });
	});

	it('of a type that nobody knows is taken for text', () => {
		expect(ofFieldId('note (old)')).toEqual({ type: 'string', key: 'note (old)' });
	});
});

describe('parameters by hand', () => {
	const parametersOf = (draft: IDataObject) => {
		const entered = {
			projectId: TEMPLATE,
			templateVersion: 'latest',
			templateLocale: 'en',
			...draft,
		};
		const [{ body = {} }] = requestsOf(sendTemplate, [itemOf({ draft: entered })], raws.chosen);
		return (body.template as IDataObject).parameters;
	};
	const list = (...parameter: IDataObject[]) =>
		parametersOf({ parametersFrom: 'list', parameterList: { parameter } });
	const json = (parametersJson: unknown) =>
		parametersOf({ parametersFrom: 'json', parametersJson: parametersJson as IDataObject });

	it('take numbers where text is meant', () => {
		expect(list({ key: 7, type: 'string', value: 1042 })).toEqual([
			{ type: 'string', key: '7', value: '1042' },
		]);
	});

	it.each<[what: string, build: () => unknown, message: string]>([
		['no key', () => list({ key: '', value: 'x' }), 'Parameter 1: Key is empty'],
		['no value', () => list({ key: 'a', type: 'string' }), 'Parameter 1: Value is empty'],
		[
			'no number',
			() => list({ key: 'a', type: 'number', value: 'x' }),
			'Parameter 1: Value "x" is not a number',
		],
		[
			'no JSON',
			() => list({ key: 'a', type: 'object', json: '[' }),
			'Parameter 1: Value (JSON) is not valid JSON',
		],
		['an empty one in JSON', () => json({ name: '' }), 'Parameter name is empty'],
		['a list in JSON', () => json({ name: ['Ana'] }), 'Parameter name is not text'],
		[
			'an unknown type in JSON',
			() => json([{ type: 'text', key: 'a' }]),
			'Parameter 1: Type "text" is unknown',
		],
		['an entry of JSON without key', () => json([{ value: 'a' }]), 'Parameter 1: key is empty'],
	])('%s is named by its place', (_what, build, message) => {
		expect(build).toThrow(message);
	});
});
