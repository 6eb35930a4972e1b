import type { IDataObject } from 'n8n-workflow';

import { isPlainObject } from '../../input/json';
import {
	DELIVERY_STATUSES,
	type DeliveryStatus,
	type StatusTable,
	toDeliveryStatus,
} from '../../message/deliveryStatus';
import { textOrNull } from '../../message/messageResult';
import { objectsIn } from '../event';
import type { ReadParameter } from '../webhookVendor';
import type { READABLE } from './fields';

type Readable = keyof typeof READABLE;

/** Words in common use; whatever else a service says is added by the user. */
const WORDS: StatusTable = {
	...Object.fromEntries(DELIVERY_STATUSES.map((status) => [status, status])),
	pending: 'queued',
	processing: 'queued',
	opened: 'read',
	seen: 'read',
	bounced: 'failed',
	error: 'failed',
	undelivered: 'failed',
	blocked: 'rejected',
	cancelled: 'canceled',
};

/** Reads the values of a payload by the places that the user has set. */
export function readerOf(
	payload: IDataObject,
	parameter: ReadParameter,
): (name: Readable) => string | null {
	const given = parameter('mapping', {});
	const mapping = isPlainObject(given) ? given : {};
	return (name) => textOrNull(valueAt(payload, textOrNull(mapping[name]) ?? name));
}

/** Steps into own properties only, so that a path cannot reach what an object inherits. */
function valueAt(payload: IDataObject, path: string): unknown {
	const keys = path.split(/[.[\]]+/).filter((key) => key !== '');
	return keys.reduce<unknown>(
		(place, key) =>
			typeof place === 'object' && place !== null && Object.hasOwn(place, key)
				? (place as IDataObject)[key]
				: undefined,
		payload,
	);
}

/** The user's own words first. */
export function statusOf(word: string | null, parameter: ReadParameter): DeliveryStatus {
	const given = parameter('statusWords', {});
	const own = objectsIn(isPlainObject(given) ? given.words : []).find(
		(entry) => String(entry.word).trim().toLowerCase() === word?.trim().toLowerCase(),
	);
	const meant = DELIVERY_STATUSES.find((status) => status === own?.status);
	return meant ?? toDeliveryStatus(WORDS, word?.trim());
}
