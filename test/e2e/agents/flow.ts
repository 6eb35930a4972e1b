import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import type { Workflow } from '../support/n8n';

type Node = Workflow['nodes'][number];
type ConnectionType = 'main' | 'ai_tool' | 'ai_languageModel';

/** Draws a workflow: nodes, and lines between them. */
export class Flow {
	private readonly nodes: Node[] = [];
	private readonly connections: Workflow['connections'] = {};

	constructor(
		private readonly name: string,
		private readonly settings: IDataObject = {},
	) {}

	/** Adds a node of n8n's own. */
	add(name: string, type: string, typeVersion: number, parameters: IDataObject = {}): this {
		return this.put({ id: name, name, type, typeVersion, position: [0, 0], parameters });
	}

	/** Adds a node as it is. */
	put(...nodes: Node[]): this {
		this.nodes.push(...nodes);
		return this;
	}

	/** Adds a node that is called from outside. */
	listen(name: string, type: string, typeVersion: number, parameters: IDataObject): this {
		const webhookId = randomUUID();
		return this.put({
			...{ id: name, name, type, typeVersion, position: [0, 0], parameters },
			webhookId,
		});
	}

	connect(from: string, to: string, type: ConnectionType = 'main', output = 0): this {
		const own = (this.connections[from] ??= {});
		const outputs = (own[type] ??= []);
		while (outputs.length <= output) outputs.push([]);
		outputs[output].push({ node: to, type, index: 0 });
		return this;
	}

	/** One node after the other. */
	chain(...names: string[]): this {
		names.slice(1).forEach((to, index) => this.connect(names[index], to));
		return this;
	}

	get workflow(): Workflow {
		return {
			name: this.name,
			nodes: this.nodes,
			connections: this.connections,
			pinData: {},
			// Without it an AI Agent of version 3 hands its model nothing back.
			settings: { executionOrder: 'v1', ...this.settings },
		};
	}
}
