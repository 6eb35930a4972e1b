import { isBlank } from '../../input/blank';
import { requireWhole } from '../../input/number';
import { actionsField, buildActions } from './actions';
import type { BodyType } from './bodyType';

export const authentication: BodyType = {
	value: 'authentication',
	name: 'Authentication',
	description: 'A one-time password',
	fields: [
		{
			displayName: 'Security Disclaimer',
			name: 'disclaimer',
			type: 'boolean',
			default: true,
			description: 'Whether the message warns not to share the code',
		},
		{
			displayName: 'Expiration Time',
			name: 'expirationTime',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 90 },
			default: 10,
			description:
				'When the code expires, from 1 to 90. Empty means that the message does not say it.',
		},
		actionsField,
	],
	build: (draft) => ({
		otp: {
			disclaimer: draft.disclaimer === true,
			...(isBlank(draft.expirationTime)
				? {}
				: { expirationTime: expiration(draft.expirationTime) }),
			actions: buildActions(draft.actions),
		},
	}),
};

/** Source: docs.bird.com, api-reference/messaging: 1 to 90. */
function expiration(value: unknown): number {
	return requireWhole('Expiration Time', value, { min: 1, max: 90 }, 'It is counted in minutes.');
}
