/**
 * What a fresh sandbox of Sent holds. Numbers come from the ranges that are reserved for fiction
 * (+1 202 555 01xx, +44 7700 900xxx), so nothing here can ever reach a person.
 */

export const organizationId = '5e9d0a10-0000-4000-8000-000000000001';
export const profileIds = {
	retail: '5e9d0a10-0000-4000-8000-0000000000a1',
	support: '5e9d0a10-0000-4000-8000-0000000000a2',
} as const;
/** x-sender-id of API v1. */
export const senderId = '5e9d0a10-0000-4000-8000-0000000000f1';

export const keys = {
	/** An organization's key: may act for its profiles by x-profile-id. */
	organization: 'sandbox-sent-key',
	/** The key of the profile `retail`. */
	profile: 'sandbox-sent-profile-key',
	/** May read only. */
	viewer: 'sandbox-sent-viewer-key',
	/** Accounts that are not ready, or no longer. */
	pending: 'sandbox-sent-pending-key',
	kyc: 'sandbox-sent-kyc-key',
	noChannel: 'sandbox-sent-no-channel-key',
	suspended: 'sandbox-sent-suspended-key',
} as const;

/** Recipients that do not simply get their message. */
export const magic = {
	/** Left out of the answer, without a word. */
	leftOut: '+12025550130',
	/** The whole request is refused: 422 BUSINESS_007. */
	noChannel: '+12025550131',
	/** Has opted out: 422 BUSINESS_004 when nobody else is asked, FILTERED later otherwise. */
	optedOut: '+12025550132',
	/** Accepted, then FILTERED with ERR_CONSENT_BLOCKED. */
	filtered: '+12025550133',
	/** Accepted, then BLOCKED for want of balance; arrives when it is resent. */
	blocked: '+12025550134',
	/** Accepted, then FAILED with ERR_ROUTE_DENIED. */
	failed: '+12025550135',
	/** Free text: FAILED on WhatsApp, BLOCKED elsewhere. Templates arrive. */
	neverWrote: '+12025550136',
	/** Queued and routed a second time before it is sent. */
	rerouted: '+12025550137',
	/** The whole request is refused: 422 BUSINESS_003. */
	noBalance: '+12025550138',
	/** Sent, and never heard of again. */
	silent: '+12025550139',
	/** The number lookup calls it invalid. */
	invalid: '+12025550199',
} as const;

export interface Contact {
	id: string;
	customer_id: string;
	phone_number: string;
	format_e164: string;
	format_international: string;
	format_national: string;
	format_rfc: string;
	country_code: string;
	region_code: string;
	available_channels: string;
	default_channel: string;
	opt_out: boolean;
	is_inherited: boolean;
	created_at: string;
	updated_at: string | null;
}

const countries: Record<string, string> = {
	'1': 'US',
	'31': 'NL',
	'33': 'FR',
	'34': 'ES',
	'39': 'IT',
	'44': 'GB',
	'49': 'DE',
	'55': 'BR',
	'61': 'AU',
	'81': 'JP',
	'91': 'IN',
};

export function regionOf(e164: string): { country: string; region: string; national: string } {
	const digits = e164.slice(1);
	for (const length of [1, 2]) {
		const country = digits.slice(0, length);
		const region = countries[country];
		if (region) return { country, region, national: digits.slice(length) };
	}
	return { country: digits.slice(0, 3), region: 'ZZ', national: digits.slice(3) };
}

export function makeContact(
	id: string,
	e164: string,
	more: Partial<Contact> = {},
	createdAt = '2026-01-05T09:00:00Z',
): Contact {
	const { country, region, national } = regionOf(e164);
	const grouped = national.replace(
		country === '1' ? /^(\d{3})(\d{3})(\d+)$/ : /^(\d{4})(\d+)()$/,
		(_, ...parts: string[]) => parts.slice(0, 3).filter(Boolean).join(' '),
	);
	return {
		id,
		customer_id: organizationId,
		phone_number: e164,
		format_e164: e164,
		format_international: `+${country} ${grouped}`,
		format_national: grouped,
		format_rfc: `tel:+${country}-${grouped.replaceAll(' ', '-')}`,
		country_code: country,
		region_code: region,
		available_channels: 'sms',
		default_channel: 'sms',
		opt_out: false,
		is_inherited: false,
		created_at: createdAt,
		updated_at: null,
		...more,
	};
}

