import type { IDataObject } from 'n8n-workflow';

/** What is in a text that may be JSON, and JSON in JSON, as each way of calling a tool wraps it. */
function unwrapped(value: unknown): unknown[] {
	if (Array.isArray(value)) return value.flatMap(unwrapped);
	if (typeof value !== 'string') return [value];
	try {
		return unwrapped(JSON.parse(value));
	} catch {
		return [value];
	}
}

/** The results of sent messages that a model was handed. */
export function resultsIn(text: string): IDataObject[] {
	return unwrapped(text).flatMap((value) => {
		if (typeof value !== 'object' || value === null) return [];
		if ('provider' in value) return [value as IDataObject];
		return Object.values(value).flatMap((inner) =>
			typeof inner === 'string' ? resultsIn(inner) : [],
		);
	});
}

/** The words that a model reads, without the quoting around them. */
export function said(text: string): string {
	return unwrapped(text)
		.map((value) =>
			typeof value === 'object' && value !== null
				? Object.values(value)
						.map((inner) => (typeof inner === 'string' ? said(inner) : JSON.stringify(inner)))
						.join('\n')
				: String(value),
		)
		.join('\n');
}
