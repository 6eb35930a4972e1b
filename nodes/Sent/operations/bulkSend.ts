import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { bulkSend as sendBulk } from '../../delivery/run/bulk';
import type { BulkEnding, BulkEntry } from '../../delivery/run/bulkOperation';
import { pack } from '../../delivery/run/pack';
import type { VendorAnswer } from '../../delivery/http/vendorApi';
import { bulkFields, bulkOutputFields, mergeFieldsNotice } from '../../fields/bulk';
import type { NodeOperation } from '../../fields/operation';
import { optionsField } from '../../fields/options';
import { showFor } from '../../fields/show';
import { requirePhone } from '../../input/phone';
import { documentedLimit, SEND_PATH, sentApi } from '../api';
import { channelsField } from '../channels';
import { buildMessage, textField } from '../message';
import { MOST_RECIPIENTS } from '../recipients';
import { missingItem, readOutcomes } from '../results';
import { messageOptions } from '../sendOptions';
import { templateFields } from '../template';

const contentField: INodeProperties = {
	displayName: 'Content',
	name: 'content',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Template', value: 'template', description: 'An approved template' },
		{ name: 'Text', value: 'text', description: 'Free text' },
	],
	default: 'template',
	description:
		'What to send. Recipients with the same content share requests, up to 1,000 in each: a value of their own for each recipient takes a request for each.',
};

export const bulkSend: NodeOperation = {
	value: 'bulkSend',
	name: 'Bulk Send',
	action: 'Send messages in bulk',
	description: 'Send to many people, up to 1,000 with the same content in one request',
	fields: [
		...bulkFields({
			what: 'phone number',
			defaultField: 'phone',
			placeholder: '+14155550123, +14155550124',
		}),
		contentField,
		mergeFieldsNotice,
		...showFor({ content: ['template'] }, templateFields),
		...showFor({ content: ['text'] }, [textField]),
		channelsField,
		...bulkOutputFields,
		optionsField(messageOptions, documentedLimit),
	],
	async execute() {
		return await sendBulk(this, {
			api: sentApi,
			recipient: (value) => requirePhone('Recipient', value),
			message: (draft) => buildMessage(draft.content === 'text' ? 'text' : 'template', draft),
			packs: packsOf,
			request: (entries) => ({
				method: 'POST',
				url: SEND_PATH,
				body: { to: entries.map(({ recipient }) => recipient), ...entries[0].message },
			}),
			read: readPack,
		});
	},
};

/** Recipients of the same content share requests; nobody stands in the same request twice. */
export function packsOf(entries: BulkEntry[]): BulkEntry[][] {
	const times = new Map<string, number>();
	const groupOf = ({ recipient, message }: BulkEntry) => {
		const content = JSON.stringify(message);
		const key = `${recipient} ${content}`;
		const time = times.get(key) ?? 0;
		times.set(key, time + 1);
		return `${time} ${content}`;
	};
	return pack(entries, { most: MOST_RECIPIENTS }, groupOf);
}

export function readPack(answer: VendorAnswer, entries: BulkEntry[]): BulkEnding[] | undefined {
	const [{ message }] = entries;
	const recipients = entries.map(({ recipient }) => recipient);
	return readOutcomes(answer, recipients, message.channel as string[])?.map(
		({ results, missing }, index): BulkEnding => {
			const [result, ...others] = results;
			if (result === undefined) return { failure: missing[0] };
			const left = missing.map((failure): IDataObject => missingItem(recipients[index], failure));
			return { result, more: [...others, ...left] };
		},
	);
}
