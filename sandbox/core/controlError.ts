/** A control request that makes no sense; the server answers it with the status and the reason. */
export class ControlError extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}
