import type { TriggerPanelDefinition } from 'n8n-workflow';

const WHILE_BUILDING =
	'<b>While you build</b>, click Execute step, then send a message or let somebody write to you: the next event that you have chosen appears here, once for each click.';

/** What n8n's editor says beside the node's fields. n8n 2 calls publishing what n8n 1 calls activating. */
export const triggerPanel: TriggerPanelDefinition = {
	header: 'Wait for an event of a message',
	executionsHelp: {
		inactive: `${WHILE_BUILDING}<br><br><b>When you are done</b>, publish (activate) the workflow. Then every chosen event starts it.`,
		active: `${WHILE_BUILDING}<br><br><b>The workflow is published (active)</b>: every chosen event starts it. Look at Executions.`,
	},
	activationHint: 'Publish (activate) the workflow to have every chosen event start it.',
};
