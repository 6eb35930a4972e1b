import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import type { DeliveryContext, Transport } from '../delivery/http/transport';
import { isPlainObject } from '../input/json';
import { checkChannel, wantsCheck } from './checkChannel';
import { contactPath } from './contact';
import { withComponents } from './template/lookUp';

/** What goes to a contact: the body of the request, as far as the draft tells. */
export interface Content extends IDataObject {
	channelId: number | null;
	message: IDataObject;
}

/** Source: the owner's page of sendmessage. */
export function sendRequest(identifier: string, content: Content): IHttpRequestOptions {
	return { method: 'POST', url: `${contactPath(identifier)}/message`, body: content };
}

/**
 * Finds out what the draft cannot tell: whether the channel can carry the message, where the user
 * wants to know it or Aelyst takes it on some channels only, and the text of a template.
 *
 * @throws InvalidInput naming what cannot be sent
 */
export async function completed(
	request: IHttpRequestOptions,
	identifier: string,
	draft: IDataObject,
	transport: Transport,
	context?: DeliveryContext,
): Promise<IHttpRequestOptions> {
	const { channelId, message } = request.body as Content;
	if (message.type === 'custom_payload' || wantsCheck(draft)) {
		await checkChannel({ identifier, channelId, message }, transport, context);
	}
	if (channelId === null || !isPlainObject(message.template)) return request;
	const filled = await withComponents(channelId, message, transport, context);
	return { ...request, body: { channelId, message: filled } };
}
