/** The workspace that stands ready in every sandbox. Everything here is the same after each start. */

export const accessKey = 'sandbox-access-key';
/** Valid, but may only send, upload and look at single messages: everything else is 403. */
export const sendOnlyKey = 'sandbox-send-only-key';
export const workspaceId = '5a0d8b0a-0000-4000-8000-000000000001';
export const organizationId = '5a0d8b0a-0000-4000-8000-000000000002';

export interface Channel {
	id: string;
	platformId: string;
	name: string;
	connectorId: string;
	identifier: string;
	status: string;
	createdAt: string;
	updatedAt: string;
}

export interface Contact {
	id: string;
	computedDisplayName: string;
	featuredIdentifiers: Array<{ key: string; value: string }>;
	attributes: Record<string, unknown>;
	identifierCount: number;
	listIds: string[];
	accountIds: string[];
	workspaceId: string;
	createdAt: string;
	updatedAt: string;
}

/** What a channel's platform is called in event names; Bird's platformId may add the carrier. */
export const platformOf = ({ platformId }: Channel): string => platformId.replace(/-.*$/, '');

export const platforms = ['sms', 'whatsapp', 'email', 'facebook', 'instagram', 'telegram', 'line'];

const epoch = '2025-01-01T00:00:00.000Z';
const stamps = { createdAt: epoch, updatedAt: epoch };
const uuid = (kind: string, n: number): string =>
	`${kind}-0000-4000-8000-${String(n).padStart(12, '0')}`;

const channel = (
	id: string,
	platformId: string,
	name: string,
	identifier: string,
	status = 'active',
): Channel => ({
	id,
	platformId,
	name,
	connectorId: id.replace('-4000-', '-4001-'),
	identifier,
	status,
	...stamps,
});

/** The channels to send through. */
export const smsChannelId = '11111111-0000-4000-8000-000000000001';
export const whatsappChannelId = '22222222-0000-4000-8000-000000000001';
export const emailChannelId = '33333333-0000-4000-8000-000000000001';
export const telegramChannelId = '44444444-0000-4000-8000-000000000001';
export const inactiveChannelId = '99999999-0000-4000-8000-000000000001';

/** More than two pages of the default length, in no order of name or platform. */
export function demoChannels(): Channel[] {
	const filler = Array.from({ length: 60 }, (_, i) => {
		const platform = platforms[i % platforms.length] ?? 'sms';
		const platformId =
			platform === 'sms' || platform === 'email' ? `${platform}-messagebird` : platform;
		return channel(
			uuid('c4a00000', i + 1),
			platformId,
			`Branch ${i + 1}`,
			platform === 'email' ? `branch${i + 1}@example.com` : `+3197010${20_000 + i}`,
		);
	});
	return [
		channel(smsChannelId, 'sms-messagebird', 'Demo SMS', '+31970102000'),
		channel(whatsappChannelId, 'whatsapp', 'Demo WhatsApp', '+31970102001'),
		channel(emailChannelId, 'email-messagebird', 'Demo Email', 'demo@example.com'),
		channel(telegramChannelId, 'telegram', 'Demo Telegram', 'demo_bot'),
		channel(inactiveChannelId, 'sms-messagebird', 'Old SMS', '+31970102009', 'inactive'),
		...filler,
	];
}

const firstNames = ['Ada', 'Björn', 'Chen', 'Dilan', 'Ewa', 'Femi', 'Grace', 'Hana'];
const lastNames = [
	'Okafor',
	'de Vries',
	'Kowalska',
	'Nguyen',
	'Öztürk',
	'Silva',
	'Tanaka',
	'Weber',
];

export const makeContact = (
	id: string,
	name: string,
	identifiers: Contact['featuredIdentifiers'],
	createdAt = epoch,
): Contact => ({
	id,
	computedDisplayName: name,
	featuredIdentifiers: identifiers,
	attributes: {},
	identifierCount: identifiers.length,
	listIds: [],
	accountIds: [],
	workspaceId,
	createdAt,
	updatedAt: createdAt,
});

