import { createHash, randomUUID } from 'node:crypto';

import { isBlank } from '../../input/blank';
import { requireId } from '../../input/id';
import { InvalidInput } from '../../input/invalidInput';
import { shown } from '../../input/shown';
import type { IdempotencyRule, VendorApi, VendorRequest } from '../http/vendorApi';
import type { Endings } from './ending';
import type { Entry } from './entry';

const FIELD = 'Idempotency Key';
const CONTENT_LENGTH = 16;

/**
 * The key by which the vendor recognises a repeated request: the user's own, one that stands for the
 * Send Once Key, or one that stands for the message's place: n8n 1 gives the work of a worker that
 * died to another, which must not send it anew. A message without a place gets a random one.
 *
 * @param place the n8n instance, and where in its executions the message belongs
 * @param onceKey makes the one that stands for the Send Once Key, if there is one
 * @throws InvalidInput when the user's key breaks the vendor's rule
 */
export function idempotencyKeyOf(
	api: VendorApi,
	request: VendorRequest | undefined,
	own: unknown,
	onceKey?: (rule: IdempotencyRule) => string,
	place?: unknown[],
): Entry<unknown>['idempotencyKey'] {
	const rule = request && api.idempotency?.(request);
	if (isBlank(own)) {
		return { ours: (rule && onceKey?.(rule)) ?? (rule && place ? hash(place) : randomUUID()) };
	}
	const key = requireId(FIELD, own, 'Enter a key such as order-1042.');
	if (rule && !rule.pattern.test(key)) throw brokenRule(key, rule.rule);
	return { own: key };
}

/** The key of what goes in place of a message: under its own, the vendor would repeat its refusal. */
export function keyInstead(
	key: Entry<unknown>['idempotencyKey'],
): Entry<unknown>['idempotencyKey'] {
	return { ours: hash(['instead', key]) };
}

/**
 * The key of a request that several messages share. An own key gets the content behind it, because
 * the vendor would give the first answer again to whatever came with the same key.
 *
 * @throws InvalidInput when an own key becomes too long for the vendor's rule
 */
export function packKey(
	rule: IdempotencyRule,
	entries: Array<Entry<unknown>>,
	request: VendorRequest,
): string {
	const keys = entries.map(({ idempotencyKey }) => idempotencyKey);
	const [first] = keys;
	if ('own' in first) {
		const key = `${first.own}-${hash([request.url, request.body]).slice(0, CONTENT_LENGTH)}`;
		if (rule.pattern.test(key)) return key;
		const cure = `${rule.rule} Bulk Send adds ${CONTENT_LENGTH + 1} characters for each request.`;
		throw brokenRule(first.own, cure);
	}
	return keys.length === 1 ? first.ours : hash(keys);
}

/**
 * One key for several messages: the vendor would swallow all but the first. They are refused before
 * anything is sent.
 */
export function refuseSharedKeys(entries: Array<Entry<unknown>>, endings: Endings): void {
	const byKey = new Map<string, Array<Entry<unknown>>>();
	for (const entry of entries) {
		const { idempotencyKey, request, transport } = entry;
		if (!('own' in idempotencyKey) || !request || !transport.api.idempotency?.(request)) continue;
		const same = byKey.get(idempotencyKey.own);
		if (same) same.push(entry);
		else byKey.set(idempotencyKey.own, [entry]);
	}
	for (const [key, same] of byKey) {
		if (same.length < 2) continue;
		const items = same.map(({ source }) => source.itemIndex).join(', ');
		const failure = new InvalidInput(
			FIELD,
			`${shown(key)} is the same for the items ${items}`,
			'Give each message a key of its own, such as order-{{ $json.id }}.',
		);
		for (const { position } of same) endings[position] = { kind: 'failed', failure };
	}
}

function brokenRule(key: string, cure: string): InvalidInput {
	return new InvalidInput(FIELD, `${shown(key)} is not accepted by the vendor`, cure);
}

function hash(value: unknown): string {
	return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
