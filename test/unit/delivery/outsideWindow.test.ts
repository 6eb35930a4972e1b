import { DeliveryFailure, KeptBack, type Outcome } from '../../../nodes/delivery/http/outcome';
import type { Ending } from '../../../nodes/delivery/run/ending';
import type { Entry } from '../../../nodes/delivery/run/entry';
import { keyInstead } from '../../../nodes/delivery/run/idempotency';
import type { Fallback, Operation } from '../../../nodes/delivery/run/operation';
import { sendInWindow } from '../../../nodes/delivery/run/window/sendInWindow';
import { namesWhatsappWindow } from '../../../nodes/delivery/run/window/whatsappWindow';
import { readOutsideWindow } from '../../../nodes/delivery/run/window/outsideWindow';
import { InvalidInput } from '../../../nodes/input/invalidInput';
import { refusal } from '../input/refusal';

function failure(outcome: Outcome, said: { code?: string; message?: string; details?: string }) {
	const { code = null, ...vendor } = said;
	const message = `Acme refused the request: ${said.message ?? 'No'}`;
	const details = { provider: 'acme', code, httpCode: 400, outcome, vendor };
	return new DeliveryFailure(message, 'Look at it.', details);
}

describe("the vendor's refusal", () => {
	it.each([
		[{ code: '131047', message: 'Re-engagement message' }],
		[{ message: '(#131047) Re-engagement message' }],
		[{ details: 'details: re-engagement_message; code: 131047' }],
		[
			{
				message:
					'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
			},
		],
		[
			{
				message: 'Failed to send freeform message because you are outside the allowed window.',
			},
		],
		[{ code: '131047' }],
		[{ code: '63016' }],
		[{ message: 'The contact is outside of the 24-hour window' }],
		[{ message: 'Outside of the 24 hours customer service window' }],
		[{ details: 'outside of the service window' }],
	])('names the window: %p', (said) => {
		expect(namesWhatsappWindow(failure('rejected', said))).toBe(true);
	});

	it.each([
		[{}],
		[{ code: '400', message: 'Validation error.' }],
		[{ message: 'Template is paused' }],
		[{ details: 'request 1310470 of 630160' }],
		[{ message: 'Try again within 24 hours' }],
		[{ message: 'The window of the browser was closed' }],
	])('names something else: %p', (said) => {
		expect(namesWhatsappWindow(failure('rejected', said))).toBe(false);
	});
});

describe('the choice', () => {
	it.each([
		[undefined, 'fail'],
		['fail', 'fail'],
		[' Template ', 'template'],
		['SKIP', 'skip'],
	])('is read from %p as %s', (outsideWindow, way) => {
		expect(readOutsideWindow(outsideWindow === undefined ? {} : { outsideWindow })).toBe(way);
	});

	it.each([[''], [null], ['sms 📱'], [7], [{}]])('is not %p', (outsideWindow) => {
		const said = refusal(() => readOutsideWindow({ outsideWindow }));
		expect(said.message).toContain('Outside 24-Hour Window');
		expect(said.cure).toContain('fail, skip, template');
	});
});

