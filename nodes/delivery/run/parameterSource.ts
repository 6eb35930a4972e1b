import type { IExecuteFunctions, IExecuteSingleFunctions, INodeParameters } from 'n8n-workflow';
export interface ParameterSource {
	readonly parameters: INodeParameters;
	readonly timezone: string;
	read(name: string, itemIndex: number, fallback?: unknown): unknown;
}
export function parametersOfAll(context: IExecuteFunctions): ParameterSource {
	const { parameters } = context.getNode();
	return {
		parameters,
		timezone: context.getTimezone(),
		read: (name, itemIndex, fallback) =>
			context.getNodeParameter(name, itemIndex, fallback as string, {
				extractValue: (parameters[name] as any)?.__rl === true,
			}),
	};
}
export function parametersOfOne(context: IExecuteSingleFunctions): ParameterSource {
	const { parameters } = context.getNode();
	return {
		parameters,
		timezone: context.getTimezone(),
		read: (name, _itemIndex, fallback) =>
			context.getNodeParameter(name, fallback as string, {
				extractValue: (parameters[name] as any)?.__rl === true,
			}),
	};
}
