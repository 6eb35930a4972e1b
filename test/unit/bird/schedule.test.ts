import { buildMessageOptions } from '../../../nodes/Bird/sendOptions';

const now = Date.parse('2026-01-01T12:00:00Z');
const at = (scheduledFor: unknown, timezone?: string) =>
	buildMessageOptions({ scheduledFor } as never, timezone, now).scheduledFor;

describe('a schedule', () => {
	it.each([
		['2026-01-01T12:01:00.001Z', '2026-01-01T12:01:00.001Z'],
		['2026-01-01T12:09:00Z', '2026-01-01T12:09:00.000Z'],
		['2026-02-05T12:00:00Z', '2026-02-05T12:00:00.000Z'],
		['2026-01-02T09:00:00', '2026-01-02T08:00:00.000Z'],
	])('%s is sent as %s', (entered, sent) => expect(at(entered, 'Europe/Amsterdam')).toBe(sent));

	// An expression such as {{ $now }} is evaluated before the message is built.
	it.each(['2026-01-01T12:00:00Z', '2026-01-01T11:59:59.999Z', '2026-01-01T11:59:00Z'])(
		'%s is now, and so sent at once',
		(entered) => expect(at(entered)).toBeUndefined(),
	);

	it.each([
		['2026-01-01T11:58:59.999Z', 'Scheduled Time is in the past'],
		['2026-02-05T12:00:00.001Z', 'Scheduled Time is more than 35 days ahead'],
		['2026-01-01T12:30:00', 'Scheduled Time is in the past'],
		['soon', 'Scheduled Time "soon" is not a date'],
	])('%s is refused', (entered, message) => {
		expect(() => at(entered, 'Europe/Amsterdam')).toThrow(message);
	});
});
