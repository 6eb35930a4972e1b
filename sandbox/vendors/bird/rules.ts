import type { Room } from '../../core/vendor';
import { type Channel, platformOf } from './demo';
import type { Details } from './errors';
import { recipientProblem } from './recipients';
import type { BirdState, CreateMessage } from './state';
import { obstacle } from './windows';

const day = 24 * 60 * 60 * 1000;

/** What Bird refuses although it fits the contract. */
export function breaches(request: CreateMessage, channel: Channel, room: Room<BirdState>): Details {
	const details: Details = {};
	const refuse = (path: string, reason: string): void => void (details[path] ??= []).push(reason);
	const platform = platformOf(channel);
	const { contacts } = request.receiver;

	if (request.body && request.template) {
		refuse('.', 'body and template must not be set together');
	}
	if (contacts.length > 1 && platform !== 'email') {
		refuse('.receiver.contacts', 'multiple contacts are supported on email channels only');
	}
	contacts.forEach((recipient, i) => {
		const problem = recipientProblem(recipient, platform, room.state);
		if (problem) refuse(`.receiver.contacts[${i}]${problem[0]}`, problem[1]);
	});
	if (request.scheduledFor && Date.parse(request.scheduledFor) - Date.now() > 35 * day) {
		refuse('.scheduledFor', 'messages cannot be scheduled more than 35 days ahead');
	}
	if (request.capFrequency && request.meta?.extraInformation?.useCase !== 'marketing') {
		refuse('.capFrequency', 'only with .meta.extraInformation.useCase "marketing"');
	}
	if (Object.keys(details).length > 0) return details;
	const found = obstacle(room, request, channel);
	if (found?.ending === 'refused') {
		refuse(found.path, 'the recipient may not be written to in this way');
	}
	return details;
}
