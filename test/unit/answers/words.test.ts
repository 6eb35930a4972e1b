import { DateTime } from 'luxon';

import { filledTemplate, questionText, withLink } from '../../../nodes/answers/words';

const LINK = 'https://n8n.example.com/webhook-waiting/231/0b2d-4c?signature=abc';

describe('the text of a question', () => {
	it('has the link below it', () => {
		expect(questionText(withLink({ message: 'May I?' }, LINK))).toBe(`May I?\n\n${LINK}`);
		expect(questionText(withLink({ message: 1042 }, LINK))).toBe(`1042\n\n${LINK}`);
	});

	it('has the link where there is a place for it', () => {
		expect(questionText(withLink({ message: 'Go [[link]] now' }, LINK))).toBe(`Go ${LINK} now`);
		expect(questionText(withLink({ message: 'x/[[ link_path ]]' }, LINK))).toBe(
			'x/231/0b2d-4c?signature=abc',
		);
	});

	it('leaves other brackets alone', () => {
		expect(questionText(withLink({ message: 'Is a[[0]] [[name]] ok?' }, LINK))).toBe(
			`Is a[[0]] [[name]] ok?\n\n${LINK}`,
		);
	});

	it.each([undefined, '', ' \u200b'])('is not sent without a message: %p', (message) => {
		expect(() => questionText(withLink({ message }, LINK))).toThrow('Message is empty');
	});

	it('is not sent for a message that is no text', () => {
		expect(() => questionText(withLink({ message: { a: 1 } }, LINK))).toThrow(
			'Message is not text but an object',
		);
	});
});

describe('a template', () => {
	it('takes the link, its path and the message wherever they stand', () => {
		const draft = withLink(
			{
				message: 'Say "yes"\n[[link]]',
				variables: {
					mappingMode: 'defineBelow',
					value: { url: '[[link_path]]', what: '[[message]]' },
				},
				parameterList: { parameter: [{ key: 'link', value: '[[link]]' }] },
				parametersJson: '{"what": "[[message]]", "link": "[[link]]"}',
			},
			LINK,
		);
		expect(filledTemplate(draft)).toEqual({
			message: 'Say "yes"\n[[link]]',
			variables: {
				mappingMode: 'defineBelow',
				value: { url: '231/0b2d-4c?signature=abc', what: 'Say "yes"\n[[link]]' },
			},
			parameterList: { parameter: [{ key: 'link', value: LINK }] },
			parametersJson: JSON.stringify({ what: 'Say "yes"\n[[link]]', link: LINK })
				.replace('":"', '": "')
				.replace('","', '", "')
				.replace('link":"', 'link": "'),
		});
	});

	it('leaves what is no text as it is', () => {
		const when = DateTime.fromISO('2031-05-06T07:08:09Z');
		const filled = filledTemplate(withLink({ when, count: 3, url: '[[link]]' }, LINK));
		expect(filled.when).toBe(when);
		expect(filled.count).toBe(3);
	});

	it('is not sent without the link, though the message has one', () => {
		const draft = withLink(
			{ message: '[[link]]', variables: { value: { a: '[[message]]' } } },
			LINK,
		);
		expect(() => filledTemplate(draft)).toThrow('The template has no link to answer by');
	});
});
