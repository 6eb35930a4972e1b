import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { smsLength } from '../../../nodes/input/smsLength';

const SPECIAL = '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà\f^{}\\[~]|€\r\n';

/** The reading of another: Twilio's calculator, as its users see it. */
function byTwilio(text: string): { encoding: string; segments: number; characters: number } {
	const message = new SegmentedMessage(text);
	const encoding = message.getEncodingName();
	return {
		encoding,
		segments: text === '' ? 0 : message.segmentsCount,
		characters: encoding === 'UCS-2' ? text.length : message.numberOfCharacters,
	};
}

describe('the length of an SMS', () => {
	it.each([
		['', 'GSM-7', 0, 0, undefined],
		['Hello', 'GSM-7', 1, 5, undefined],
		['a'.repeat(160), 'GSM-7', 1, 160, undefined],
		['a'.repeat(161), 'GSM-7', 2, 161, undefined],
		['a'.repeat(307), 'GSM-7', 3, 307, undefined],
		['€'.repeat(80), 'GSM-7', 1, 160, undefined],
		['€'.repeat(81), 'GSM-7', 2, 162, undefined],
		['àéèù ñ Ü', 'GSM-7', 1, 8, undefined],
		['a\r\nb', 'GSM-7', 1, 4, undefined],
		// One accent turns 160 into 70.
		[`${'a'.repeat(70)}ê`, 'UCS-2', 2, 71, 'ê'],
		[`${'a'.repeat(69)}ê`, 'UCS-2', 1, 70, 'ê'],
		['it’s', 'UCS-2', 1, 4, '’'],
		['🎉'.repeat(35), 'UCS-2', 1, 70, '🎉'],
		['🎉'.repeat(36), 'UCS-2', 2, 72, '🎉'],
		['Привет', 'UCS-2', 1, 6, 'П'],
		['cafe\u0301', 'UCS-2', 1, 5, 'e\u0301'],
		['see 👩‍👩‍👧', 'UCS-2', 1, 12, '👩‍👩‍👧'],
	])('of %j', (text, encoding, segments, characters, firstCostly) => {
		const costly = firstCostly === undefined ? {} : { firstCostly };
		expect(smsLength(text)).toEqual({ encoding, segments, characters, ...costly });
	});

	it('is known in a moment, not minutes, however long the text is', () => {
		for (const unit of ['a', '€', 'ê', '🎉', 'e\u0301']) {
			const start = performance.now();
			expect(smsLength(unit.repeat(100_000)).segments).toBeGreaterThan(600);
			expect(performance.now() - start).toBeLessThan(10_000);
		}
	});

	it('is what another says of every character of the first planes', () => {
		const odd: string[] = [];
		for (let code = 0; code < 0x2600; code += 1) {
			const character = String.fromCharCode(code);
			if (smsLength(character).encoding !== byTwilio(character).encoding) odd.push(character);
		}
		expect(odd).toEqual([]);
	});

	it('is what another says of 10,000 texts', () => {
		const words = fc.constantFrom('Hi ', 'Your order 1042 ', 'is on its way. ', 'a', 'b', 'z');
		const gsm = fc.oneof(words, fc.constantFrom(...SPECIAL));
		const costly = fc.constantFrom(
			'ê',
			'’',
			'П',
			'Привет',
			'中',
			'🎉',
			'👩‍👩‍👧',
			'👍🏽',
			'🇩🇪',
			'e\u0301',
		);
		const text = fc
			.array(fc.oneof({ weight: 9, arbitrary: gsm }, { weight: 1, arbitrary: costly }), {
				maxLength: 30,
				size: 'max',
			})
			.map((parts) => parts.join(''));
		fc.assert(
			fc.property(
				fc.oneof(
					text,
					fc.array(gsm, { size: 'medium' }).map((p) => p.join('')),
				),
				(sms) => {
					const { firstCostly, ...length } = smsLength(sms);
					expect(length).toEqual(byTwilio(sms));
					expect(firstCostly === undefined).toBe(length.encoding === 'GSM-7');
					if (firstCostly !== undefined) {
						expect(smsLength(sms.slice(0, sms.indexOf(firstCostly))).encoding).toBe('GSM-7');
					}
				},
			),
			{ numRuns: 10_000 },
		);
	});
});
