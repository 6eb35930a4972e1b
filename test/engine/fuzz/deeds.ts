import fc from 'fast-check';

import type { Answer } from '../contract/scriptedVendor';
import { oddJson, oddText } from './odd';
import { type Deed, ECHO } from './quickVendor';

const echo: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
	ECHO,
	`Bad key ${ECHO}.`,
	{ message: `Bad key ${ECHO}`, code: ECHO },
	{ error: { message: ECHO, details: [{ [ECHO]: ECHO }] } },
	{ errors: [{ code: 'x', detail: `Bearer ${ECHO}` }], id: ECHO, status: ECHO },
	`<html>${ECHO}</html>`,
	{ success: true, message_id: ECHO, status: 'SENT', channel_used: ECHO, [ECHO]: ECHO },
	{ id: 'm1', messageId: ECHO, data: { id: ECHO, recipients: [{ to: ECHO, message_id: ECHO }] } },
);

/** Bodies near what vendors answer, and far from it. */
const body: fc.Arbitrary<unknown> = fc.oneof(
	oddJson,
	echo,
	fc.record(
		{
			id: oddJson,
			messageId: oddJson,
			message_id: oddJson,
			batchId: oddJson,
			success: fc.constantFrom<unknown>(true, true, true, 'true', 1),
			status: oddJson,
			code: oddJson,
			message: oddJson,
			error: oddJson,
			errors: oddJson,
			details: oddJson,
			data: oddJson,
			results: oddJson,
			recipients: oddJson,
			meta: oddJson,
		},
		{ requiredKeys: [] },
	),
);

const wait = fc.constantFrom(
	'0',
	'0.2',
	'1',
	'5',
	'86400000',
	'1e999',
	'-5',
	'soon',
	'',
	'99999999999999999999',
	'Wed, 21 Oct 2015 07:28:00 GMT',
	'Fri, 31 Dec 9999 23:59:59 GMT',
);

const headers: fc.Arbitrary<Record<string, string>> = fc
	.record(
		{
			'content-type': fc.constantFrom('application/json', 'text/html', 'odd'),
			'x-request-id': fc.oneof(oddText, fc.constant(ECHO)),
			'x-ratelimit-remaining': fc.oneof(wait, oddText),
			'x-ratelimit-limit': fc.oneof(wait, oddText),
			'x-ratelimit-reset': fc.oneof(wait, oddText),
			'ratelimit-remaining': wait,
			'ratelimit-reset': wait,
			date: fc.constantFrom(
				'odd',
				'Wed, 21 Oct 2015 07:28:00 GMT',
				'Thu, 01 Jan 1970 00:00:00 GMT',
			),
			location: fc.constantFrom('http://127.0.0.1:9/', 'odd'),
		},
		{ requiredKeys: [] },
	)
	.map((given) => given as Record<string, string>);

const answer = (statuses: number[], more: fc.Arbitrary<Record<string, string>>) =>
	fc
		.record({ status: fc.constantFrom(...statuses), body, headers, more })
		.map(({ more: own, ...rest }): Answer => ({ ...rest, headers: { ...rest.headers, ...own } }));

const nothing = fc.constant({});
const perhapsWait = fc
	.option(wait, { nil: undefined })
	.map((after) => (after === undefined ? {} : { 'retry-after': after })) as fc.Arbitrary<
	Record<string, string>
>;

/** Without Retry-After, because "come back later" is never said of what was taken. */
const TAKEN = [200, 200, 201, 202, 202, 204, 206, 500, 502, 503, 504, 599];
const REFUSED = [
	301, 302, 304, 307, 400, 400, 401, 403, 403, 404, 408, 409, 410, 413, 415, 418, 422, 422, 425,
	429, 429, 429, 449, 451, 499, 500, 502, 503, 503, 504, 520,
];
const CUT = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNABORTED', 'ERR_BAD_RESPONSE', undefined];
const NEVER_LEFT = [
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'CERT_HAS_EXPIRED',
	'EPROTO',
	'ERR_INVALID_URL',
	'ECONNRESET',
	'ETIMEDOUT',
];

/** What a vendor does, request by request, before it does nothing but its work. */
export const deeds: fc.Arbitrary<Deed[]> = fc.array(
	fc.oneof<Array<fc.Arbitrary<Deed>>>(
		fc.constant<Deed>({ kind: 'take' }),
		answer(TAKEN, nothing).map((said): Deed => ({ kind: 'take-and-say', answer: said })),
		answer(REFUSED, perhapsWait).map((said): Deed => ({ kind: 'refuse', answer: said })),
		fc.constantFrom(...CUT).map((code): Deed => ({ kind: 'take-and-break', code })),
		fc.constantFrom(...NEVER_LEFT).map((code): Deed => ({ kind: 'break', code })),
	),
	{ maxLength: 6 },
);