/** 64 people with a phone number (+31620011001 and up) and an e-mail address each. */
export function demoContacts(): Contact[] {
	return firstNames.flatMap((first, i) =>
		lastNames.map((last, j) => {
			const n = i * lastNames.length + j + 1;
			return makeContact(uuid('c0c00000', n), `${first} ${last}`, [
				{ key: 'phonenumber', value: `+316200${11_000 + n}` },
				{ key: 'emailaddress', value: `contact${n}@example.com` },
			]);
		}),
	);
}

export interface Project {
	id: string;
	workspaceId: string;
	name: string;
	description: string;
	type: string;
	supportedPlatforms: string[];
	locales: string[];
	activeResourceId: string;
	createdAt: string;
	updatedAt: string;
}

export interface TemplateVersion {
	id: string;
	projectId: string;
	status: string;
	defaultLocale: string;
	variables: Array<{ key: string; type: string; format: string; description: string }>;
	platformContent: Array<{ platform: string; locale: string; blocks: object[] }>;
	createdAt: string;
	updatedAt: string;
}

/** A template with parameters of every common type, in two versions. */
export const orderTemplateId = '7e000000-0000-4000-8000-000000000001';
export const orderTemplateVersionId = '7e000000-0000-4001-8000-000000000001';
export const oldOrderTemplateVersionId = '7e000000-0000-4001-8000-000000000002';
/** One without parameters, for email, and a project that is no template. */
export const newsTemplateId = '7e000000-0000-4000-8000-000000000002';
export const chatWidgetId = '7e000000-0000-4000-8000-000000000003';

export function demoProjects(): Project[] {
	const project = (id: string, name: string, type: string, platforms: string[]): Project => ({
		id,
		workspaceId,
		name,
		description: '',
		type,
		supportedPlatforms: platforms,
		locales: ['en'],
		activeResourceId: id.replace('-4000-', '-4001-'),
		...stamps,
	});
	return [
		project(orderTemplateId, 'Order shipped', 'channelTemplate', ['whatsapp', 'sms']),
		project(newsTemplateId, 'Newsletter', 'htmlEmail', ['email']),
		project(chatWidgetId, 'Chat on the website', 'chatwidget', ['all']),
	];
}

/** As it is listed for WhatsApp; its slots stand nowhere in it. */
const ORDER_TEXT =
	'Hi {{first_name}}, your order of {{ total }} euros is on its way. Express: {{express}}.\nThank you for buying from us!';

/** Versions of the templates, newest first. */
export function demoTemplateVersions(): TemplateVersion[] {
	const variable = (key: string, type: string) => ({ key, type, format: 'none', description: '' });
	const version = (
		id: string,
		projectId: string,
		status: string,
		variables: TemplateVersion['variables'],
		text = '',
	): TemplateVersion => ({
		id,
		projectId,
		status,
		defaultLocale: 'en',
		variables,
		platformContent: text === '' ? [] : [whatsapp('nl', `[nl] ${text}`), whatsapp('en', text)],
		...stamps,
	});
	const whatsapp = (locale: string, text: string) => ({
		platform: 'whatsapp',
		locale,
		blocks: [
			{
				id: 'header',
				type: 'image',
				role: 'header',
				image: { mediaUrl: 'https://example.com/a.jpg' },
			},
			{ id: 'body', type: 'text', role: 'body', text: { text } },
			{ id: 'footer', type: 'text', role: 'footer', text: { text: 'The Shop' } },
		],
	});
	return [
		version(uuid('7e000001', 1), orderTemplateId, 'draft', [variable('untested', 'string')]),
		version(
			orderTemplateVersionId,
			orderTemplateId,
			'active',
			[
				variable('first_name', 'string'),
				variable('total', 'number'),
				variable('express', 'boolean'),
				variable('slots', 'timeslotList'),
			],
			ORDER_TEXT,
		),
		version(oldOrderTemplateVersionId, orderTemplateId, 'inactive', [
			variable('first_name', 'string'),
		]),
	];
}
