import type { Answer, Operation } from '../../core/vendor';
import { fail, ok, refuse } from './answers';
import { apply, begin } from './journey';
import { findMessage, showMessage } from './read';
import { take } from './send';
import type { Message, SentCall, State } from './state';

/** They stand in the newest SDKs only; setting `newestEndpoints: false` plays an account without them. */
export const onlyNewest =
	(operation: Operation<State>): Operation<State> =>
	(call) =>
		call.room.settings.newestEndpoints === false
			? fail('RESOURCE_003', 'Resource not found')
			: operation(call);

/** A scheduled message is called off, as long as it has not been released. */
export function cancelMessage(call: SentCall): Answer {
	const message = findMessage(call);
	const held = message.scheduledAt !== null && ['QUEUED', 'SCHEDULED'].includes(message.status);
	if (!held)
		refuse('BUSINESS_006', `Only a scheduled message can be cancelled (${message.status})`);
	call.room.unfollow(message.id);
	apply(call.room, message.id, 'CANCELLED');
	return ok(showMessage(message));
}

const finished = ['DELIVERED', 'READ', 'FAILED', 'BLOCKED'];

/** A finished message goes through everything once more, under its id, and is billed once more. */
export function resendMessage(call: SentCall): Answer {
	const message = findMessage(call);
	const { status, direction, template } = message;
	if (direction !== 'OUTBOUND' || !finished.includes(status)) {
		refuse('BUSINESS_006', `Only a finished message can be resent (${status})`);
	}
	call.room.unfollow(message.id);
	message.attempt++;
	message.channel = message.asked;
	message.reasons = {};
	take(call, message, contentOf(message));
	begin(call.room, message);
	const recipient = {
		message_id: message.id,
		to: message.phone,
		channel: message.channel,
		body: message.channel === null ? null : message.text,
	};
	return ok(
		{
			status: 'QUEUED',
			...(template && { template_id: template.id, template_name: template.name }),
			recipients: [recipient],
		},
		202,
	);
}

/** For the sandbox's own books: meant to be sent again, so no duplicate. */
const contentOf = ({ text, asked, attempt }: Message): object => ({
	channel: asked ?? 'sent',
	text,
	resent: attempt - 1,
});
