import { readQuestion } from '../../../nodes/answers/question';
import { endOf, readTimeLimit } from '../../../nodes/answers/timeLimit';

describe('a question', () => {
	it('has the labels of its language unless it has its own', () => {
		expect(readQuestion({ message: 'May I?' })).toEqual({
			...{ kind: 'approval', language: 'en', approve: 'Approve' },
			...{ takesWords: false, submit: 'Submit' },
		});
		const values = { approvalType: 'double', disapproveLabel: 'Nö' };
		const options = { pageLanguage: 'de' };
		expect(readQuestion({ approvalOptions: { values }, options })).toMatchObject({
			...{ approve: 'Genehmigen', decline: 'Nö', takesWords: true },
		});
	});

	it('shows the message only if its sender says so', () => {
		expect(readQuestion({ message: 'Secret' })).not.toHaveProperty('message');
		const options = { showMessage: true, responseFormTitle: 7 };
		expect(readQuestion({ message: 'Open', options })).toMatchObject({
			...{ message: 'Open', title: '7' },
		});
	});

	it.each([
		[{ responseType: 'customForm' }, 'Response Type "customForm" is none of the choices'],
		[{ options: { pageLanguage: 'tlh' } }, 'Page Language "tlh" is none of the choices'],
		[
			{ approvalOptions: { values: { approveLabel: {} } } },
			'Approve Button Label is not text but an object',
		],
	])('is refused: %j', (draft, problem) => {
		expect(() => readQuestion(draft)).toThrow(problem);
	});
});

describe('the limit of the wait', () => {
	const now = Date.parse('2026-11-28T12:00:00Z');
	const after = (resumeAmount: unknown, resumeUnit?: string) => ({
		values: { limitType: 'afterTimeInterval', resumeAmount, resumeUnit },
	});
	const at = (maxDateAndTime: unknown) => ({
		values: { limitType: 'atSpecifiedTime', maxDateAndTime },
	});

	it.each([
		[after(45, 'minutes'), '2026-11-28T12:45:00.000Z'],
		[after('0.5', 'hours'), '2026-11-28T12:30:00.000Z'],
		[after(2, 'days'), '2026-11-30T12:00:00.000Z'],
		[after(undefined), '2026-11-28T13:00:00.000Z'],
		[at('2026-12-01 09:00'), '2026-12-01T08:00:00.000Z'],
	])('%j ends at %s', (option, end) => {
		const limit = readTimeLimit(option, 'Europe/Berlin', now);
		expect(limit && new Date(endOf(limit, now)).toISOString()).toBe(end);
	});

	it.each([undefined, {}, { values: {} }])('is none: %j', (option) => {
		expect(readTimeLimit(option, 'UTC', now)).toBeUndefined();
	});

	it.each([
		[after(0, 'hours'), 'Amount leaves no time'],
		[after(-3, 'hours'), 'Amount leaves no time'],
		[after('soon', 'hours'), 'Amount "soon" is not a number'],
		[after(1e12, 'days'), 'Amount "1000000000000" is not a number up to'],
		[after(1, 'weeks'), 'Unit "weeks" is none of the choices'],
		[at('2026-11-28T11:59:00Z'), 'Max Date and Time is in the past'],
		[at(''), 'Max Date and Time is empty'],
	])('is refused: %j', (option, problem) => {
		expect(() => readTimeLimit(option, 'UTC', now)).toThrow(problem);
	});
});
