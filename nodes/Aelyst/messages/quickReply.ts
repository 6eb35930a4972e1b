import { InvalidInput } from '../../input/invalidInput';
import { isBlank } from '../../input/blank';
import { optionalText, requireText } from '../../input/text';
import type { MessageType } from './messageType';

/** Source: respond-io/n8n-integration, quick_reply. */
const MOST_REPLIES = 10;

export const quickReply: MessageType = {
	value: 'quick_reply',
	name: 'Quick Reply',
	description: 'A question with answers to choose from',
	fields: [
		{
			displayName: 'Title',
			name: 'title',
			type: 'string',
			typeOptions: { rows: 2 },
			default: '',
			required: true,
			placeholder: 'e.g. How can we help you?',
		},
		{
			displayName: 'Replies',
			name: 'replies',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			required: true,
			placeholder: 'e.g. Support',
			hint: `One on each line, up to ${MOST_REPLIES}, or an expression that gives a list`,
		},
	],
	build: ({ title, replies }) => ({
		type: 'quick_reply',
		title: requireText('Title', title, 'Enter the question.'),
		replies: requireReplies(replies),
	}),
};

function requireReplies(value: unknown): string[] {
	const lines: unknown[] = Array.isArray(value)
		? value
		: (optionalText('Replies', value) ?? '').split('\n');
	const replies = lines
		.filter((line) => !isBlank(line))
		.map((line, index) => requireText(`Replies ${index + 1}`, line).trim());
	if (replies.length === 0) {
		throw new InvalidInput('Replies', 'is empty', 'Enter one reply on each line.');
	}
	if (replies.length > MOST_REPLIES) {
		throw new InvalidInput(
			'Replies',
			`has ${replies.length} replies`,
			`Aelyst takes up to ${MOST_REPLIES}. Take ${replies.length - MOST_REPLIES} out.`,
		);
	}
	return replies;
}
