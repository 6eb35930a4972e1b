import type { Answer } from '../../core/vendor';
import { callerOf } from './access';
import { ok, page, pagination, refuse } from './answers';
import {
	type Contact,
	type Template,
	keys,
	magic,
	organizationId,
	profileIds,
	regionOf,
	senders,
	smsSenders,
} from './demo';
import { whyOf } from './events';
import { type Message, type SentCall, senderOf, shownChannel } from './state';

const channelSetup = {
	sms: { configured: true, phone_number: senders.sms },
	whatsapp: {
		configured: true,
		phone_number: senders.whatsapp,
		business_name: 'Sandbox Trading Company',
	},
	rcs: { configured: true, phone_number: senders.rcs },
};

const profile = (id: string, name: string, shortName: string): Record<string, unknown> => ({
	id,
	name,
	icon: null,
	description: null,
	short_name: shortName,
	status: 'approved',
	created_at: '2026-01-05T09:00:00Z',
	settings: { allow_contact_sharing: false, allow_template_sharing: false },
});
const profiles = [
	profile(profileIds.retail, 'Sandbox Retail', 'RETAIL'),
	profile(profileIds.support, 'Sandbox Support', 'SUPPORT'),
];

export function getMe(call: SentCall): Answer {
	const { customerId } = callerOf(call);
	const own = profiles.find(({ id }) => id === customerId);
	if (own) {
		return ok({
			type: 'profile',
			...own,
			email: null,
			organization_id: organizationId,
			profiles: [],
			channels: channelSetup,
		});
	}
	const role = call.headers['x-api-key'] === keys.viewer ? 'billing' : 'admin';
	return ok({
		type: 'organization',
		id: organizationId,
		name: 'Sandbox Trading Company',
		email: 'owner@example.com',
		icon: null,
		description: null,
		created_at: '2026-01-05T09:00:00Z',
		organization_id: null,
		short_name: null,
		status: null,
		settings: null,
		profiles: profiles.map((one) => ({ ...one, role })),
		channels: channelSetup,
	});
}

export const listChannels = (call: SentCall): Answer =>
	ok({ customer_id: callerOf(call).customerId, ...channelSetup });

export const listSmsSenders = (): Answer => ok(smsSenders);

export function lookupNumber(call: SentCall): Answer {
	const phone = call.params.phoneNumber ?? '';
	const { region } = regionOf(phone);
	const known = phone !== magic.invalid && region !== 'ZZ';
	return ok({
		phone_number: phone,
		is_valid: known,
		carrier_name: known ? 'Sandbox Mobile' : null,
		country_code: known ? region : null,
		line_type: known ? 'mobile' : null,
		is_ported: known ? false : null,
		is_voip: known ? false : null,
		mobile_country_code: known ? '001' : null,
		mobile_network_code: known ? '01' : null,
	});
}

export function listTemplates(call: SentCall): Answer {
	const { search, status, category } = call.query as Record<string, string | undefined>;
	const found = call.state.templates.filter(
		(template) =>
			includes(template.name, search) &&
			(status ?? template.status) === template.status &&
			(category ?? template.category) === template.category,
	);
	return page(call, 'templates', found, asIs<Template>);
}

export function getTemplate(call: SentCall): Answer {
	const template = call.state.templates.find(({ id }) => id === call.params.id);
	return template ? ok(template) : refuse('RESOURCE_002', 'Template not found');
}

export function listContacts(call: SentCall): Answer {
	const { search, channel, phone } = call.query as Record<string, string | undefined>;
	const found = [...call.state.contacts.values()].filter(
		(contact) =>
			(includes(contact.format_e164, search) || includes(contact.format_international, search)) &&
			(channel === undefined || contact.available_channels.split(',').includes(channel)) &&
			(phone ?? contact.format_e164) === contact.format_e164,
	);
	return page(call, 'contacts', found, asIs<Contact>);
}

export function getContact(call: SentCall): Answer {
	const contact = call.state.contacts.get(call.params.id ?? '');
	return contact ? ok(contact) : refuse('RESOURCE_001', 'Contact not found');
}

export const getMessage = (call: SentCall): Answer => ok(showMessage(findMessage(call)));

export function listMessageActivities(call: SentCall): Answer {
	const message = findMessage(call);
	const activities = [...message.events]
		.reverse()
		.map(({ status, timestamp, description, reason, scheduledAt }) => ({
			status,
			description: description ?? descriptions[status] ?? status,
			from: message.direction === 'INBOUND' ? message.phone : senderOf(message.channel),
			timestamp,
			price: wasCharged(status) ? price.toFixed(4) : null,
			active_contact_price: null,
			...(reason && { reason: reason.sentence, reason_code: reason.code }),
			...(scheduledAt && { scheduled_at: scheduledAt }),
		}));
	return ok({
		message_id: message.id,
		activities,
		pagination: pagination(1, Math.max(1, activities.length), activities.length),
	});
}

export const listConversations = (call: SentCall): Answer =>
	page(call, 'messages', newestFirst(call), showMessage);

export function getConversation(call: SentCall): Answer {
	const { id = '' } = call.params;
	if (!call.state.contacts.has(id)) refuse('RESOURCE_001', 'Contact not found');
	const messages = newestFirst(call).filter(({ contact }) => contact.id === id);
	return page(call, 'messages', messages, showMessage);
}

export function findMessage(call: SentCall): Message {
	const message = call.state.messages.get(call.params.id ?? '');
	if (!message || !mayRead(call, message)) refuse('RESOURCE_003', 'Message not found');
	return message;
}

const newestFirst = (call: SentCall): Message[] =>
	[...call.state.messages.values()].reverse().filter((message) => mayRead(call, message));

/** An organization sees what its profiles sent; a profile sees its own. */
const mayRead = (call: SentCall, { customerId }: Message): boolean => {
	const { customerId: reader } = callerOf(call);
	return reader === organizationId || reader === customerId;
};

const price = 0.0079;
const wasCharged = (status: string): boolean => ['SENT', 'DELIVERED', 'READ'].includes(status);
const descriptions: Record<string, string> = {
	QUEUED: 'Message accepted',
	ROUTED: 'Message handed to a provider',
	SCHEDULED: 'Message held until its time',
	SENT: 'Message sent',
	DELIVERED: 'Message delivered',
	READ: 'Message read',
	CANCELLED: 'Message cancelled',
	RECEIVED: 'Message received',
};

export function showMessage(message: Message): object {
	const { contact, template } = message;
	return {
		id: message.id,
		customer_id: message.customerId,
		contact_id: contact.id,
		phone: message.phone,
		phone_international: contact.format_international,
		region_code: contact.region_code,
		template_id: template?.id ?? null,
		template_name: template?.name ?? null,
		template_category: template?.category ?? null,
		channel: shownChannel(message),
		message_body: { header: null, content: message.text, footer: null, buttons: null },
		status: message.status,
		direction: message.direction,
		created_at: message.createdAt,
		price: wasCharged(message.status) ? price * Math.max(1, message.billed) : null,
		active_contact_price: null,
		events: message.events.map(({ status, timestamp, description }) => ({
			status,
			timestamp,
			description,
		})),
		...whyOf(message),
		...(message.scheduledAt && { scheduled_at: message.scheduledAt }),
	};
}

const includes = (text: string, search: string | undefined): boolean =>
	search === undefined || text.toLowerCase().includes(search.toLowerCase());

const asIs = <T>(item: T): T => item;
