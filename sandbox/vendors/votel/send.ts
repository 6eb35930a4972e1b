import { randomUUID } from 'node:crypto';

import { Refusal } from '../../core/refusal';
import type { Answer } from '../../core/vendor';
import { channels, disabledReason } from './channels';
import { refuse, refuseValue } from './errors';
import { type BulkSettings, type Lead, magic, select, unknownField } from './leads';
import { type Activity, type VotelCall, addActivity } from './state';

type Kind = 'email' | 'sms' | 'instagram_dm';

interface MessageData {
	recipient: string;
	content: string;
	subject?: string;
	contact_id?: string | null;
	[more: string]: unknown;
}

interface SendRequest {
	sender_type?: Kind;
	sender_identifier?: string;
	message_data: MessageData;
	bulk_settings?: BulkSettings | null;
}

const kinds: Record<
	Kind,
	{ channel: string; provider: string; cost: number; activity: Activity['activity_type'] }
> = {
	email: { channel: 'EMAIL', provider: 'sendgrid', cost: 0.001, activity: 'email' },
	sms: { channel: 'SMS', provider: 'twilio', cost: 0.0079, activity: 'sms' },
	instagram_dm: { channel: 'INSTAGRAM_DM', provider: 'instagram', cost: 0, activity: 'system' },
};

export function sendMessage(call: VotelCall): Answer {
	const request = call.body as SendRequest;
	const kind = kindOf(request);
	checkContent(kind, request.message_data);
	checkChannel(call.query.send_identifier ?? request.sender_identifier);
	return request.bulk_settings
		? sendBulk(call, kind, request.message_data, request.bulk_settings)
		: sendSingle(call, kind, request.message_data);
}

function sendSingle(call: VotelCall, kind: Kind, data: MessageData): Answer {
	const { recipient } = data;
	const { channel, provider, cost } = kinds[kind];
	if (isOneOf(magic.detailText, recipient)) refuse(400, 'The recipient is on the suppression list');
	if (isOneOf(magic.detailObject, recipient)) {
		refuse(400, { code: 'RECIPIENT_SUPPRESSED', message: 'The recipient is suppressed' });
	}
	if (isOneOf(magic.messageOnly, recipient)) {
		throw new Refusal({ status: 400, body: { message: 'The recipient is suppressed' } });
	}
	if (isOneOf(magic.refused, recipient)) {
		return {
			status: 200,
			body: {
				success: false,
				message_id: null,
				channel_used: channel,
				provider_used: provider,
				provider_message_id: null,
				status: 'FAILED',
				cost: 0,
				sent_at: null,
				error: 'The provider rejected the recipient',
			},
		};
	}
	const messageId = take(call, kind, data, recipient, leadOf(call, kind, data));
	return {
		status: 200,
		body: {
			success: true,
			message_id: messageId,
			channel_used: channel,
			provider_used: provider,
			provider_message_id: `msg_${messageId.slice(0, 8)}`,
			status: 'SENT',
			cost,
			sent_at: now(),
		},
	};
}

function sendBulk(call: VotelCall, kind: Kind, data: MessageData, settings: BulkSettings): Answer {
	const unknown = unknownField(settings);
	if (unknown !== undefined) refuse(400, `Unknown lead field: ${unknown}`);
	const leads = select(call.state.leads.values(), settings);
	const batchId = randomUUID();
	const fated = Object.values(magic).flat();
	let sent = 0;
	for (const lead of leads) {
		const recipient = addressOf(lead, kind);
		if (recipient === null || isOneOf(fated, recipient)) continue;
		take(call, kind, data, recipient, lead, batchId);
		sent++;
	}
	return {
		status: 200,
		body: {
			total_leads: leads.length,
			messages_sent: sent,
			messages_failed: leads.length - sent,
			success_rate: leads.length === 0 ? 0 : Math.round((sent / leads.length) * 10_000) / 100,
		},
	};
}

function take(
	call: VotelCall,
	kind: Kind,
	data: MessageData,
	recipient: string,
	lead?: Lead,
	batchId?: string,
): string {
	const messageId = randomUUID();
	const content = { kind, ...data, recipient };
	call.room.accept({ messageId, recipient, content, ...(batchId && { batchId }) }, call);
	if (lead) {
		const text = data.subject ? `${data.subject}: ${data.content}` : data.content;
		addActivity(call.state, lead, {
			activity_type: kinds[kind].activity,
			text,
			created_at: now(),
		});
	}
	return messageId;
}

const e164 = /^\+[1-9]\d{6,14}$/;
const email = /^[^\s@]+@[^\s@]+$/;

function kindOf({ sender_type: type, message_data: { recipient } }: SendRequest): Kind {
	if (type) return type;
	if (recipient.includes('@')) return 'email';
	if (recipient.startsWith('+')) return 'sms';
	return refuseRecipient('sender_type is needed for this recipient');
}

function checkContent(kind: Kind, { recipient, subject }: MessageData): void {
	const fits = { email, sms: e164, instagram_dm: /^\d+$/ }[kind];
	if (!fits.test(recipient)) {
		const wanted = { email: 'an email address', sms: 'a phone number', instagram_dm: 'an id' }[
			kind
		];
		refuseRecipient(`value is not ${wanted}`);
	}
	if (kind === 'email' && subject === undefined) {
		refuseValue(['body', 'message_data', 'subject'], 'field required', 'value_error.missing');
	}
}

const refuseRecipient = (msg: string): never =>
	refuseValue(['body', 'message_data', 'recipient'], msg, 'value_error');

function checkChannel(id: unknown): void {
	if (id === undefined) return;
	const channel = channels.find((one) => one.id === id);
	if (!channel) refuse(404, 'Channel not found');
	if (channel.status === 'unavailable') {
		refuse(400, { code: 'CHANNEL_UNAVAILABLE', message: disabledReason });
	}
}

const addressOf = (lead: Lead, kind: Kind): string | null =>
	({ email: lead.email, sms: lead.phone, instagram_dm: null })[kind];

function leadOf(call: VotelCall, kind: Kind, { contact_id: id, recipient }: MessageData) {
	const { leads } = call.state;
	if (id) return leads.get(id);
	return [...leads.values()].find((lead) => addressOf(lead, kind) === recipient);
}

const isOneOf = (list: readonly string[], value: string): boolean => list.includes(value);

/** As the documented answer writes time. */
const now = (): string => new Date().toISOString().replace(/\.\d+Z$/, 'Z');
