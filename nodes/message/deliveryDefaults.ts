/** Requests of an account that may wait for an answer at the same time. */
export const DEFAULT_MAX_IN_FLIGHT = 16;

/** Keys of messages that a node remembers as sent. */
export const DEFAULT_ONCE_HISTORY = 10_000;

/** How long a request waits in all once the vendor has asked it to. */
export const DEFAULT_MAX_WAIT_SECONDS = 300;
