import { core } from './n8n';
import { ProcessedItems } from './processed-items';

/** An empty memory in the place of n8n's. There is one for the whole process, as in n8n. */
export async function installProcessedItems(): Promise<ProcessedItems> {
	const items = new ProcessedItems();
	const service = core.DataDeduplicationService as unknown as { instance?: unknown };
	service.instance = undefined;
	await core.DataDeduplicationService.init(items);
	return items;
}
