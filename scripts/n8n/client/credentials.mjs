/**
 * @typedef {{ name: string, type: string, data: Record<string, unknown> }} NewCredential
 * @typedef {{ id: string, name: string, type: string }} Credential
 */

/**
 * @typedef {object} Credentials
 * @property {() => Promise<Credential[]>} credentials all that n8n has
 * @property {(credentials: NewCredential[]) => Promise<Credential[]>} importCredentials
 * @property {(type: string, data: Record<string, unknown>) =>
 *   Promise<{ status: 'OK' | 'Error', message: string }>} testCredential
 */

/**
 * @param {import('axios').AxiosInstance} http
 * @returns {Credentials}
 */
export function credentialsOf(http) {
	/** @type {Credentials['importCredentials']} */
	async function importCredentials(credentials) {
		const created = [];
		for (const { name, type, data } of credentials) {
			const answer = await http.post('/rest/credentials', { name, type, data });
			created.push({ id: answer.data.data.id, name, type });
		}
		return created;
	}

	return {
		credentials: async () => (await http.get('/rest/credentials')).data.data,
		importCredentials,
		async testCredential(type, data) {
			// n8n tests stored credentials only.
			const [{ id, name }] = await importCredentials([{ name: `Test of ${type}`, type, data }]);
			try {
				const answer = await http.post('/rest/credentials/test', {
					credentials: { id, name, type, data },
				});
				return answer.data.data;
			} finally {
				await http.delete(`/rest/credentials/${id}`);
			}
		},
	};
}
