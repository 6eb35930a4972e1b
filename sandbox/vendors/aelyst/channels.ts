export interface Channel {
	id: number;
	name: string;
	source: string;
	created_at: number;
}

const opened = 1663274081;

/** More than the ten of a page, and one (TikTok) of a kind that the vendor does not document. */
export const channels: readonly Channel[] = [
	{ id: 551174, name: 'WhatsApp', source: 'whatsapp_cloud', created_at: opened },
	{ id: 551175, name: 'Facebook Page', source: 'facebook', created_at: opened + 1 },
	{ id: 551176, name: 'Telegram Bot', source: 'telegram', created_at: opened + 2 },
	{ id: 551177, name: 'Support Mailbox', source: 'gmail', created_at: opened + 3 },
	{ id: 551178, name: 'Instagram', source: 'instagram', created_at: opened + 4 },
	{ id: 551179, name: 'Viber', source: 'viber', created_at: opened + 5 },
	{ id: 551180, name: 'LINE', source: 'line', created_at: opened + 6 },
	{ id: 551181, name: 'SMS', source: 'twilio', created_at: opened + 7 },
	{ id: 551182, name: 'WhatsApp (Twilio)', source: 'twilio_whatsapp', created_at: opened + 8 },
	{ id: 551183, name: 'Sales Mailbox', source: 'other_email', created_at: opened + 9 },
	{ id: 551184, name: 'Website Chat', source: 'custom_channel', created_at: opened + 10 },
	{ id: 551185, name: 'TikTok', source: 'tiktok_business', created_at: opened + 11 },
];

/** The channel of the vendor's own example. It is an id like any other; no list shows it. */
const exampleChannel: Channel = {
	id: 0,
	name: 'Example',
	source: 'custom_channel',
	created_at: opened,
};

export const channelById = (id: number): Channel | undefined =>
	[...channels, exampleChannel].find((channel) => channel.id === id);

const kinds = {
	whatsapp: [
		'whatsapp_cloud',
		'360dialog_whatsapp',
		'twilio_whatsapp',
		'message_bird_whatsapp',
		'whatsapp',
		'nexmo_whatsapp',
	],
	email: ['gmail', 'other_email'],
	facebook: ['facebook'],
	/** Texts outside the 24-hour window need a tag here. */
	tagged: ['facebook', 'instagram'],
	/** The vendor takes custom payloads for these only. */
	customPayload: ['telegram', 'facebook', 'viber', 'line'],
};

export const isKind = (channel: Channel, kind: keyof typeof kinds): boolean =>
	kinds[kind].includes(channel.source);
