/** Where the global set-up leaves, for the test files, how to reach what it has started. */
export const CONNECTIONS = 'UNIFIED_MESSAGING_E2E';
