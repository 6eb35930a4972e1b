import type { IBinaryData, IExecuteSingleFunctions } from 'n8n-workflow';
import fc from 'fast-check';
import { binaryFile, emptyFile, requireContentType } from '../../../nodes/input/file';
import { anything, attempt } from './anything';
import { refusal } from './refusal';

const photo: IBinaryData = { mimeType: 'image/png', data: 'aGk=', fileName: 'a.png', bytes: 2 };
const stored: IBinaryData = { mimeType: 'image/png', data: 'filesystem-v2', id: 'filesystem-v2:1' };

/** n8n's helper, as far as it matters: it throws for a name that the item does not have. */
const contextWith = (binary?: Record<string, IBinaryData>) =>
	({
		getInputData: () => ({ json: {}, binary }),
		helpers: {
			assertBinaryData: (name: string) => {
				if (binary && Object.hasOwn(binary, name)) return binary[name];
				throw new Error('This operation expects the node to have binary data');
			},
		},
	}) as unknown as IExecuteSingleFunctions;

const context = contextWith({ photo, stored, hollow: { mimeType: 'image/png', data: '' } });

describe('a file', () => {
	it.each([
		['the name of a field', 'photo', photo],
		['a name with blanks around', ' photo\n', photo],
		['what {{ $("Node").item.binary.photo }} gives', photo, photo],
		[
			'what {{ $binary.photo }} gives, without the content',
			{ mimeType: 'image/png', fileName: 'a.png', bytes: 2 },
			photo,
		],
		['a file of another node that is stored', stored, stored],
	])('is %s', (_what, value, expected) => {
		expect(binaryFile(context, 'File', value)).toBe(expected);
	});

	it.each([
		['data', 'File "data" is no binary field of this item', 'The item has photo, stored, hollow.'],
		[5, 'File "5" is no binary field of this item', 'The item has photo'],
		['', 'File is empty', 'Enter the name of a binary field'],
		[undefined, 'File is empty', 'Enter the name of a binary field'],
		[{ photo }, 'File is not text but an object', '{{ $binary.data }}'],
		[[photo], 'File is not text but a list', '{{ $binary.data }}'],
		['hollow', 'File "hollow" holds an empty file', 'Check the node that gives the file.'],
		[{ ...photo, bytes: 0 }, 'File "a.png" holds an empty file', 'Check the node'],
		[{ ...photo, fileSize: '0 B' }, 'File "a.png" holds an empty file', 'Check the node'],
		[{ mimeType: 'a/b', data: '' }, 'File "The file" holds an empty file', 'Check the node'],
	])('is not %j', (value, message, cure) => {
		const said = refusal(() => binaryFile(context, 'File', value));
		expect(said.message).toBe(message);
		expect(said.cure).toContain(cure);
	});

	it('is not guessed where two look the same without their content', () => {
		const said = refusal(() =>
			binaryFile(contextWith({ one: photo, two: { ...photo, data: 'aG8=' } }), 'File', {
				mimeType: 'image/png',
				fileName: 'a.png',
				bytes: 2,
			}),
		);
		expect(said.message).toBe('File could be one or two, which look the same');
		expect(said.cure).toContain('name of the binary field');
	});

	it('has to come from a node before', () => {
		expect(refusal(() => binaryFile(contextWith(), 'File', 'data')).cure).toBe(
			'The item has none. Put a node before this one that gives a file.',
		);
	});

	it('is one or refused, whatever is entered', () => {
		fc.assert(
			fc.property(anything(fc.constantFrom('photo', photo)), (value) => {
				const file = attempt(() => binaryFile(context, 'File', value));
				if (file !== undefined) expect(binaryFile(context, 'File', file)).toBe(file);
			}),
		);
		expect(emptyFile('File', 'a').message).toBe('File "a" holds an empty file');
	});
});

describe('a content type', () => {
	it.each(['image/png', 'application/vnd.ms-excel', 'text/plain; charset=utf-8'])('is %s', (type) =>
		expect(requireContentType('Content Type', ` ${type} `)).toBe(type),
	);

	it.each([
		['png', 'Content Type "png" is not a media type'],
		['image/png\r\nX-Evil: 1', 'Content Type "image/png⟨line break⟩X-Evil: 1" is not a media type'],
		['', 'Content Type is empty'],
		[5, 'Content Type "5" is not a media type'],
		[{}, 'Content Type is not text but an object'],
	])('is not %j', (value, message) => {
		expect(refusal(() => requireContentType('Content Type', value)).message).toBe(message);
	});

	it('cannot break out of a header, whatever is entered', () => {
		fc.assert(
			fc.property(anything(fc.constantFrom('image/png', 'a/b;c')), (value) => {
				const type = attempt(() => requireContentType('Content Type', value));
				if (type === undefined) return;
				expect(type).toMatch(/^[\x20-\x7e]+$/);
				expect(requireContentType('Content Type', type)).toBe(type);
			}),
		);
	});
});
