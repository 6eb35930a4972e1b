import type { INodeProperties } from 'n8n-workflow';

/** Who gets a message, by the names of the fields; `contactId` only where it is required. */
const RECIPIENT =
	/^(recipient(s|By|Type|List|Field|sFrom|sAre)?|to|contactBy|phone|email|identifier(Key|Value)?|channelType|sendTo|conversationId|ticketId|leads|leadIds|searchKeyword|assignees|filtersBy|filterGroups|filtersJson)$/;

/** What it says. */
const CONTENT =
	/^(content|message|text|body|subject|html|title|replies|template|contentSid|projectId|variables(From|Json)?|componentsJson|parameter(sFrom|Fields|List|sJson)|attachmentUrl|attachmentType|payload|bodyJson|media|mediaSource|mediaUrl|mediaUrls|binaryFields|imageUrl|buttonLabel|cards|choices|parts|latitude|longitude)$/;

/** Copies of an email belong to either; a workspace is where all lists come from. */
const ANYWHERE = /^(cc|bcc|workspaceId|resource|operation)$/;

type Complaint = [INodeProperties, string];

/**
 * What is wrong with the order of the fields that a message is entered in: first whom it goes to,
 * then what it says, then everything else. What must be filled in, and what others depend on, may
 * stand between.
 */
export function orderComplaints(shown: INodeProperties[], all: INodeProperties[]): Complaint[] {
	const isRecipient = ({ name, required }: INodeProperties) =>
		RECIPIENT.test(name) || (name === 'contactId' && required === true);
	const recipients = shown.filter(isRecipient);
	const content = shown.filter((field) => CONTENT.test(field.name) && !isInstead(field));
	if (recipients.length === 0 || content.length === 0) return [];
	const place = (field: INodeProperties) => shown.indexOf(field);
	const firstContent = Math.min(...content.map(place));
	const lastContent = Math.max(...content.map(place));
	return shown.flatMap((field): Complaint[] => {
		if (ANYWHERE.test(field.name) || field.type === 'notice') return [];
		if (isRecipient(field)) {
			return place(field) > firstContent
				? [[field, `stands behind ${shown[firstContent].displayName}, which is content`]]
				: [];
		}
		const isNeeded = CONTENT.test(field.name) || field.required === true || decides(field, all);
		return place(field) < lastContent && !isNeeded
			? [[field, `is no content and stands before ${shown[lastContent].displayName}`]]
			: [];
	});
}

/** Whether it belongs to a template that goes in place of the message, which comes behind it. */
function isInstead({ displayOptions }: INodeProperties): boolean {
	return displayOptions?.show?.outsideWindow !== undefined;
}

/** Whether other fields are shown, or filled, by what stands in this one. */
function decides({ name }: INodeProperties, all: INodeProperties[]): boolean {
	return all.some(({ displayOptions = {}, typeOptions }) => {
		const { show = {}, hide = {} } = displayOptions;
		const filledBy = typeOptions?.loadOptionsDependsOn ?? [];
		return name in show || name in hide || filledBy.some((one) => one.split('.')[0] === name);
	});
}
