/** At most so many requests in any stretch of time of this length. */
export interface RateLimit {
	requests: number;
	perMs: number;
}
