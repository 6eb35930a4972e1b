/** Requests of an account that may wait for an answer at the same time. */
export const DEFAULT_MAX_IN_FLIGHT = 16;

/** How long a request waits in all once the vendor has asked it to. */
export const DEFAULT_MAX_WAIT_SECONDS = 300;