/** `5e9d0c00-0000-4000-8000-000000000007` is the seventh of its kind. */
const numbered = (kind: string, number: number): string =>
	`5e9d${kind}-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** The contact of the owner's v1 example. */
export const exampleContactId = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
/** Has a long conversation from the start. */
export const talkativeContactId = numbered('0c00', 1);
const contactCount = 220;

export function demoContacts(): Contact[] {
	const numbers = Array.from({ length: contactCount }, (_, index) => 900000 + index);
	return [
		makeContact(exampleContactId, '+12025550110', {
			available_channels: 'sms,whatsapp',
			default_channel: 'whatsapp',
		}),
		...Object.values(magic).map((phone, index) =>
			makeContact(numbered('0c01', index + 1), phone, { opt_out: phone === magic.optedOut }),
		),
		...numbers.map((number, index) =>
			makeContact(numbered('0c00', index + 1), `+447700${number}`, {
				...(index % 3 === 0 && {
					available_channels: 'sms,whatsapp',
					default_channel: 'whatsapp',
				}),
				is_inherited: index % 10 === 9,
			}),
		),
	];
}

export interface Template {
	id: string;
	customer_id: string;
	name: string;
	category: 'MARKETING' | 'UTILITY' | 'AUTHENTICATION';
	language: string;
	status: string;
	channels: string[];
	variables: string[];
	is_published: boolean;
	created_at: string;
	updated_at: string | null;
}

/** What a template says; the API shows it only in what was sent. */
const texts: Record<string, string> = {
	order_confirmation: 'Hello {{name}}, your order {{order_id}} is confirmed.',
	welcome: 'Welcome, {{first_name}}!',
	login_code: 'Your code is {{code}}. Do not share it.',
	spring_offer: 'Spring is here, {{first_name}}.',
	plain_notice: 'We are closed on Monday.',
};

/** The template of the owner's v1 example. */
export const exampleTemplateId = '7ba7b820-9dad-11d1-80b4-00c04fd430c8';
/** The template that answers a contact's STOP, START or HELP. */
export const optOutReplyId = numbered('0d00', 5);
const reminderCount = 122;

export function demoTemplates(): Template[] {
	const template = (id: string, name: string, more: Partial<Template>): Template => ({
		id,
		customer_id: organizationId,
		name,
		category: 'UTILITY',
		language: 'en_US',
		status: 'APPROVED',
		channels: ['sms', 'whatsapp', 'rcs'],
		variables: [],
		is_published: true,
		created_at: '2026-01-05T09:00:00Z',
		updated_at: null,
		...more,
	});
	const draft = { is_published: false, variables: ['first_name'] };
	return [
		template(exampleTemplateId, 'order_confirmation', { variables: ['name', 'order_id'] }),
		template(numbered('0d00', 2), 'welcome', {
			category: 'MARKETING',
			variables: ['first_name'],
		}),
		template(numbered('0d00', 3), 'login_code', {
			category: 'AUTHENTICATION',
			variables: ['code'],
		}),
		template(numbered('0d00', 4), 'spring_offer', {
			category: 'MARKETING',
			channels: ['whatsapp', 'rcs', 'mms'],
			variables: ['header_image', 'first_name'],
		}),
		template(numbered('0d00', 5), 'plain_notice', {}),
		template(numbered('0d00', 6), 'pending_offer', { ...draft, status: 'PENDING' }),
		template(numbered('0d00', 7), 'rejected_offer', { ...draft, status: 'REJECTED' }),
		template(numbered('0d00', 8), 'draft_note', { ...draft, status: 'DRAFT' }),
		...Array.from({ length: reminderCount }, (_, index) =>
			template(numbered('0d00', index + 9), `reminder_${String(index + 1).padStart(3, '0')}`, {
				variables: ['name', 'date'],
				channels: ['sms', 'whatsapp'],
			}),
		),
	];
}

export function render(template: Template, parameters: Record<string, unknown>): string {
	const text =
		texts[template.name] ??
		[template.name, ...template.variables.map((name) => `{{${name}}}`)].join(' ');
	return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => shown(parameters[name]));
}

/** API v1 takes any JSON as the value of a variable; what is no text is shown as JSON. */
function shown(value: unknown): string {
	if (value === undefined || value === null) return '';
	return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Numbers the account sends from, by channel. */
export const senders = {
	sms: '+12025550100',
	whatsapp: '+12025550101',
	rcs: '+12025550102',
	mms: '+12025550100',
} as const;

export const smsSenders = [
	{ country: 'US', number_type: 'long_code', sender_value: senders.sms, status: 'active' },
	{ country: 'GB', number_type: 'long_code', sender_value: '+447700900999', status: 'active' },
	{ country: 'DE', number_type: 'alphanumeric', sender_value: 'SANDBOX', status: 'active' },
	{ country: 'US', number_type: 'toll_free', sender_value: null, status: 'pending' },
].map((sender) => ({ ...sender, compliance: null }));
