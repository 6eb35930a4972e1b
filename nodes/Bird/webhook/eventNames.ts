import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { listPage } from '../../delivery/http/listPage';
import { titled } from '../../fields/options';
import { objectsIn } from '../../webhook/event';
import { birdApi, workspacePath } from '../api';

/** The events of channels; Bird's other services have others. */
export const SERVICE = 'channels';

/** What an event means. Source: docs.bird.com, message-status-and-interactions. */
const MEANINGS: Record<string, { name: string; description: string } | undefined> = {
	outbound: {
		name: 'Message Status Changed',
		description: 'Every status of a message that was sent',
	},
	inbound: { name: 'Message Received', description: 'A message was received' },
	interaction: {
		name: 'Interaction',
		description: 'Somebody did something with a message, such as reading it',
	},
};

/** Platforms that are not written with one capital at the beginning. */
const PLATFORMS: Record<string, string | undefined> = {
	line: 'LINE',
	linkedin: 'LinkedIn',
	rcs: 'RCS',
	sms: 'SMS',
	tiktok: 'TikTok',
	whatsapp: 'WhatsApp',
};

/** An event is named <platform>.<what happened>. */
export const whatHappened = (event: string): string => event.slice(event.lastIndexOf('.') + 1);

/** The platform that an event is named after, or null. */
export function platformOf(event: string): string | null {
	return event.slice(0, Math.max(0, event.lastIndexOf('.'))) || null;
}

/** The events that a subscription may name. Source: docs.bird.com, list-available-webhook-events. */
export async function getBirdEvents(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const credentials = await this.getCredentials(birdApi.credential);
	const { results } = await listPage(this, birdApi, {
		method: 'GET',
		url: `${workspacePath(credentials)}/available-webhooks`,
		qs: { service: SERVICE },
	});
	return objectsIn(results)
		.flatMap(({ events }) => objectsIn(events))
		.flatMap(({ name }) => (typeof name === 'string' ? optionOf(name) : []))
		.sort((a, b) => a.name.localeCompare(b.name));
}

/** `sms.outbound` → SMS: Message Status Changed. */
function optionOf(event: string): INodePropertyOptions {
	const what = whatHappened(event);
	const platform = platformOf(event) ?? '';
	const meaning = MEANINGS[what];
	const name = [PLATFORMS[platform] ?? titled(platform), meaning?.name ?? titled(what)]
		.filter((part) => part !== '')
		.join(': ');
	return {
		name,
		value: event,
		description: meaning === undefined ? event : `${meaning.description} (${event})`,
	};
}
