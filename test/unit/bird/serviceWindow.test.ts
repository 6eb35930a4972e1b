import { isClosed } from '../../../nodes/Bird/serviceWindow';

const now = Date.parse('2026-11-29T12:00:00Z');

describe("Bird's service window", () => {
	it.each([
		['ends later', { serviceWindowExpireAt: '2026-11-29T12:00:01Z' }, false],
		['ends later, in another zone', { serviceWindowExpireAt: '2026-11-29T13:00:01+01:00' }, false],
		['ends now', { serviceWindowExpireAt: '2026-11-29T12:00:00.000Z' }, true],
		['has ended', { serviceWindowExpireAt: '2026-11-28T12:00:00Z' }, true],
		['was never open', { serviceWindowExpireAt: null, isPermanentSession: false }, true],
		[
			'is not said to be permanent',
			{ serviceWindowExpireAt: null, isPermanentSession: null },
			true,
		],
		['never ends', { serviceWindowExpireAt: null, isPermanentSession: true }, false],
	])('%s', (_what, window, closed) => {
		expect(isClosed(window, now)).toBe(closed);
	});
});
