import type { Call, Room } from '../../core/vendor';
import { type Lead, demoLeads, leadId } from './leads';

export interface Activity {
	activity_type: 'call' | 'email' | 'sms' | 'note' | 'system';
	text: string;
	created_at: string;
}

export interface State {
	leads: Map<string, Lead>;
	/** By lead, oldest first. */
	activities: Map<string, Activity[]>;
}

export type VotelCall = Call<State>;
export type VotelRoom = Room<State>;

/** Longer than the longest list the API gives. */
const earlierActivities = 60;

export function createState(): State {
	const leads = demoLeads();
	const types = ['call', 'email', 'sms', 'note', 'system'] as const;
	const earlier = Array.from({ length: earlierActivities }, (_, index): Activity => {
		const type = types[index % types.length] as Activity['activity_type'];
		return {
			activity_type: type,
			text: `Earlier ${type} ${index + 1}`,
			created_at: new Date(Date.UTC(2025, 9, 6) + index * 60_000).toISOString(),
		};
	});
	return {
		leads: new Map(leads.map((lead) => [lead.id, lead])),
		activities: new Map([[leadId(1), earlier]]),
	};
}

export function addActivity(state: State, lead: Lead, activity: Activity): void {
	const activities = state.activities.get(lead.id);
	if (activities) activities.push(activity);
	else state.activities.set(lead.id, [activity]);
}
