import type { IDataObject } from 'n8n-workflow';
import { byId, channelId } from './support';

interface Example {
	name: string;
	/** What a user enters. */
	parameters: IDataObject;
	/** What Votel must get, word for word as in the owner's document. */
	json: string;
}

const contactId = byId('11111111-0001-0001-0001-000000000001');

export const singleExamples: Example[] = [
	{
		name: 'Email',
		parameters: {
			sendAs: 'email',
			recipient: 'customer@example.com',
			subject: 'Welcome to our service!',
			text: 'Thank you for signing up.',
			html: '<h1>Welcome!</h1><p>Thank you for signing up.</p>',
			senderName: 'Acme Support Team',
			messageType: 'TRANSACTIONAL',
			priority: 'HIGH',
		},
		json: `{
"message_data": {
"recipient": "customer@example.com",
"subject": "Welcome to our service!",
"content": "Thank you for signing up.",
"html_content": "<h1>Welcome!</h1><p>Thank you for signing up.</p>",
"sender_name": "Acme Support Team"
},
"message_type": "TRANSACTIONAL",
"priority": "HIGH"
}`,
	},
	{
		name: 'SMS',
		parameters: {
			sendAs: 'sms',
			channelId: byId(channelId),
			recipient: '+1234567890',
			text: 'Your appointment is confirmed for tomorrow at 3 PM.',
			contactId,
			metadata: {
				entries: [
					{ name: 'campaign_id', value: 'spring_promo' },
					{ name: 'sent_by', value: 'SMS Test' },
				],
			},
		},
		json: `{
"sender_type": "sms",
"sender_identifier": "825b8057-c85f-44a9-9e9f-6e7d7389ecfc",
"message_data": {
"recipient": "+1234567890",
"content": "Your appointment is confirmed for tomorrow at 3 PM.",
"contact_id": "11111111-0001-0001-0001-000000000001",
"metadata": {
"campaign_id": "spring_promo",
"sent_by": "SMS Test"
}
}
}`,
	},
	{
		name: 'Instagram DM',
		parameters: {
			sendAs: 'instagramDm',
			channelId: byId(channelId),
			recipient: '1234567890123456',
			text: "Thanks for reaching out! We'll get back to you soon.",
			imageUrl: 'https://example.com/promo.jpg',
			contactId,
			messageType: 'TRANSACTIONAL',
		},
		json: `{
"sender_type": "instagram_dm",
"sender_identifier": "825b8057-c85f-44a9-9e9f-6e7d7389ecfc",
"message_data": {
"recipient": "1234567890123456",
"content": "Thanks for reaching out! We'll get back to you soon.",
"image_url": "https://example.com/promo.jpg",
"contact_id": "11111111-0001-0001-0001-000000000001"
},
"message_type": "TRANSACTIONAL"
}`,
	},
];

const filtersJson = `{
"bulk_settings": {
"filters": {
"conditions": [
{
"id": "group-1",
"conditions": [
{
"id": "cond-1",
"field": "first_name",
"operator": "contains",
"value": "st"
},
{
"id": "1759891068581-u3gsnk8f7",
"field": "tags",
"operator": "contains",
"value": ["Import 10/05/25"]
}
]
}
]
}
},
"message_data": {
"recipient": "placeholder@example.com",
"subject": "VIP Notification",
"content": "Important update for VIP customers"
},
"message_type": "NOTIFICATION",
"priority": "3"
}`;

const vip = {
	sendAs: 'email',
	subject: 'VIP Notification',
	text: 'Important update for VIP customers',
	messageType: 'NOTIFICATION',
	priority: 'other',
	priorityOther: '3',
};

const specialOffer = {
	sendAs: 'email',
	subject: 'Special Offer - 50% Off!',
	text: 'Limited time offer just for you!',
	senderName: 'Marketing Team',
	messageType: 'MARKETING',
	priority: 'NORMAL',
};

