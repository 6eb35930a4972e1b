// n8n sees of this machine only what it needs to run: no proxy, database or licence that happens
// to be set for another n8n, and no secret.
const PASSED_ON = [
	'PATH',
	'HOME',
	'USERPROFILE',
	'LANG',
	'LC_ALL',
	'TZ',
	'TMPDIR',
	'TEMP',
	'TMP',
	'SystemRoot',
	'ComSpec',
	'PATHEXT',
	'APPDATA',
	'LOCALAPPDATA',
];

// Fixed, so that a user folder can be opened by the next start and by several processes.
const ENCRYPTION_KEY = 'unified-messaging-development-only';

// n8n 2's list of MCP servers is fetched from n8n's site at every start; n8n 1 has no such module.
const PHONES_HOME = 'mcp-registry';

/**
 * @param {{ version: string, userFolder: string, port: number, brokerPort: number, url: string }} instance
 * @param {NodeJS.ProcessEnv} overrides
 * @returns {NodeJS.ProcessEnv}
 */
export function n8nEnvironment({ version, userFolder, port, brokerPort, url }, overrides) {
	const passedOn = PASSED_ON.filter((name) => process.env[name] !== undefined);
	return {
		...Object.fromEntries(passedOn.map((name) => [name, process.env[name]])),
		NODE_ENV: 'production',

		N8N_USER_FOLDER: userFolder,
		N8N_ENCRYPTION_KEY: ENCRYPTION_KEY,
		DB_TYPE: 'sqlite',

		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_PROTOCOL: 'http',
		N8N_EDITOR_BASE_URL: url,
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		// Sign-in works over plain HTTP then.
		N8N_SECURE_COOKIE: 'false',

		// Nothing leaves this machine, and nobody is asked anything.
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		...(!version.startsWith('1.') && { N8N_DISABLED_MODULES: PHONES_HOME }),

		N8N_LOG_LEVEL: 'info',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '10',
		GENERIC_TIMEZONE: 'UTC',
		...overrides,
	};
}
