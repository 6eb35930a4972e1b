import { InvalidInput } from '../../input/invalidInput';
import { isBlank } from '../../input/blank';
import type { Place } from './remember';
import type { IdempotencyRule } from '../http/vendorApi';

/**
 * The key by which the vendor recognises a repeated request: the user's own, or one that stays the
 * same for an item of a node run however often n8n repeats it.
 *
 * @throws InvalidInput when the user's key breaks the vendor's rule
 */
export function idempotencyKey(rule: IdempotencyRule, own: unknown, place: Place): string {
	if (isBlank(own)) {
		const { executionId, nodeId, runIndex, itemIndex } = place;
		return [executionId, nodeId, runIndex, itemIndex].join('-').replace(/[^A-Za-z0-9_-]/g, '_');
	}
	const key = String(own);
	if (rule.pattern.test(key)) return key;
	throw new InvalidInput('Idempotency Key', `"${key}" is not accepted by the vendor`, rule.rule);
}
