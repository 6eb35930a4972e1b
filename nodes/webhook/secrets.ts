import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { InvalidInput } from '../input/invalidInput';

/** For vendors whose webhooks are set up by hand: what the signatures are made with. */
export const SECRET_CREDENTIAL = 'messageWebhookSecretApi';

/** The secrets that count: the current one and, during a rotation, the one before it. */
export function secretsIn({ secret, previousSecret }: ICredentialDataDecryptedObject): string[] {
	return [secret, previousSecret].filter(
		(value): value is string => typeof value === 'string' && value.trim() !== '',
	);
}

/** @throws InvalidInput when there is nothing to check signatures with */
export function requireSecret(credentials: ICredentialDataDecryptedObject): void {
	if (secretsIn(credentials).length > 0) return;
	throw new InvalidInput(
		'Secret',
		'is empty in the credential',
		'Enter the signing key or shared secret. Without one every webhook is refused.',
	);
}

/** A secret cannot be tried out before a webhook arrives; what is plainly wrong can be said. */
export async function webhookSecretTest(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const [secret] = secretsIn({ secret: data.secret ?? '' });
	if (secret === undefined) return { status: 'Error', message: 'Enter a secret.' };
	if (secret !== secret.trim()) {
		return {
			status: 'Error',
			message: 'The secret begins or ends with a space. Copy it again without.',
		};
	}
	return {
		status: 'OK',
		message: 'The secret is stored. Whether it is the right one shows when a webhook arrives.',
	};
}
