import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

type Context = IHookFunctions | IWebhookFunctions;
type Level = 'warn' | 'error';

/** Anybody can post to a webhook's address, as often as they like. */
const QUIET_MS = 60_000;
/** What is remembered of nodes that were quiet for long is forgotten beyond this. */
const MAX_NODES = 1000;

/** When a node has last said something, and how often it has kept quiet since. Decides nothing else. */
const lastSaid = new Map<string, { at: number; kept: number }>();

/** Tells n8n's log what happened to a node. Nothing secret may stand in the text. */
export function log(context: Context, level: Level, text: string): void {
	const { name } = context.getNode();
	context.logger[level](`${name} ${text}`, { workflowId: context.getWorkflow().id, node: name });
}

/**
 * The same for what strangers can bring about: one line a minute and node at most, with the number of
 * those that were left out before it.
 */
export function logSparingly(context: Context, level: Level, text: string): void {
	const key = `${context.getWorkflow().id} ${context.getNode().id}`;
	const now = Date.now();
	const last = lastSaid.get(key);
	// A clock that was set back must not silence a node.
	if (last !== undefined && Math.abs(now - last.at) < QUIET_MS) {
		last.kept++;
		return;
	}
	lastSaid.delete(key);
	lastSaid.set(key, { at: now, kept: 0 });
	if (lastSaid.size > MAX_NODES) lastSaid.delete(String(lastSaid.keys().next().value));
	const more = last === undefined || last.kept === 0 ? '' : ` (and ${last.kept} more before it)`;
	log(context, level, text + more);
}
