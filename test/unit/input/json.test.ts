import fc from 'fast-check';
import { requireBase64 } from '../../../nodes/input/base64';
import { requireId, requireUuid } from '../../../nodes/input/id';
import { isPlainObject, requireJson, requireJsonObject } from '../../../nodes/input/json';
import { anything, attempt } from './anything';
import { refusal } from './refusal';

describe('JSON', () => {
	it.each([
		['{"a":1}', { a: 1 }],
		[' [1, "b"]\n', [1, 'b']],
		['"text"', 'text'],
		['0', 0],
		['null', null],
		[{ a: 1 }, { a: 1 }],
		[[1], [1]],
		[5, 5],
		[false, false],
	])('is %j', (value, expected) => expect(requireJson('Data', value)).toEqual(expected));

	it.each([
		['{a', /^Data is not valid JSON \(.*position 1/, 'Enter JSON'],
		['{"a": 1,}', /^Data is not valid JSON/, 'Take out the comma before the closing bracket.'],
		["{'a': 1}", /^Data is not valid JSON/, 'Use double quotation marks.'],
		['{“a”: 1}', /^Data is not valid JSON/, 'Replace the curly quotation marks'],
		['', /^Data is empty$/, 'Enter JSON'],
		[undefined, /^Data is empty$/, 'Enter JSON'],
		[() => 1, /^Data holds something that cannot be written as JSON$/, 'Enter JSON'],
		[{ a: 1n }, /^Data holds something that cannot be written as JSON$/, 'Enter JSON'],
	])('is not %p', (value, message, cure) => {
		const said = refusal(() => requireJson('Data', value));
		expect(said.message).toMatch(message);
		expect(said.cure).toContain(cure);
	});

	it('cannot hold itself', () => {
		const circle: Record<string, unknown> = {};
		circle.self = circle;
		for (const read of [requireJson, requireJsonObject]) {
			expect(refusal(() => read('Data', circle)).message).toContain('cannot be written as JSON');
		}
	});

	it('that is an object is text or an object, and nothing else', () => {
		expect(requireJsonObject('Meta', '{"a":1}')).toEqual({ a: 1 });
		expect(requireJsonObject('Meta', { a: 1 })).toEqual({ a: 1 });
		expect(() => requireJsonObject('Meta', '{a')).toThrow(/^Meta is not valid JSON/);
		for (const other of ['[]', '1', 'null', [], 5, new Date(), undefined]) {
			expect(() => requireJsonObject('Meta', other)).toThrow('Meta is not a JSON object');
		}
		expect(isPlainObject(Object.create(null))).toBe(true);
	});

	it('is what JSON can hold or refused, whatever is entered', () => {
		fc.assert(
			fc.property(anything(fc.json(), fc.object()), (value) => {
				const json = attempt(() => requireJson('Data', value));
				const object = attempt(() => requireJsonObject('Data', value));
				if (json !== undefined) expect(JSON.stringify(json)).toBeDefined();
				if (object === undefined) return;
				expect(requireJsonObject('Data', object)).toBe(object);
				expect(json).toEqual(object);
			}),
			{ numRuns: 1_000 },
		);
	});
});

describe('an ID', () => {
	it.each([
		['msg_1', 'msg_1'],
		[' msg_1\n', 'msg_1'],
		['\u202amsg\u200b_1\u202c', 'msg_1'],
		['phone_number_config:+14155550123', 'phone_number_config:+14155550123'],
		['17841400000000001', '17841400000000001'],
		[1042, '1042'],
		[17841400000000001n, '17841400000000001'],
	])('is %j', (value, expected) => expect(requireId('Message ID', value)).toBe(expected));

	it.each([
		[Number('17841400000000001'), 'is 17841400000000000, a number too long to be exact'],
		['1.78414E+16', '"1.78414E+16" is a number that a spreadsheet has cut short'],
		['a\nb', '"a⟨line break⟩b" is not a valid ID'],
		[true, '"true" is not a valid ID'],
		['', 'is empty'],
		['\u200b', 'is empty'],
		[{ id: 1 }, 'is not text but an object'],
		[1.5, '"1.5" is not a valid ID'],
	])('is not %j', (value, message) => {
		expect(refusal(() => requireId('Message ID', value)).message).toBe(`Message ID ${message}`);
	});

	const UUID = '6BA7b810-9dad-11d1-80b4-00c04fd430c8';
	it.each([UUID, ` ${UUID}\n`, `\u200b${UUID}\u202c`])('that is a UUID may be %j', (value) => {
		expect(requireUuid('Contact', value, 'Pick one.')).toBe(UUID);
	});

	it.each(['Ada', `${UUID}1`, `${UUID}/x`, 5])('that is a UUID is not %j', (value) => {
		expect(refusal(() => requireUuid('Contact', value, 'Pick one.'))).toEqual({
			message: `Contact "${value}" is not a valid ID`,
			cure: 'Pick one. An ID looks like 6ba7b810-9dad-11d1-80b4-00c04fd430c8.',
		});
	});

	it('is one line or refused, whatever is entered', () => {
		fc.assert(
			fc.property(anything(fc.uuid()), (value) => {
				for (const read of [requireId, requireUuid]) {
					const id = attempt(() => read('ID', value, 'Enter it.'));
					if (id === undefined) continue;
					expect(id).toMatch(/^\S.*$/u);
					expect(read('ID', id, 'Enter it.')).toBe(id);
				}
			}),
			{ numRuns: 1_000 },
		);
	});
});

describe('Base64', () => {
	const PDF = 'JVBERi0xLjQK';
	it.each([
		[PDF, PDF],
		[`data:application/pdf;base64,${PDF}`, PDF],
		[`data:application/pdf;name=a.pdf;base64,${PDF}`, PDF],
		[`${PDF.slice(0, 6)}\r\n${PDF.slice(6)}\n`, PDF],
		['YQ', 'YQ=='],
		['YQ==', 'YQ=='],
	])('is %j', (value, expected) => expect(requireBase64('Content', value)).toBe(expected));

	it.each([
		['Hello world', 'is not Base64'],
		['data:text/plain,Hello', 'is not Base64'],
		['YQ===', 'is not Base64'],
		['Y', 'is not Base64'],
		['data:application/pdf;base64,', 'is empty'],
		['', 'is empty'],
		[{}, 'is not text but an object'],
	])('is not %j', (value, message) => {
		expect(refusal(() => requireBase64('Content', value)).message).toBe(`Content ${message}`);
	});

	it('of any file is taken, with or without what websites put before it', () => {
		fc.assert(
			fc.property(fc.uint8Array(), fc.boolean(), (bytes, isDataUrl) => {
				fc.pre(bytes.length > 0);
				const text = Buffer.from(bytes).toString('base64');
				expect(requireBase64('Content', isDataUrl ? `data:;base64,${text}` : text)).toBe(text);
			}),
		);
	});

	it('is Base64 or refused, whatever is entered', () => {
		fc.assert(
			fc.property(anything(fc.base64String()), (value) => {
				const text = attempt(() => requireBase64('Content', value));
				if (text === undefined) return;
				expect(requireBase64('Content', text)).toBe(text);
				expect(text.length % 4).toBe(0);
			}),
		);
	});
});
