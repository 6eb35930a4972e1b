import type { BulkOperation } from '../../delivery/run/bulkOperation';
import { saysWhatBecame, toMessageResult, votelApi } from '../api';
import { kindOf } from '../kinds';
import { buildMessage, toRequest } from '../message';
import { buildChannel } from '../channel';

/** One message to each input item. Votel takes several different recipients only as leads. */
export const toItems: BulkOperation = {
	api: votelApi,
	recipient(value, draft) {
		const kind = kindOf(draft);
		return kind.recipient(kind.recipientLabel, value);
	},
	message: (draft, recipient) => buildMessage(draft, recipient).body,
	packs: (entries) => entries.map((entry) => [entry]),
	request: ([{ draft, message }]) => toRequest({ body: message, query: buildChannel(draft).query }),
	read: ({ body }, [{ recipient }]) =>
		saysWhatBecame(body) ? [{ result: toMessageResult(body, recipient) }] : undefined,
};
