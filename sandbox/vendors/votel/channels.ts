const at = '2025-10-05T09:00:00Z';
const tenantId = '7e9d0a10-0000-4000-8000-000000000001';

export interface Channel {
	id: string;
	tenant_id: string;
	name: string;
	channel_type: 'sms' | 'email' | 'instagram_dm';
	integration_id: string | null;
	send_from_phone_number: string | null;
	phone_number_id: string | null;
	send_from_email: string | null;
	email_domain_id: string | null;
	status: 'available' | 'unavailable';
	is_default: boolean;
	metadata: object;
	created_at: string;
	updated_at: string;
}

const numbered = (number: number): string =>
	`7e9d0c00-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** The channel of the owner's SMS and Instagram examples. */
export const exampleChannelId = '825b8057-c85f-44a9-9e9f-6e7d7389ecfc';
export const unavailableChannelId = numbered(4);

/** Why it is unavailable, in the words of a menu. */
export const disabledReason = 'The number is not verified yet';

const channel = (
	id: string,
	type: Channel['channel_type'],
	name: string,
	identifier: string,
	more: Partial<Channel> = {},
): Channel => ({
	id,
	tenant_id: tenantId,
	name,
	channel_type: type,
	integration_id: null,
	send_from_phone_number: type === 'sms' ? identifier : null,
	phone_number_id: null,
	send_from_email: type === 'email' ? identifier : null,
	email_domain_id: null,
	status: 'available',
	is_default: false,
	metadata: type === 'instagram_dm' ? { username: identifier } : {},
	created_at: at,
	updated_at: at,
	...more,
});

/** More than one page of the default size. */
export const channels: readonly Channel[] = [
	channel(exampleChannelId, 'sms', 'SMS - (202) 555-0100', '+12025550100', { is_default: true }),
	channel(numbered(2), 'email', 'Support Email', 'support@example.com', { is_default: true }),
	channel(numbered(3), 'instagram_dm', 'Instagram', '@sandbox'),
	channel(unavailableChannelId, 'sms', 'SMS - (202) 555-0109', '+12025550109', {
		status: 'unavailable',
	}),
	...Array.from({ length: 21 }, (_, index) =>
		channel(
			numbered(index + 5),
			'email',
			`Team ${index + 1}`,
			`team-${String(index + 1).padStart(2, '0')}@example.com`,
		),
	),
];

export const identifierOf = (it: Channel): string =>
	it.send_from_phone_number ??
	it.send_from_email ??
	(it.metadata as { username?: string }).username ??
	'';
