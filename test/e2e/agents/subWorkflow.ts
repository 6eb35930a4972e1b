import type { N8nClient } from '../support/n8n';
import { Flow } from './flow';
import { type SendingNodes, sendingNodes } from './tools';

/** Puts a workflow into n8n that others call and that sends by the node they name; gives its id. */
export async function subWorkflow(nodes: SendingNodes, client: N8nClient): Promise<string> {
	const names = sendingNodes.map(({ name }) => name);
	const values = ['vendor', 'to', 'text'].map((name) => ({ name, type: 'string' }));
	const flow = new Flow('Send a message')
		.add('Called', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, {
			inputSource: 'workflowInputs',
			workflowInputs: { values },
		})
		.add('By Vendor', 'n8n-nodes-base.switch', 3.2, {
			mode: 'expression',
			numberOutputs: names.length,
			output: `={{ ${JSON.stringify(names)}.indexOf($json.vendor) }}`,
		})
		.put(...sendingNodes.map((node) => nodes.asNode(node)))
		.chain('Called', 'By Vendor');
	names.forEach((name, output) => flow.connect('By Vendor', name, 'main', output));
	const id = await client.importWorkflow(flow.workflow);
	await client.activateWorkflow(id);
	return id;
}