describe('a message and what goes instead', () => {
	const NAMED = { message: 'more than 24 hours have passed', code: '131047' };
	const accepted = (of: unknown): Ending => ({
		kind: 'accepted',
		results: [{ messageId: String(of) }],
		missing: [],
	});

	/** Sends 'text', and what stands in its place, as the two of them end. */
	async function sent({
		way = 'template' as 'fail' | 'skip' | 'template',
		isOutside = false as boolean | Error,
		namesWindow = namesWhatsappWindow as Fallback<string>['namesWindow'],
		ends = {} as Record<string, Error>,
		hasFallback = true,
	} = {}) {
		const tried: Array<Entry<string>> = [];
		const fallback = {
			isOutside: async () => {
				if (isOutside instanceof Error) throw isOutside;
				return await Promise.resolve(isOutside);
			},
			namesWindow,
		};
		const operation = {
			api: { provider: 'acme' },
			...(hasFallback && { fallback }),
		} as unknown as Operation<string>;
		const entry = {
			input: 'text',
			idempotencyKey: { own: 'order-1042' },
			transport: {},
			instead: { fail: undefined, skip: 'nothing', template: { input: 'template', takenOut: [] } }[
				way
			],
		} as unknown as Entry<string>;
		const result = await sendInWindow(operation, entry, async (one) => {
			tried.push(one);
			const error = ends[one.input];
			if (error) throw error;
			return await Promise.resolve(accepted(one.input));
		}).catch((error: unknown) => ({ error }) as { error: DeliveryFailure });
		return { tried: tried.map(({ input }) => input), entries: tried, result };
	}

	it.each([
		['nobody has asked for anything else', { way: 'fail' as const, isOutside: true }],
		['the vendor has no window', { hasFallback: false, isOutside: true }],
		['it is within the window', {}],
		['it would be skipped outside', { way: 'skip' as const }],
	])('is sent as it is where %s', async (_where, how) => {
		const { tried, result } = await sent(how);
		expect(tried).toEqual(['text']);
		expect(result).toEqual(accepted('text'));
	});

	it('is a template outside, which its result says', async () => {
		const { tried, entries, result } = await sent({ isOutside: true });
		expect(tried).toEqual(['template']);
		expect(result).toMatchObject({
			kind: 'accepted',
			results: [{ messageId: 'template', sentAs: 'template' }],
		});
		// Nothing goes in place of the template, nor under the key of the message.
		expect(entries[0].instead).toBeUndefined();
		expect(entries[0].idempotencyKey).not.toEqual({ own: 'order-1042' });
	});

	it('is a template after a refusal that names the window', async () => {
		const { tried, result } = await sent({ ends: { text: failure('rejected', NAMED) } });
		expect(tried).toEqual(['text', 'template']);
		expect(result).toMatchObject({ results: [{ sentAs: 'template' }] });
	});

	it.each<[string, Error]>([
		['nobody knows what became of it', failure('unknown', NAMED)],
		['it never left', failure('not_sent', NAMED)],
		['it was refused for something else', failure('rejected', { message: 'Bad number' })],
		['it must not be sent', new KeptBack('No', '', failure('not_sent', NAMED).details)],
		['it cannot be built', new InvalidInput('Text', 'is empty: 24-hour window', '')],
		['something broke', new TypeError('131047')],
	])('is no template where %s', async (_where, text) => {
		const { tried, result } = await sent({ ends: { text } });
		expect(tried).toEqual(['text']);
		expect(result).toEqual({ error: text });
	});

	it('is no template where the reading of the refusal breaks', async () => {
		const text = failure('rejected', NAMED);
		const namesWindow = () => {
			throw new TypeError('x is not a function');
		};
		const { tried, result } = await sent({ ends: { text }, namesWindow });
		expect(tried).toEqual(['text']);
		expect(result).toEqual({ error: text });
	});

	it.each<[string, Parameters<typeof sent>[0], string[]]>([
		['it is outside', { isOutside: true }, []],
		['it was refused', { ends: { text: failure('rejected', NAMED) } }, ['text']],
	])('is skipped where its user wants that and %s', async (_where, how, wasTried) => {
		const { tried, result } = await sent({ ...how, way: 'skip' });
		expect(tried).toEqual(wasTried);
		const { error } = result as { error: DeliveryFailure };
		expect(error).toBeInstanceOf(KeptBack);
		expect(error.details).toMatchObject({ code: 'outside_window', outcome: 'not_sent' });
	});

	it('and the template both have their words where neither is taken', async () => {
		const text = failure('rejected', NAMED);
		const template = failure('rejected', { message: 'Template is paused', code: '132015' });
		const { result } = await sent({ ends: { text, template } });
		const { error } = result as { error: DeliveryFailure };
		expect(error.message).toBe(
			'The message is outside of the 24-hour window (Acme refused the request: more than 24 hours have passed). The template instead: Acme refused the request: Template is paused',
		);
		expect(error.details).toEqual(template.details);
	});

	it('and the field of a template that turns out not to be sendable are named', async () => {
		const template = new InvalidInput('Template', '"x:en" is pending', 'Choose another.');
		const { result } = await sent({ isOutside: true, ends: { template } });
		expect((result as { error: Error }).error).toMatchObject({
			message:
				'The message is outside of the 24-hour window, and in the template instead, Template "x:en" is pending',
			cure: 'Choose another.',
		});
	});

	it.each<[string, Error, string]>([
		['the vendor refuses to say it', failure('rejected', { message: 'Not allowed' }), 'not_sent'],
		['nobody answers', failure('unknown', {}), 'not_sent'],
	])('is not sent where it cannot be found out: %s', async (_why, isOutside, outcome) => {
		const { tried, result } = await sent({ isOutside });
		expect(tried).toEqual([]);
		const { error } = result as { error: DeliveryFailure };
		expect(error.message).toContain('It could not be found out');
		expect(error.details.outcome).toBe(outcome);
	});

	it('have keys that are the same on each try, and differ from each other', () => {
		const keys = [{ own: 'order-1042' }, { ours: 'order-1042' }, { own: 'order-1043' }];
		const instead = keys.map(keyInstead);
		expect(instead).toEqual(keys.map(keyInstead));
		expect(new Set(instead.map((key) => JSON.stringify(key))).size).toBe(keys.length);
	});
});
