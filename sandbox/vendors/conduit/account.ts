import { createHash } from 'node:crypto';

/** What belongs to the workspaces and never changes. */
export interface Workspace {
	id: string;
	name: string;
}

export interface Sender {
	id: string;
	workspace_id: string;
	channel: 'email' | 'sms' | 'whatsapp';
	provider_type: string;
	value: string;
	display_name: string;
	is_default: boolean;
}

export interface WhatsappTemplate {
	id: string;
	workspace_id: string;
	content_sid: string;
	friendly_name: string;
	language: string;
	status: 'approved' | 'pending' | 'rejected';
	category: string;
	content_type: string;
	rejection_reason: string | null;
	body: string;
	variables: Record<string, string>;
	created_at: string;
	updated_at: string;
}

export interface User {
	id: string;
	email: string;
	first_name: string;
	last_name: string;
	role: string;
	picture_url: string | null;
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** 32 characters, as the vendor's ids look; the same for the same name, always. */
export const idFor = (prefix: string, name: string): string =>
	prefix +
	[...createHash('sha256').update(name).digest()]
		.slice(0, 32 - prefix.length)
		.map((byte) => alphabet[byte % alphabet.length])
		.join('');

export const since = '2026-01-05T09:00:00.000Z';

/** The workspace of the vendor's examples. */
export const seaside = 'j57demo8f8x7c9v0n2q4r6t8y1u3i5o';
export const mountain = 'j57mountain0x7c9v0n2q4r6t8y1u3i5';
export const foreign = 'j57foreign00x7c9v0n2q4r6t8y1u3i5';

export const workspaces: readonly Workspace[] = [
	{ id: seaside, name: 'Seaside Stays' },
	{ id: mountain, name: 'Mountain Lodge' },
	{ id: foreign, name: 'Someone Else' },
];

const sender = (
	workspace_id: string,
	channel: Sender['channel'],
	kind: string,
	value: string,
	display_name: string,
	is_default = false,
): Sender => ({
	id: `${kind}:${value}`,
	workspace_id,
	channel,
	provider_type: kind,
	value,
	display_name,
	is_default,
});

/**
 * Seaside: two for e-mail with a default, two for SMS without one, one for WhatsApp.
 * Mountain: one for e-mail, none for SMS, two for WhatsApp without a default.
 */
export const senders: readonly Sender[] = [
	sender(seaside, 'email', 'gmail_account', 'team@conduit.ai', 'Team', true),
	sender(seaside, 'email', 'gmail_account', 'bookings@conduit.ai', 'Bookings'),
	sender(seaside, 'sms', 'phone_number_config', '+14155550111', 'Front desk'),
	sender(seaside, 'sms', 'phone_number_config', '+14155550112', 'Night desk'),
	sender(seaside, 'whatsapp', 'whatsapp_number', '+14155550999', 'Seaside Stays'),
	sender(mountain, 'email', 'gmail_account', 'lodge@conduit.ai', 'Lodge'),
	sender(mountain, 'whatsapp', 'whatsapp_number', '+14155550981', 'Lodge'),
	sender(mountain, 'whatsapp', 'whatsapp_number', '+14155550982', 'Ski school'),
	sender(foreign, 'email', 'gmail_account', 'someone@conduit.ai', 'Someone', true),
];

const template = (
	workspace_id: string,
	letter: string,
	friendly_name: string,
	body: string,
	variables: Record<string, string>,
	more: Partial<WhatsappTemplate> = {},
): WhatsappTemplate => ({
	id: idFor('wt7', `${workspace_id} ${letter}`),
	workspace_id,
	content_sid: `HX${letter.repeat(32)}`,
	friendly_name,
	language: 'en',
	status: 'approved',
	category: 'UTILITY',
	content_type: 'twilio/text',
	rejection_reason: null,
	body,
	variables,
	created_at: since,
	updated_at: since,
	...more,
});

export const whatsappTemplates: readonly WhatsappTemplate[] = [
	template(
		seaside,
		'a',
		'appointment_reminder',
		'Hi {{1}}, your appointment is on {{2}}.',
		// The variables of the vendor's example.
		{ '1': 'Alex', '2': 'May 15 at 3 PM' },
	),
	template(seaside, 'b', 'welcome', 'Welcome to Seaside Stays!', {}),
	template(seaside, 'c', 'check_in', 'Hi {{1}}, room {{2}} is ready, the code is {{3}}.', {
		'1': 'Guest name',
		'2': 'Room',
		'3': 'Door code',
	}),
	template(
		seaside,
		'd',
		'summer_offer',
		'{{1}} off all summer!',
		{ '1': 'Discount' },
		{ status: 'rejected', category: 'MARKETING', rejection_reason: 'Promotional content' },
	),
	template(
		seaside,
		'e',
		'late_check_out',
		'Stay until {{1}}?',
		{ '1': 'Hour' },
		{ status: 'pending' },
	),
	template(mountain, 'f', 'snow_report', 'There is {{1}} of snow.', { '1': 'Depth' }),
];

export const users = (workspaceId: string): User[] =>
	Array.from({ length: workspaceId === seaside ? 25 : 2 }, (_, index) => ({
		id: idFor('m48', `${workspaceId} user ${index}`),
		email: `user${index + 1}@conduit.ai`,
		first_name: ['Alex', 'Robin', 'Kai', 'Mika'][index % 4] as string,
		last_name: `M${index + 1}`,
		role: index === 0 ? 'admin' : 'member',
		picture_url: null,
	}));

export const settings = ({ name }: Workspace): Record<string, unknown> => ({
	company_name: name,
	company_website: 'https://example.com',
	company_size: '11-50',
	about: null,
	timezone: 'America/Los_Angeles',
	default_phone_country_code: '+1',
	business_hours: { monday: { open: '09:00', close: '17:00' } },
});
