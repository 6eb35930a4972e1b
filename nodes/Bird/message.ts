import type { IDataObject } from 'n8n-workflow';

import type { VendorRequest } from '../delivery/http/vendorApi';
import type { ItemScope, ItemTransport } from '../delivery/run/operation';
import { withoutBlanks } from '../input/blank';
import { type Draft, optionsOf } from '../input/draft';
import { InvalidInput } from '../input/invalidInput';
import { buildBody } from './bodies';
import type { MediaLookup } from './bodies/bodyType';
import { channelPath } from './channel';
import { type MessageFile, MessageFiles, withUploads } from './media/files';
import { buildContacts, buildReceiver } from './recipients';
import { buildMessageOptions, buildShortLinks } from './sendOptions';
import { buildTemplate } from './template/template';

/**
 * The largest body that Bird takes; what exceeds it is answered with 413. A thousand bytes are a KB.
 * Source: docs.bird.com, api-reference/messaging.
 */
export const LARGEST_BYTES = 200_000;

/** A message, read and checked. */
export interface Message {
	/** The path of the channel that it goes through. */
	channel: string;
	/** As Bird takes it, but for the URLs of files that have yet to be uploaded. */
	content: IDataObject;
	files: MessageFile[];
}

/** Reads a message with a body. @throws InvalidInput naming the field that cannot be sent */
export function readMessage(draft: Draft, item: ItemScope): Message {
	const channel = channelPath(draft, item.credentials);
	const files = new MessageFiles(item);
	const content = requireSmall(bodyMessage(draft, buildContacts(draft), files.lookUp));
	return { channel, content, files: files.all };
}

/**
 * Reads a message with a template.
 *
 * @param isChosen see isTemplateChosen
 * @throws InvalidInput naming the field that cannot be sent
 */
export function readTemplateMessage(
	draft: Draft,
	{ credentials }: ItemScope,
	isChosen: boolean,
): Message {
	const channel = channelPath(draft, credentials);
	const content = requireSmall(templateMessage(draft, buildContacts(draft), isChosen));
	return { channel, content, files: [] };
}

/** The message with a body that a draft describes, to these people. */
export function bodyMessage(
	draft: Draft,
	contacts: IDataObject[],
	media: MediaLookup,
): IDataObject {
	const options = optionsOf(draft);
	return {
		receiver: buildReceiver(contacts, options),
		...withoutBlanks({ body: buildBody(draft, media), shortLinks: buildShortLinks(options) }),
		...buildMessageOptions(options, draft.workflowTimezone),
	};
}

/** The message with a template that a draft describes, to these people. */
export function templateMessage(
	draft: Draft,
	contacts: IDataObject[],
	isChosen: boolean,
): IDataObject {
	const options = optionsOf(draft);
	return {
		receiver: buildReceiver(contacts, options),
		template: buildTemplate(draft, isChosen),
		...buildMessageOptions(options, draft.workflowTimezone),
	};
}

/** Who gets a message, each by all the names that it has for them. */
export function peopleOf({ content }: Message): string[][] {
	const { contacts } = content.receiver as { contacts: IDataObject[] };
	return contacts.map(({ identifierValue, id, platformAddress, identifiers = [] }) => {
		const others = (identifiers as IDataObject[]).map((other) => other.identifierValue);
		return [identifierValue, id, platformAddress, ...others].filter(
			(name) => typeof name === 'string',
		);
	});
}

/** Source: docs.bird.com, api-reference/messaging. */
export function messageRequest({ channel, content }: Message): VendorRequest {
	return { method: 'POST', url: `${channel}/messages`, body: content };
}

/** Uploads the files of a message before it leaves. */
export async function uploadFiles(
	{ channel, content, files }: Message,
	request: VendorRequest,
	transport: ItemTransport,
): Promise<VendorRequest> {
	if (files.length === 0) return request;
	return {
		...request,
		body: requireSmall(await withUploads(content, files, channel, transport)),
	};
}

/** Of messages that were measured; bulks pack by it, and measuring a large message takes a while. */
const sizes = new WeakMap<IDataObject, number>();

/** The bytes of a message as JSON. */
export function sizeOf(message: IDataObject): number {
	const bytes = sizes.get(message) ?? Buffer.byteLength(JSON.stringify(message));
	sizes.set(message, bytes);
	return bytes;
}

/**
 * @param around the bytes that stand around the message in its request
 * @throws InvalidInput for a message that Bird would refuse for its size
 */
export function requireSmall(message: IDataObject, around = 0): IDataObject {
	const bytes = sizeOf(message) + around;
	if (bytes <= LARGEST_BYTES) return message;
	throw new InvalidInput(
		'The message',
		`has ${Math.ceil(bytes / 1000)} KB`,
		'Bird takes messages of at most 200 KB. Upload large files first and send their URLs.',
	);
}
