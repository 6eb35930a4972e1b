import type { Message, Reason } from './state';

/** Which code stands for which outcome is documented for a few only; see the contract. */
export const reasons = {
	foreignSender: {
		description: 'BUSINESS_029: the sender number is not valid for this account',
		code: 'BUSINESS_029',
		sentence: 'The sender number is not valid for this account',
	},
	consent: {
		description: 'ERR_CONSENT_BLOCKED',
		code: 'BUSINESS_004',
		sentence: 'The recipient has opted out',
	},
	balance: {
		description: 'BUSINESS_003: insufficient account balance',
		code: 'BUSINESS_003',
		sentence: 'Insufficient balance',
	},
	route: {
		description: 'ERR_ROUTE_DENIED',
		code: 'DELIVERY_007',
		sentence: 'The recipient is not registered on this channel',
	},
	whatsappTemplate: {
		description: 'WHATSAPP_TEMPLATE_REQUIRED',
		code: 'DELIVERY_003',
		sentence: 'WhatsApp takes only a template here',
	},
	conversationTemplate: {
		description: 'CONVERSATION_TEMPLATE_REQUIRED',
		code: 'DELIVERY_003',
		sentence: 'There is no open conversation with the contact',
	},
} satisfies Record<string, Reason>;

/** For messages that are moved there by hand. */
const unexplained: Record<string, Reason | undefined> = {
	FAILED: reasons.route,
	FILTERED: reasons.consent,
	BLOCKED: reasons.balance,
};

/** Why a message is where it is, with the statuses that need an explanation. */
export const reasonOf = (message: Message): Reason | undefined =>
	message.reasons[message.status] ?? unexplained[message.status];
