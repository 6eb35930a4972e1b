import { requireSegments } from '../../../nodes/input/maxSegments';
import { refusal } from './refusal';

describe('the most SMS that a text may take', () => {
	it.each([
		['a'.repeat(160), 1],
		['a'.repeat(161), 2],
		['ą'.repeat(70), '1'],
		['a'.repeat(10_000), ''],
		['a'.repeat(10_000), undefined],
	])('lets %.5s… through with %p', (text, most) => {
		expect(() => requireSegments('Text', text, most)).not.toThrow();
	});

	it('refuses a longer text, and names the character that it costs more for', () => {
		expect(refusal(() => requireSegments('Text', 'a'.repeat(161), 1))).toMatchObject({
			message: 'Text takes 2 SMS, and Max Segments is 1',
			cure: 'Shorten it, or raise Max Segments.',
		});
		const cure =
			'Shorten it, or raise Max Segments. Because of "ą", one SMS holds 70 characters instead of 160.';
		expect(refusal(() => requireSegments('Text', `${'a'.repeat(70)}ą`, 1)).cure).toBe(cure);
	});

	it.each([0, 1.5, 'many', {}])('is a whole number from 1, not %p', (most) => {
		expect(() => requireSegments('Text', 'Hi', most)).toThrow(/^Max Segments/);
	});
});
