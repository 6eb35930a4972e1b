import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

/** Links every output to the input item it came from, which n8n loses where the counts differ. */
export function pair(results: IDataObject[], itemIndex: number): INodeExecutionData[] {
	return results.map((json) => ({ json, pairedItem: { item: itemIndex } }));
}
