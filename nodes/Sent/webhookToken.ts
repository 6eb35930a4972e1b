import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { InvalidInput } from '../input/invalidInput';
import { textOrNull } from '../message/messageResult';

/** The name under which the token stands in a webhook URL. */
export const TOKEN_PARAMETER = 'token';

/** What is shorter can be found out by trying. */
const SHORTEST = 16;

/**
 * The secret by which the trigger knows what Sent reports of messages of API v1, which nobody signs.
 *
 * @returns undefined where the credential has none that is long enough to be one
 */
export function webhookTokenOf({
	webhookToken,
}: ICredentialDataDecryptedObject): string | undefined {
	const token = textOrNull(webhookToken)?.trim() ?? '';
	return [...token].length >= SHORTEST ? token : undefined;
}

/**
 * A webhook URL with the token, so that the workflow, which people export and share, has only the
 * URL without it.
 *
 * @throws InvalidInput where the credential has no token
 */
export function withWebhookToken(url: string, credentials: ICredentialDataDecryptedObject): string {
	const token = webhookTokenOf(credentials);
	if (token === undefined) {
		throw new InvalidInput(
			'Webhook Token of the credential',
			`is empty or shorter than ${SHORTEST} characters`,
			'Enter one in the Sent credential, or switch Add Webhook Token off.',
		);
	}
	const tokened = new URL(url);
	tokened.searchParams.set(TOKEN_PARAMETER, token);
	return tokened.href;
}
