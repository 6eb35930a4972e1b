import express from 'express';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NewCredential } from '../../../scripts/n8n/client.mjs';

/** One thing that a model wants done. */
export interface ToolCall {
	tool: string;
	args: Record<string, unknown>;
}

/** What a model answers: tools to call, all at once, or its last words. */
export type Turn = ToolCall[] | string;

/** A tool as a model is told of it. */
export interface ToolDefinition {
	name: string;
	description: string;
	parameters: { properties?: Record<string, unknown>; required?: string[] };
}

/** A call that the model has made, and the text that it was given for it. */
export interface Outcome extends ToolCall {
	text: string;
}

interface ChatMessage {
	role: string;
	content: string | Array<{ text?: string }> | null;
	tool_call_id?: string;
}

interface ChatRequest {
	model: string;
	stream?: boolean;
	messages: ChatMessage[];
	tools?: Array<{ function: ToolDefinition }>;
}

/**
 * A language model that says what a test has written for it, behind the chat completions of
 * OpenAI's API, which n8n's chat model nodes and many others speak. It keeps what it was told.
 */
export class StubModel {
	private readonly turns = new Map<string, Turn[]>();
	private readonly requests: ChatRequest[] = [];
	private readonly calls = new Map<string, ToolCall>();

	private constructor(private readonly server: Server) {}

	static async start(): Promise<StubModel> {
		const app = express();
		app.use(express.json({ limit: '10mb' }));
		const server = app.listen(0, '127.0.0.1');
		await new Promise((resolve) => server.once('listening', resolve));
		const stub = new StubModel(server);
		app.post('/v1/chat/completions', (request, response) => {
			const asked = request.body as ChatRequest;
			const message = stub.answer(asked);
			if (asked.stream) response.type('text/event-stream').send(streamed(asked, message));
			else response.json(completion(asked, message));
		});
		return stub;
	}

	/** A credential for n8n's chat model nodes. */
	get credential(): NewCredential {
		const { port } = this.server.address() as AddressInfo;
		const data = { apiKey: 'stub', url: `http://127.0.0.1:${port}/v1`, header: false };
		return { name: 'Stub model', type: 'openAiApi', data };
	}

	/** Forgets what was before and gives the models of these names their turns, in order. */
	script(turns: Record<string, Turn[]>): void {
		this.turns.clear();
		this.requests.length = 0;
		this.calls.clear();
		for (const [model, own] of Object.entries(turns)) this.turns.set(model, [...own]);
	}

	/** The tools that the model was offered, last time it was asked. */
	tools(model: string): ToolDefinition[] {
		return (this.lastRequest(model)?.tools ?? []).map(({ function: tool }) => tool);
	}

	/** What came of the model's calls, as far as the model was told, in the order of its calls. */
	outcomes(model: string): Outcome[] {
		const told = new Map<string, string>();
		for (const { role, tool_call_id: id, content } of this.lastRequest(model)?.messages ?? []) {
			if (role === 'tool' && id !== undefined) told.set(id, plain(content));
		}
		return [...this.calls].flatMap(([id, call]) => {
			const text = told.get(id);
			return text === undefined ? [] : [{ ...call, text }];
		});
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private lastRequest(model: string): ChatRequest | undefined {
		return this.requests.filter((request) => request.model === model).at(-1);
	}

	private answer(request: ChatRequest): object {
		this.requests.push(request);
		const turn = this.turns.get(request.model)?.shift() ?? 'Nothing was written for this turn.';
		if (typeof turn === 'string') return { role: 'assistant', content: turn };
		return {
			role: 'assistant',
			content: null,
			tool_calls: turn.map((call) => {
				const id = `call_${this.calls.size + 1}`;
				this.calls.set(id, call);
				const { tool, args } = call;
				return { id, type: 'function', function: { name: tool, arguments: JSON.stringify(args) } };
			}),
		};
	}
}

function plain(content: ChatMessage['content']): string {
	if (typeof content === 'string') return content;
	return (content ?? []).map(({ text }) => text ?? '').join('');
}

const about = ({ model }: ChatRequest) => ({ id: 'stub', created: 0, model });
const reasonFor = (message: object) => ('tool_calls' in message ? 'tool_calls' : 'stop');

const completion = (request: ChatRequest, message: object) => ({
	...about(request),
	object: 'chat.completion',
	choices: [{ index: 0, message, finish_reason: reasonFor(message) }],
	usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
});

/** The same as a stream of one piece. */
function streamed(request: ChatRequest, message: object): string {
	const calls = (message as { tool_calls?: object[] }).tool_calls;
	const delta = {
		...message,
		...(calls && { tool_calls: calls.map((call, index) => ({ index, ...call })) }),
	};
	const chunk = {
		...about(request),
		object: 'chat.completion.chunk',
		choices: [{ index: 0, delta, finish_reason: reasonFor(message) }],
	};
	return `data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`;
}
