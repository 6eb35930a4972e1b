import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';

import { path } from '../delivery/http/path';
import { chosen } from '../fields/chosen';
import { nothingChosen } from '../fields/variables';
import { InvalidInput } from '../input/invalidInput';
import { page } from './pickers';
import { chooseTemplate, type Definition, toDefinition } from './template/definition';
import { slotsOf } from './template/parts';

const PAGE = 100;
const MOST_PAGES = 20;

type Mapping = (this: ILoadOptionsFunctions) => Promise<ResourceMapperFields>;

export const mapTemplateVariables = mappingOf('channelId');
export const mapVariablesInstead = mappingOf('templateChannelId');

/** Lays out what the chosen template leaves open: header, body and buttons. */
function mappingOf(channelField: string): Mapping {
	return async function () {
		const channelId = chosen(this, channelField);
		const named = chosen(this, 'template');
		if (channelId === undefined || named === undefined) {
			return nothingChosen('a channel and a template');
		}
		const found = choose(await definitionsOf(this, channelId), named);
		if (typeof found === 'string') return none(found);
		return {
			fields: slotsOf(found).map(({ id, label, required }) => ({
				id,
				displayName: label,
				required,
				defaultMatch: false,
				display: true,
				type: 'string',
			})),
			emptyFieldsNotice: 'This template has no variables.',
		};
	};
}

/** The template, or why there is none. */
function choose(definitions: Definition[], named: string): Definition | string {
	try {
		return chooseTemplate(definitions, named);
	} catch (error) {
		return error instanceof InvalidInput ? `${error.message}. ${error.cure}` : String(error);
	}
}

async function definitionsOf(
	context: ILoadOptionsFunctions,
	channelId: string,
): Promise<Definition[]> {
	const definitions: Definition[] = [];
	const url = path`/space/channel/${channelId}/template`;
	let cursor: string | undefined;
	for (let read = 0; read < MOST_PAGES; read++) {
		const { items, next } = await page(context, { method: 'GET', url }, PAGE, cursor);
		definitions.push(...items.map(toDefinition).filter((one) => one !== undefined));
		if (next === undefined || next === cursor) break;
		cursor = next;
	}
	return definitions;
}

function none(reason: string): ResourceMapperFields {
	return { fields: [], emptyFieldsNotice: reason };
}
