import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { sorted } from '../../fields/options';
import { withoutBlanks } from '../../input/blank';
import { optionalId } from '../../input/id';
import { isPlainObject, requireJsonObject } from '../../input/json';
import { optionalText } from '../../input/text';

/** What Bird's bodies can say about themselves. Source: docs.bird.com, api-reference/messaging. */
const OPTIONS = {
	subject: {
		displayName: 'Subject',
		name: 'subject',
		type: 'string',
		default: '',
		placeholder: 'e.g. Your order has shipped',
		description: 'The subject of an email',
	},
	previewUrl: {
		displayName: 'Preview URL',
		name: 'previewUrl',
		type: 'boolean',
		default: true,
		description: 'Whether WhatsApp shows a preview of the first link in the text',
	},
	telegramParseMode: {
		displayName: 'Telegram Parse Mode',
		name: 'telegramParseMode',
		type: 'options',
		options: [
			{ name: 'Markdown', value: 'Markdown' },
			{ name: 'Markdown V2', value: 'MarkdownV2' },
		],
		default: 'Markdown',
		description: 'How Telegram reads marks in the text',
	},
	appleSummary: {
		displayName: 'Apple Summary',
		name: 'appleSummary',
		type: 'string',
		default: '',
		description: 'The summary that Apple Messages for Business shows in a notification',
	},
	headers: {
		displayName: 'Email Headers (JSON)',
		name: 'headers',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. {"Reply-To": "ana@example.com"}',
		description: 'Further headers of an email, as an object of names and values',
	},
	fallbackText: {
		displayName: 'Fallback Text',
		name: 'fallbackText',
		type: 'string',
		default: '',
		description: 'The text that is sent where a number cannot receive MMS',
	},
	storyType: {
		displayName: 'Story Type',
		name: 'storyType',
		type: 'string',
		default: '',
		description: 'The kind of Instagram story that the message belongs to',
	},
	clickTracking: {
		displayName: 'Click Tracking',
		name: 'clickTracking',
		type: 'boolean',
		default: true,
		description: 'Whether clicks on links in the email are counted',
	},
	openTracking: {
		displayName: 'Open Tracking',
		name: 'openTracking',
		type: 'boolean',
		default: true,
		description: 'Whether openings of the email are counted',
	},
	initialOpenTracking: {
		displayName: 'Initial Open Tracking',
		name: 'initialOpenTracking',
		type: 'boolean',
		default: true,
		description: 'Whether a pixel at the top of the email counts openings early',
	},
	fromUsername: {
		displayName: 'From Username',
		name: 'fromUsername',
		type: 'string',
		default: '',
		placeholder: 'e.g. news',
		description: 'The part before the @ of the address that the email comes from',
	},
	fromDisplayName: {
		displayName: 'From Display Name',
		name: 'fromDisplayName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Example News',
		description: 'The name that the email comes from',
	},
} satisfies Record<string, INodeProperties>;

export type MetadataOption = keyof typeof OPTIONS;

/** The collection of what a body can say about itself. */
export function metadataField(names: MetadataOption[]): INodeProperties {
	return {
		displayName: 'Message Settings',
		name: 'metadata',
		type: 'collection',
		placeholder: 'Add setting',
		default: {},
		description: 'Settings that only some channels know',
		options: sorted(names.map((name): INodeProperties => OPTIONS[name])),
	};
}

/** @throws InvalidInput naming the setting that cannot be sent */
export function buildMetadata(collection: unknown): IDataObject {
	const set = isPlainObject(collection) ? collection : {};
	const text = (name: MetadataOption) => optionalText(OPTIONS[name].displayName, set[name]);
	return withoutBlanks({
		subject: text('subject'),
		fallbackText: text('fallbackText'),
		storyType: optionalId(OPTIONS.storyType.displayName, set.storyType),
		clickTracking: set.clickTracking,
		openTracking: set.openTracking,
		initialOpenTracking: set.initialOpenTracking,
		headers:
			set.headers === undefined
				? undefined
				: requireJsonObject(OPTIONS.headers.displayName, set.headers),
		whatsapp: withoutBlanks({ previewUrl: set.previewUrl }),
		telegram: withoutBlanks({ parseMode: set.telegramParseMode }),
		apple: withoutBlanks({ summaryText: text('appleSummary') }),
		emailFrom: withoutBlanks({
			username: text('fromUsername'),
			displayName: text('fromDisplayName'),
		}),
	});
}
