import type { IDataObject } from 'n8n-workflow';

import { path } from '../../delivery/http/path';
import type { ItemTransport } from '../../delivery/run/operation';
import { readAll } from '../checkChannel';
import { chooseTemplate, type Definition, toDefinition } from './definition';
import { isUnfilled } from './fields';
import { fillIn } from './parts';

/** The templates of each channel, as a run has read them. */
const known = new WeakMap<object, Map<number, Promise<Definition[]>>>();

/**
 * Fills in the components of a template message. The channel's templates are read once for all
 * messages of a run.
 *
 * @throws InvalidInput for a template or variables that cannot be sent
 */
export async function withComponents(
	channelId: number,
	message: IDataObject,
	transport: ItemTransport,
): Promise<IDataObject> {
	if (!isUnfilled(message)) return message;
	const { name, variables } = message.template;
	const definitions = await definitionsOf(channelId, transport);
	const definition = chooseTemplate(definitions, name);
	return {
		...message,
		template: {
			name: definition.name,
			languageCode: definition.languageCode,
			components: fillIn(definition, variables),
		},
	};
}

async function definitionsOf(channelId: number, transport: ItemTransport): Promise<Definition[]> {
	const ofRun = known.get(transport.account) ?? new Map<number, Promise<Definition[]>>();
	known.set(transport.account, ofRun);
	const reading = ofRun.get(channelId) ?? read(channelId, transport);
	ofRun.set(channelId, reading);
	return await reading;
}

async function read(channelId: number, transport: ItemTransport): Promise<Definition[]> {
	const url = path`/space/channel/${channelId}/template`;
	const listed = await readAll({ method: 'GET', url }, transport);
	return listed.map(toDefinition).filter((definition) => definition !== undefined);
}
