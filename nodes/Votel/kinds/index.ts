import type { INodeProperties } from 'n8n-workflow';

import { type Draft, optionsOf } from '../../input/draft';
import { readCountry } from '../../input/country';
import { showFor } from '../../fields/show';
import { InvalidInput } from '../../input/invalidInput';
import { shown } from '../../input/shown';
import { email } from './email';
import { instagram } from './instagram';
import type { Kind } from './kind';
import { sms } from './sms';

/** In the order of the editor's list. */
export const KINDS: Kind[] = [email, instagram, sms];

/** The kinds that can go to leads, for which only the kinds with a placeholder are documented. */
export const KINDS_FOR_LEADS = KINDS.filter(({ placeholder }) => placeholder !== undefined);

/** The picker of the kind. */
export function sendAsField(kinds: Kind[]): INodeProperties {
	return {
		displayName: 'Channel Type',
		name: 'sendAs',
		type: 'options',
		noDataExpression: true,
		options: kinds.map(({ name, value, description }) => ({ name, value, description })),
		default: 'email',
	};
}

/** The fields that belong to each kind. */
export function kindFields(
	kinds: Kind[],
	fieldsOf: (kind: Kind) => INodeProperties[],
): INodeProperties[] {
	return kinds.flatMap((kind) => showFor({ sendAs: [kind.value] }, fieldsOf(kind)));
}

/** @throws InvalidInput for a kind that is not among these */
export function kindOf({ sendAs }: Draft, kinds = KINDS): Kind {
	const kind = kinds.find(({ value }) => value === sendAs);
	if (kind) return kind;
	throw new InvalidInput(
		'Channel Type',
		`${shown(sendAs)} is not possible here`,
		`Choose one of ${kinds.map(({ value }) => value).join(', ')}.`,
	);
}

/** @throws InvalidInput for what cannot be a recipient of the kind that was chosen */
export function recipientOf(draft: Draft, value: unknown): string {
	const kind = kindOf(draft);
	return kind.recipient(kind.recipientLabel, value, readCountry(optionsOf(draft).defaultCountry));
}
