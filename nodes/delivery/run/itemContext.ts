import type {
	IDataObject,
	IExecuteFunctions,
	IExecuteSingleFunctions,
	INodeExecutionData,
} from 'n8n-workflow';

/** What n8n offers for one item, made from what it offers for all. */
export function itemContext(
	context: IExecuteFunctions,
	itemIndex: number,
): IExecuteSingleFunctions {
	const { helpers } = context;
	const itemHelpers = Object.create(helpers, {
		assertBinaryData: { value: (name: string) => helpers.assertBinaryData(itemIndex, name) },
		getBinaryDataBuffer: {
			value: async (name: string) => await helpers.getBinaryDataBuffer(itemIndex, name),
		},
	}) as IExecuteSingleFunctions['helpers'];
	return Object.create(context, {
		helpers: { value: itemHelpers },
		getItemIndex: { value: () => itemIndex },
		getInputData: { value: (): INodeExecutionData => context.getInputData()[itemIndex] },
		getCredentials: {
			value: async (type: string) => await context.getCredentials<IDataObject>(type, itemIndex),
		},
	}) as IExecuteSingleFunctions;
}
