import type { IDataObject } from 'n8n-workflow';

import type { VendorAnswer, VendorRequest } from '../delivery/http/vendorApi';
import { path } from '../delivery/http/path';
import type { Fallback, ItemTransport } from '../delivery/run/operation';
import { namesWhatsappWindow } from '../delivery/run/window/whatsappWindow';
import { InvalidInput } from '../input/invalidInput';
import { isPlainObject } from '../input/json';
import { toE164 } from '../input/phone';
import { shown } from '../input/shown';
import { textOrNull } from '../message/messageResult';
import { workspacePath } from './api';
import { type Message, readTemplateMessage } from './message';
import { PHONE_KEY } from './recipients';

/**
 * A template of Bird Studio in place of a message that WhatsApp would not take.
 *
 * @param isChosen see isTemplateChosen
 */
export const templateInstead = (isChosen: boolean): Fallback<Message> => ({
	template: (draft, item) => readTemplateMessage(draft, item, isChosen),
	isOutside: isOutsideWindow,
	namesWindow: namesWhatsappWindow,
});

/** Of channels other than WhatsApp's, Bird documents no window. */
async function isOutsideWindow(message: Message, transport: ItemTransport): Promise<boolean> {
	const { channel, content } = message;
	if (!(await isWhatsapp(channel, transport))) return false;
	// WhatsApp takes one recipient for each message, as all channels but email do.
	const [contact] = (content.receiver as { contacts: IDataObject[] }).contacts;
	const id = textOrNull(contact.id) ?? (await contactId(contact, transport));
	// Whoever writes becomes a contact.
	if (id === null) return true;
	const { identifierValue } = contact;
	const { body } = await transport.send(
		{
			method: 'GET',
			url: `${channel}${path`/contacts/${id}`}`,
			...(identifierValue === undefined ? {} : { qs: { contactIdentifierValue: identifierValue } }),
		},
		{ kind: 'read', isReadable: (answer) => isWindow(answer.body) },
	);
	return isClosed(body as ServiceWindow, leavesAt(content));
}

/** Source: docs.bird.com, sending-whatsapp-messages: the contact as its channel knows it. */
interface ServiceWindow {
	/** Null where none is open. */
	serviceWindowExpireAt: string | null;
	isPermanentSession?: boolean | null;
}

function isWindow(body: unknown): body is ServiceWindow {
	if (!isPlainObject(body)) return false;
	const { serviceWindowExpireAt: end } = body;
	return end === null || (typeof end === 'string' && !Number.isNaN(Date.parse(end)));
}

/** @param at when the message leaves, in ms since the epoch */
export function isClosed(
	{ serviceWindowExpireAt: end, isPermanentSession }: ServiceWindow,
	at: number,
): boolean {
	if (isPermanentSession === true) return false;
	return end === null || Date.parse(end) <= at;
}

/** What is scheduled has to be within the window then. */
function leavesAt({ scheduledFor }: IDataObject): number {
	const now = Date.now();
	return typeof scheduledFor === 'string' ? Math.max(Date.parse(scheduledFor), now) : now;
}

/** Which channels of a run are WhatsApp's, by their paths. */
const known = new WeakMap<object, Map<string, Promise<boolean>>>();

async function isWhatsapp(channel: string, transport: ItemTransport): Promise<boolean> {
	const ofRun = known.get(transport.account) ?? new Map<string, Promise<boolean>>();
	known.set(transport.account, ofRun);
	const reading = ofRun.get(channel) ?? readIsWhatsapp(channel, transport);
	ofRun.set(channel, reading);
	return await reading;
}

/** Bird does not document all words for platforms, so one that only holds the name counts as well. */
async function readIsWhatsapp(channel: string, transport: ItemTransport): Promise<boolean> {
	const platformIn = ({ body }: VendorAnswer) =>
		isPlainObject(body) ? textOrNull(body.platformId) : null;
	const answer = await transport.send(
		{ method: 'GET', url: channel },
		{ kind: 'read', isReadable: (arrived) => platformIn(arrived) !== null },
	);
	return /whatsapp/i.test(platformIn(answer) ?? '');
}

/** Source: docs.bird.com, search-contact-by-identifier. @returns null for somebody unknown */
async function contactId(contact: IDataObject, transport: ItemTransport): Promise<string | null> {
	const listed = ({ body }: VendorAnswer): unknown =>
		isPlainObject(body) && Array.isArray(body.results) ? body.results : undefined;
	const search: VendorRequest = {
		method: 'POST',
		url: `${workspacePath(transport.credentials)}/contacts/search`,
		body: { identifier: identifierOf(contact) },
	};
	const answer = await transport.send(search, {
		kind: 'read',
		isReadable: (arrived) => listed(arrived) !== undefined,
	});
	const [found] = listed(answer) as unknown[];
	return isPlainObject(found) ? textOrNull(found.id) : null;
}

/** @throws InvalidInput for an identifier that Bird could take for anything */
function identifierOf({ identifierKey, identifierValue }: IDataObject): IDataObject {
	if (identifierKey !== undefined) return { key: identifierKey, value: identifierValue };
	const phone = toE164(identifierValue);
	if (phone !== undefined) return { key: PHONE_KEY, value: phone };
	throw new InvalidInput(
		'Identifier Key',
		`is empty, so Bird cannot tell whether ${shown(identifierValue)} is within the 24-hour window`,
		'Enter the key, or set Outside 24-Hour Window to Fail.',
	);
}
