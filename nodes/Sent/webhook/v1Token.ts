import { randomBytes } from 'node:crypto';
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { chosen } from '../../fields/chosen';

/** A list with the token that is in use, or a new one. */
export async function getSentV1Tokens(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const token = chosen(this, 'options.v1Token') ?? randomBytes(24).toString('base64url');
	return [{ name: `Accept URLs with ?token=${token}`, value: token }];
}
