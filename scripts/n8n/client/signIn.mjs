import { ifAny, until } from '../../run/until.mjs';
import { openHttp } from './http.mjs';

const STARTED_WITHIN_MS = 60_000;

/**
 * @typedef {{ email: string, password: string }} Owner
 * @typedef {{ url: string, owner: Owner, session?: string }} Connection `session`: the cookie of somebody who has signed in
 */

/**
 * Signs in as the owner, and sets the owner up if n8n has none yet.
 *
 * @param {Connection} connection
 * @returns {Promise<import('axios').AxiosInstance>}
 */
export async function signIn({ url, owner, session }) {
	const http = openHttp(url);
	if (session !== undefined) {
		http.defaults.headers.common.Cookie = session;
		return http;
	}
	const settings = await until(async () => (await ifAny(http.get('/rest/settings')))?.data.data, {
		what: 'n8n answers its own editor',
		timeoutMs: STARTED_WITHIN_MS,
	});
	const { email, password } = owner;
	const isNew = settings.userManagement.showSetupOnFirstLoad === true;
	const answer = isNew
		? await http.post('/rest/owner/setup', {
				email,
				password,
				firstName: 'Olivia',
				lastName: 'Owner',
			})
		: await http.post('/rest/login', { emailOrLdapLoginId: email, password });
	const cookies = answer.headers['set-cookie'] ?? [];
	http.defaults.headers.common.Cookie = cookies.map((cookie) => cookie.split(';')[0]).join('; ');
	return http;
}