const leadIdsJson = `{
"bulk_settings": {
"lead_ids": [
"550e8400-e29b-41d4-a716-446655440001",
"550e8400-e29b-41d4-a716-446655440002",
"550e8400-e29b-41d4-a716-446655440003"
]
},
"message_data": {
"recipient": "placeholder@example.com",
"subject": "Special Offer - 50% Off!",
"content": "Limited time offer just for you!",
"sender_name": "Marketing Team"
},
"message_type": "MARKETING",
"priority": "NORMAL"
}`;

export const bulkExamples: Array<Example & { answer: IDataObject }> = [
	{
		name: 'Bulk with Direct Lead IDs, as a list',
		parameters: {
			leadIds:
				'550e8400-e29b-41d4-a716-446655440001, 550e8400-e29b-41d4-a716-446655440002\n550e8400-e29b-41d4-a716-446655440003',
			...specialOffer,
		},
		json: leadIdsJson,
		answer: { total: 3, accepted: 3, rejected: 0, successRatePercent: 100 },
	},
	{
		name: 'Bulk with Direct Lead IDs, picked',
		parameters: {
			leads: {
				entries: [
					{ leadId: byId('550e8400-e29b-41d4-a716-446655440001') },
					{ leadId: byId('550e8400-e29b-41d4-a716-446655440002') },
					{ leadId: byId('550e8400-e29b-41d4-a716-446655440003') },
				],
			},
			...specialOffer,
		},
		json: leadIdsJson,
		answer: { total: 3, accepted: 3, rejected: 0, successRatePercent: 100 },
	},
	{
		name: 'Bulk with Search Keyword',
		parameters: {
			searchKeyword: 'enterprise customers',
			sendAs: 'sms',
			text: 'Exclusive enterprise plan now available!',
			messageType: 'MARKETING',
		},
		json: `{
"bulk_settings": {
"search_keyword": "enterprise customers"
},
"message_data": {
"recipient": "+1234567890",
"content": "Exclusive enterprise plan now available!"
},
"message_type": "MARKETING"
}`,
		// The numbers of the documented answer.
		answer: { total: 150, accepted: 148, rejected: 2, successRatePercent: 98.67 },
	},
	{
		name: 'Bulk with Filters, built in the editor',
		parameters: {
			filtersBy: 'groups',
			filterGroups: {
				groups: [
					{
						conditions: {
							conditions: [
								{ field: 'first_name', operator: 'contains', valueIs: 'text', value: 'st' },
								{
									id: '1759891068581-u3gsnk8f7',
									field: 'tags',
									operator: 'contains',
									valueIs: 'list',
									value: 'Import 10/05/25',
								},
							],
						},
					},
				],
			},
			...vip,
		},
		json: filtersJson,
		answer: { total: 12, accepted: 12, rejected: 0, successRatePercent: 100 },
	},
	{
		name: 'Bulk with Filters, as JSON',
		parameters: {
			filtersBy: 'json',
			filtersJson: JSON.stringify(
				(JSON.parse(filtersJson) as { bulk_settings: { filters: object } }).bulk_settings.filters,
			),
			...vip,
		},
		json: filtersJson,
		answer: { total: 12, accepted: 12, rejected: 0, successRatePercent: 100 },
	},
	{
		name: 'Bulk with Assignees',
		parameters: {
			assignees: 'user-uuid-1, user-uuid-2',
			sendAs: 'email',
			subject: 'Team Update',
			text: 'Check your assigned leads',
			messageType: 'NOTIFICATION',
		},
		json: `{
"bulk_settings": {
"assignees": ["user-uuid-1", "user-uuid-2"]
},
"message_data": {
"recipient": "placeholder@example.com",
"subject": "Team Update",
"content": "Check your assigned leads"
},
"message_type": "NOTIFICATION"
}`,
		answer: { total: 25, accepted: 25, rejected: 0, successRatePercent: 100 },
	},
];
