import { merge } from '../../../nodes/input/mergeFields';
import { InvalidInput } from '../../../nodes/input/invalidInput';

const ana = { name: 'Ana "Ace" O\'Hara', address: { city: 'Łódź' }, total: 0, empty: '' };

describe('merge fields', () => {
	it.each([
		['Hi [[name]]!', 'Hi Ana "Ace" O\'Hara!'],
		['[[ address.city ]] / [[total]]', 'Łódź / 0'],
		['Nothing here', 'Nothing here'],
		['Not a field: [name] or [[]]', 'Not a field: [name] or [[]]'],
		['{"text": "Hi [[name]]"}', '{"text": "Hi Ana \\"Ace\\" O\'Hara"}'],
		['["[[address.city]]"]', '["Łódź"]'],
		['{"total": [[total]]}', '{"total": 0}'],
		['{"broken: [[name]]', '{"broken: Ana "Ace" O\'Hara'],
	])('in %s', (text, expected) => expect(merge(text, ana)).toBe(expected));

	it('are found however deep', () => {
		const draft = { actions: { action: [{ text: '[[total]]', url: 'x' }] }, returnAll: true };
		expect(merge(draft, ana)).toEqual({
			actions: { action: [{ text: '0', url: 'x' }] },
			returnAll: true,
		});
	});

	it.each(['missing', 'empty', 'address.street', 'toString'])('cannot be %s', (name) => {
		const attempt = () => merge(`Hi [[${name}]]`, ana);
		expect(attempt).toThrow(InvalidInput);
		expect(attempt).toThrow(`Merge field [[${name}]] is empty for this item`);
	});
});
