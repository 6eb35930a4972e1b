import type { VendorAnswer, VendorComplaint } from '../delivery/http/vendorApi';
import { textOrNull } from '../message/messageResult';
import { isPlainObject } from '../input/json';

/** What Votel's keys are called in the editor. */
const LABELS: Record<string, string | undefined> = {
	activity_type: 'Message Kinds',
	assignees: 'Assignees',
	bulk_settings: 'Leads',
	contact_id: 'Contact',
	content: 'Text',
	field: 'Field',
	filters: 'Filters',
	html_content: 'HTML',
	image_url: 'Image URL',
	lead_id: 'Lead',
	lead_ids: 'Lead IDs',
	limit: 'Limit',
	media_urls: 'Media URLs',
	message_data: 'Message',
	message_type: 'Message Type',
	metadata: 'Metadata',
	operator: 'Operator',
	priority: 'Priority',
	recipient: 'Recipient',
	search_keyword: 'Search Keyword',
	send_identifier: 'Channel',
	sender: 'Sender',
	sender_identifier: 'Channel',
	sender_name: 'Sender Name',
	sender_type: 'Sender Type',
	subject: 'Subject',
	value: 'Value',
};

/** Says where in the request, never what the user entered. FastAPI also names the kind it tried. */
const PLACES = new Set(['body', 'query', 'path', 'EmailMessageData', 'SMSMessageData']);

/** For the answers that have no readable body. */
const STATUS_TEXTS: Record<number, string | undefined> = {
	401: 'The API key is not valid',
	403: 'The API key is not allowed to do this',
	404: 'Votel knows no such address or ID',
	422: 'The request does not fit',
	429: 'Too many requests',
};

/**
 * Reads Votel's errors. Its API is FastAPI's: `detail` is a text, an object, or a list of what does
 * not fit, each with the way to the key. Some answers have `message` instead, and a refusal within
 * a 200 has `error` (source: the vendor's own client, votelai/votel-mcp).
 */
export function readComplaint({ statusCode, body }: VendorAnswer): VendorComplaint {
	const said = isPlainObject(body) ? body : {};
	const { detail } = said;
	if (Array.isArray(detail) && detail.length > 0) return misfits(detail);
	const about = isPlainObject(detail) ? detail : said;
	const message =
		firstText(detail, about.message, about.error, about.msg, about.detail) ??
		(said.success === false ? 'It gave no reason' : undefined) ??
		STATUS_TEXTS[statusCode] ??
		`HTTP ${statusCode}`;
	return {
		code: firstText(about.code, about.error_code) ?? null,
		message,
		details: isPlainObject(detail) ? othersOf(detail) : null,
		requestId: null,
	};
}

function misfits(entries: unknown[]): VendorComplaint {
	const texts = entries.map(describe);
	const more = texts.length > 1 ? ` (and ${texts.length - 1} more)` : '';
	const [first] = entries;
	return {
		code: (isPlainObject(first) && textOrNull(first.type)) || null,
		message: `${texts[0]}${more}`,
		details: texts.length > 1 ? texts.join('; ') : null,
		requestId: null,
	};
}

function describe(entry: unknown): string {
	if (!isPlainObject(entry)) return typeof entry === 'string' ? entry : JSON.stringify(entry);
	const where = Array.isArray(entry.loc) ? fieldNames(entry.loc as unknown[]) : '';
	const what = textOrNull(entry.msg) ?? 'does not fit';
	return where === '' ? what : `${where}: ${what}`;
}

/** body, bulk_settings, filters, conditions, 0, conditions, 1, value → Filters group 1 condition 2 Value */
function fieldNames(loc: unknown[]): string {
	const way = loc.filter((part) => !PLACES.has(String(part))).map(String);
	// The key that holds everything is worth a word only where nothing follows.
	const inner = ['message_data', 'bulk_settings'].includes(way[0]) && way.length > 1;
	const shown = inner ? way.slice(1) : way;
	let depth = 0;
	const names = shown.flatMap((part, index) => {
		if (part === 'conditions') return [];
		if (!/^\d+$/.test(part)) return [LABELS[part] ?? part];
		const number = String(Number(part) + 1);
		if (shown[index - 1] !== 'conditions') return [number];
		return [`${depth++ === 0 ? 'group' : 'condition'} ${number}`];
	});
	return names.join(' ');
}

function firstText(...values: unknown[]): string | undefined {
	for (const value of values) {
		const text = textOrNull(value);
		if (text !== null) return text;
	}
	return undefined;
}

/** What else an object in `detail` says. */
function othersOf(detail: object): string | null {
	const others = Object.entries(detail)
		.filter(([key]) => !['code', 'error_code', 'message'].includes(key))
		.map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
	return others.length > 0 ? others.join('; ') : null;
}
