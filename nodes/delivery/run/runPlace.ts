/** Which run of which node of an execution. */
export interface RunPlace {
	/** Other instances of n8n count their executions as this one does. */
	instanceId: string;
	executionId: string;
	/** Its id and its name: imported workflows have two nodes with one id. */
	node: string;
	runIndex: number;
}
