import type { Answer } from '../../core/vendor';
import { type Channel, channels, disabledReason, identifierOf } from './channels';
import { refuse } from './errors';
import { type Lead, fieldCategories, mentions } from './leads';
import type { Activity, VotelCall } from './state';

const ok = (body: unknown): Answer => ({ status: 200, body });

export function listChannels(call: VotelCall): Answer {
	const { channel_type: type, status, search = '', for_options: forOptions } = call.query;
	const found = channels.filter(
		(channel) =>
			(type ?? channel.channel_type) === channel.channel_type &&
			(status ?? channel.status) === channel.status &&
			`${channel.name} ${identifierOf(channel)}`
				.toLowerCase()
				.includes(String(search).toLowerCase()),
	);
	if (forOptions === true) return ok({ options: found.map(asOption) });
	const { page = 1, page_size: size = 20 } = call.query as { page?: number; page_size?: number };
	return ok({
		channels: found.slice((page - 1) * size, page * size),
		total: found.length,
		page,
		page_size: size,
		total_pages: Math.ceil(found.length / size),
	});
}

const asOption = (channel: Channel): object => ({
	id: channel.id,
	name: `${channel.name} (${identifierOf(channel)})`,
	identifier: identifierOf(channel),
	category: channel.channel_type,
	status: channel.status,
	...(channel.status === 'unavailable' && { disabled_reason: disabledReason }),
});

export function listLeads(call: VotelCall): Answer {
	const {
		search,
		lifecycle_stage: stage,
		limit = 20,
		page = 1,
	} = call.query as { search?: string; lifecycle_stage?: string; limit?: number; page?: number };
	const found = [...call.state.leads.values()].filter(
		(lead) =>
			(!search || mentions(lead, search)) &&
			(stage ?? lead.lifecycle_stage) === lead.lifecycle_stage,
	);
	const data = found.slice((page - 1) * limit, page * limit).map(inList);
	return ok({ data, total: found.length });
}

const inList = (lead: Lead): object => ({
	id: lead.id,
	first_name: lead.first_name,
	last_name: lead.last_name,
	email: lead.email,
	phone: lead.phone,
	lifecycle_stage: lead.lifecycle_stage,
});

export function viewLead(call: VotelCall): Answer {
	const lead: Partial<Lead> = { ...findLead(call) };
	// No documented answer tells to whom a lead is assigned.
	delete lead.assignee;
	return ok({ lead });
}

export const listLeadFields = (): Answer =>
	ok({
		categories: fieldCategories.map(({ name, fields }) => ({
			name,
			fields: fields.map(([fieldName, label, type]) => ({
				field_name: fieldName,
				label,
				data_type: type,
				visible: true,
				is_custom: false,
			})),
		})),
	});

export function listLeadActivities(call: VotelCall): Answer {
	const lead = findLead(call);
	const { limit = 20, activity_type: type } = call.query as {
		limit?: number;
		activity_type?: string;
	};
	const found = [...(call.state.activities.get(lead.id) ?? [])]
		.reverse()
		.filter((activity) => (type ?? activity.activity_type) === activity.activity_type);
	return ok({ activities: found.slice(0, limit).map(showActivity), total: found.length });
}

/** Under which key the text of an activity stands. */
const textKeys: Record<Activity['activity_type'], string> = {
	call: 'summary',
	email: 'content',
	sms: 'content',
	note: 'description',
	system: 'description',
};

const showActivity = ({ activity_type: type, text, created_at: at }: Activity): object => ({
	activity_type: type,
	[textKeys[type]]: text,
	created_at: at,
});

function findLead(call: VotelCall): Lead {
	return call.state.leads.get(call.params.lead_id ?? '') ?? refuse(404, 'Lead not found');
}

export const listAgents = (): Answer =>
	ok([
		{ id: '7e9d0e00-0000-4000-8000-000000000001', name: 'Sales Assistant', enabled: true },
		{ id: '7e9d0e00-0000-4000-8000-000000000002', name: 'Night Desk', enabled: false },
	]);
