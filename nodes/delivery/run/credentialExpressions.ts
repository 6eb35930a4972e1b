import type { IExecuteSingleFunctions, INodeCredentialsDetails } from 'n8n-workflow';

import { isPlainObject } from '../../input/json';

/** The part of n8n's own store of credentials that gives one as it was entered. */
interface CredentialStore {
	getCredentials(details: INodeCredentialsDetails, type: string): Promise<{ getData(): unknown }>;
}

/**
 * Whether a credential may be another one for another item, because it holds an expression.
 *
 * n8n resolves credentials for each item and tells no node whether that makes a difference; asking
 * for each of 10,000 items takes longer than sending. The store behind its context knows. Where it
 * is not there, every item is asked for: slower, and as safe.
 */
export async function mayDifferByItem(
	context: IExecuteSingleFunctions,
	type: string,
): Promise<boolean> {
	const details = context.getNode().credentials?.[type];
	const store = storeOf(context);
	if (details === undefined || store === undefined) return true;
	try {
		const credential = await store.getCredentials(details, type);
		return hasExpression(await credential.getData());
	} catch {
		return true;
	}
}

function storeOf(context: unknown): CredentialStore | undefined {
	const { additionalData } = context as { additionalData?: { credentialsHelper?: unknown } };
	const store = additionalData?.credentialsHelper as Partial<CredentialStore> | undefined;
	return typeof store?.getCredentials === 'function' ? (store as CredentialStore) : undefined;
}

function hasExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	if (Array.isArray(value)) return value.some(hasExpression);
	return isPlainObject(value) && Object.values(value).some(hasExpression);
}
