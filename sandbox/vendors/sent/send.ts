import { randomUUID } from 'node:crypto';

import type { Answer } from '../../core/vendor';
import { callerOf } from './access';
import { ok, refuse } from './answers';
import { type Template, magic, render, senders, smsSenders } from './demo';
import { begin } from './journey';
import { type Channel, type Message, type SentCall, contactFor, isoSeconds, unsent } from './state';

interface SendRequest {
	to: string[];
	channel?: Array<Channel | 'sent'> | null;
	template?: {
		id?: string | null;
		name?: string | null;
		parameters?: Record<string, string> | null;
	} | null;
	text?: string | null;
	channels?: Record<string, Array<{ from: string[]; country?: string }>> | null;
	media_urls?: string[] | null;
	subject?: string | null;
	scheduled_at?: string | null;
	sandbox?: boolean;
}

export function sendMessage(call: SentCall): Answer {
	const request = call.body as SendRequest;
	const channels = [...new Set(request.channel?.length ? request.channel : ['sent' as const])];
	const template = resolveTemplate(call, request);
	const parameters = request.template?.parameters ?? {};
	checkContent(request, template, channels);
	const releaseAt = releaseTime(request);
	checkRecipients(call, request.to, channels);

	const text = template ? render(template, parameters) : (request.text ?? '');
	const content = {
		...(template ? { template: template.name, parameters } : { text }),
		...(request.media_urls?.length && { media: request.media_urls }),
		...(request.subject && { subject: request.subject }),
	};
	const scheduledAt = releaseAt === undefined ? null : isoSeconds(releaseAt);
	const batchId = randomUUID();
	const recipients = [];
	for (const phone of request.to) {
		if (phone === magic.leftOut) continue;
		for (const asked of channels) {
			const channel = asked === 'sent' ? null : asked;
			const messageId = randomUUID();
			recipients.push({
				message_id: messageId,
				to: phone,
				channel,
				body: channel === null ? null : text,
			});
			if (request.sandbox) continue;
			const message: Message = {
				id: messageId,
				customerId: callerOf(call).customerId,
				contact: contactFor(call.state, phone, randomUUID),
				phone,
				asked: channel,
				channel,
				...unsent(),
				text,
				template,
				hasMedia: Boolean(request.media_urls?.length),
				scheduledAt,
				foreignSender: hasForeignSender(request),
			};
			take(call, message, { channel: asked, ...content }, batchId);
			begin(call.room, message, releaseAt);
		}
	}
	return ok(
		{
			status: 'QUEUED',
			...(template && { template_id: template.id, template_name: template.name }),
			...(scheduledAt && { scheduled_at: scheduledAt }),
			recipients,
		},
		202,
		request.sandbox ? { 'x-sandbox': 'true' } : {},
	);
}

/** Puts a message in the vendor's books and in the sandbox's. */
export function take(call: SentCall, message: Message, content: object, batchId?: string): void {
	call.state.messages.set(message.id, message);
	const idempotencyKey = call.headers['idempotency-key'];
	call.room.accept(
		{
			messageId: message.id,
			recipient: message.phone,
			content,
			...(typeof idempotencyKey === 'string' && { idempotencyKey }),
			...(batchId && { batchId }),
		},
		call,
	);
}

function resolveTemplate(call: SentCall, { template: asked }: SendRequest): Template | null {
	if (!asked) return null;
	const { id, name } = asked;
	if (Boolean(id) === Boolean(name)) {
		refuse('VALIDATION_001', 'Request validation failed', {
			template: ['Give either id or name of the template, not both'],
		});
	}
	const template = call.state.templates.find((one) => (id ? one.id === id : one.name === name));
	if (!template) refuse('RESOURCE_002', 'Template not found');
	checkVariables(template, asked.parameters ?? {}, 'template.parameters');
	return template;
}

function checkVariables(template: Template, given: object, field: string): void {
	const missing = missingVariables(template, given);
	if (missing.length === 0) return;
	refuse(
		'VALIDATION_001',
		'Request validation failed',
		Object.fromEntries(
			missing.map((name) => [`${field}.${name}`, ['This template variable is required']]),
		),
	);
}

export const missingVariables = (template: Template, given: object): string[] =>
	template.variables.filter((name) => !Object.hasOwn(given, name));

function checkContent(
	{ text }: SendRequest,
	template: Template | null,
	channels: Array<Channel | 'sent'>,
): void {
	if (template) {
		if (channels.includes('whatsapp') && template.status !== 'APPROVED') {
			refuse('BUSINESS_005', `Template is not approved for WhatsApp (${template.status})`);
		}
		return;
	}
	if (!text?.trim()) {
		refuse('VALIDATION_004', 'Request validation failed', {
			text: ['Either template or text is required'],
		});
	}
	if (channels.includes('whatsapp') && /[\n\r\t]/.test(text)) {
		refuse('VALIDATION_008', 'WhatsApp text may not contain line breaks or tabs', {
			text: ['Contains a line break or a tab'],
		});
	}
}

const minuteMs = 60_000;
const longestWaitMs = 30 * 24 * 60 * minuteMs;

function releaseTime({ scheduled_at: given }: SendRequest): number | undefined {
	if (given === undefined || given === null) return undefined;
	const at = Date.parse(given);
	const ahead = at - Date.now();
	const problem = Number.isNaN(at)
		? 'No such date'
		: ahead < minuteMs || ahead > longestWaitMs
			? 'Must lie between 1 minute and 30 days ahead'
			: undefined;
	if (problem) refuse('VALIDATION_005', 'Request validation failed', { scheduled_at: [problem] });
	return at;
}

function checkRecipients(
	{ state }: SentCall,
	to: string[],
	channels: Array<Channel | 'sent'>,
): void {
	if (to.includes(magic.noChannel)) {
		refuse('BUSINESS_007', `No ${channels.join(' or ')} sender reaches this contact`);
	}
	if (to.includes(magic.noBalance)) refuse('BUSINESS_003', 'Insufficient account balance');
	if (to.every((phone) => state.contactsByPhone.get(phone)?.opt_out)) {
		refuse('BUSINESS_004', 'All recipients have opted out');
	}
}

const ownSenders = new Set<string>([
	...Object.values(senders),
	...smsSenders.map(({ sender_value: value }) => value ?? ''),
]);

const hasForeignSender = ({ channels }: SendRequest): boolean =>
	Object.values(channels ?? {}).some((choices) =>
		choices.some(({ from }) => from.some((sender) => !ownSenders.has(sender))),
	);
