import type { INodeProperties } from 'n8n-workflow';

import type { FollowUp, NodeOperation } from '../delivery/run/nodeOperation';
import type { AnyOperation, ChooseOperation, Operation } from '../delivery/run/operation';
import { sendOptionsField } from '../fields/options';
import type { Draft } from '../input/draft';
import { askingByTemplate, askingByText } from './asked';
import { answerFields, answerOptions, askByFields, messageField } from './fields';
import { waiting } from './waiting';

/** What a vendor's question is made of: its text message, and its template message if it has one. */
interface Vendor<Text, Template> {
	/** Where a message goes, whatever it says. */
	fields: INodeProperties[];
	/** What else it has, behind what it says. */
	more?: INodeProperties[];
	/** What it can have besides, for the Options collection. */
	options: INodeProperties[];
	documentedLimit: string;
	declares: NodeOperation['declares'];
	text: {
		/** Which sends a text. */
		operation: Operation<Text>;
		/** The draft that the operation knows, with the text of the question in it. */
		put: (draft: Draft, text: string) => Draft;
	};
	template?: {
		fields: INodeProperties[];
		/** Which sends a template. */
		operation:
			| Operation<Template>
			| ((...asked: Parameters<ChooseOperation>) => Operation<Template>);
	};
}

/** The operation Send and Wait for Response, made of what the vendor sends anyhow. */
export function sendAndWaitOperation<Text, Template = never>({
	fields,
	more = [],
	options,
	documentedLimit,
	declares,
	text,
	template,
}: Vendor<Text, Template>): NodeOperation {
	const byText = askingByText(text.operation, text.put) as AnyOperation;
	const choose: ChooseOperation = (read, raw) => {
		if (template === undefined || read('askBy', 'text') !== 'template') return byText;
		const { operation } = template;
		const chosen = typeof operation === 'function' ? operation(read, raw) : operation;
		return askingByTemplate(chosen) as AnyOperation;
	};
	return {
		value: 'sendAndWait',
		name: 'Send and Wait for Response',
		action: 'Send a message and wait for response',
		description: 'Ask somebody by a message with a link, and go on when they have answered',
		fields: [
			...fields,
			...(template === undefined ? [messageField] : askByFields(template.fields)),
			...answerFields,
			...more,
			sendOptionsField([...options, ...answerOptions], documentedLimit),
		],
		declares,
		operation: choose,
		followUp: (context, host): FollowUp => waiting(context, host),
	};
}
