import { readComplaint } from '../../../nodes/Votel/complaint';

const read = (body: unknown, statusCode = 422) => readComplaint({ statusCode, headers: {}, body });
const misfit = (loc: Array<string | number>, msg = 'field required', type = 'missing') => ({
	loc,
	msg,
	type,
});

describe("Votel's errors", () => {
	it.each<[string, Array<string | number>, string]>([
		['a key of the message', ['body', 'message_data', 'html_content'], 'HTML'],
		[
			'a key of one kind of message',
			['body', 'message_data', 'SMSMessageData', 'media_urls', 1],
			'Media URLs 2',
		],
		['the message as a whole', ['body', 'message_data'], 'Message'],
		['a key beside the message', ['body', 'priority'], 'Priority'],
		['a query parameter', ['query', 'send_identifier'], 'Channel'],
		['a part of the path', ['path', 'lead_id'], 'Lead'],
		['a lead', ['body', 'bulk_settings', 'lead_ids', 2], 'Lead IDs 3'],
		[
			'a condition',
			['body', 'bulk_settings', 'filters', 'conditions', 1, 'conditions', 0, 'value'],
			'Filters group 2 condition 1 Value',
		],
		['a key without a field', ['body', 'message_data', 'ttl'], 'ttl'],
	])('name %s as the editor does', (_name, loc, field) => {
		expect(read({ detail: [misfit(loc)] })).toEqual({
			code: 'missing',
			message: `${field}: field required`,
			details: null,
			requestId: null,
		});
	});

	it('tell all that does not fit', () => {
		const detail = [
			misfit(['body', 'message_data', 'subject']),
			misfit(['body'], 'bad', 'x'),
			'odd',
		];
		expect(read({ detail })).toMatchObject({
			code: 'missing',
			message: 'Subject: field required (and 2 more)',
			details: 'Subject: field required; bad; odd',
		});
	});

	it.each<[string, unknown, number, object]>([
		['a text', { detail: 'No credit' }, 402, { code: null, message: 'No credit', details: null }],
		['a text beside it', { message: 'No credit' }, 402, { code: null, message: 'No credit' }],
		[
			'an object',
			{ detail: { code: 'NO_CREDIT', message: 'No credit', balance: 0, plan: 'free' } },
			402,
			{ code: 'NO_CREDIT', message: 'No credit', details: 'balance: 0; plan: free' },
		],
		['an object without words', { detail: { balance: 0 } }, 402, { message: 'HTTP 402' }],
		['an empty list', { detail: [] }, 422, { message: 'The request does not fit' }],
		['a refusal in a 200', { success: false, error: 'Blocked' }, 200, { message: 'Blocked' }],
		['a refusal without a reason', { success: false }, 200, { message: 'It gave no reason' }],
		['nothing', '', 401, { code: null, message: 'The API key is not valid', details: null }],
		["a proxy's page", '<html>Bad Gateway</html>', 502, { message: 'HTTP 502' }],
		['null', null, 404, { message: 'Votel knows no such address or ID' }],
	])('are read from %s', (_name, body, statusCode, complaint) => {
		expect(read(body, statusCode)).toMatchObject(complaint);
	});
});
