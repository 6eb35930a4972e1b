/**
 * The leads of a fresh sandbox of Votel, made so that every bulk example of the owner's document
 * selects something, and the one with a keyword exactly the documented numbers: 150 leads, 2 failed.
 * Phone numbers come from ranges that are reserved for fiction.
 */

export interface Lead {
	id: string;
	first_name: string;
	last_name: string;
	email: string | null;
	phone: string | null;
	lifecycle_stage: string;
	company: string;
	lead_source: string;
	city: string;
	state: string | null;
	country: string;
	tags: string[];
	assignee: string | null;
	created_at: string;
}

/** Recipients that do not simply get their message, alone or in bulk. */
export const magic = {
	/** `success: false` in a 200. */
	refused: ['refused@example.com', '+12025550144', '9999999999999999'],
	/** 400 with a text in `detail`. */
	detailText: ['detail-text@example.com', '+12025550145'],
	/** 400 with an object in `detail`. */
	detailObject: ['detail-object@example.com', '+12025550146'],
	/** 400 with `message` instead of `detail`. */
	messageOnly: ['message-only@example.com', '+12025550147'],
} as const;

/** The contact of the owner's SMS and Instagram examples. */
export const exampleContactId = '11111111-0001-0001-0001-000000000001';

/** 550e8400-e29b-41d4-a716-446655440001 and on, as in the owner's examples. */
export const leadId = (number: number): string =>
	`550e8400-e29b-41d4-a716-446655440${String(number).padStart(3, '0')}`;

const firstNames = ['Stella', 'Noah', 'Astrid', 'Ben', 'Kristin', 'Maya', 'Justin', 'Omar', 'Lea'];
const lastNames = ['Miller', 'Okafor', 'Svensson', 'Tanaka', 'Garcia', 'Novak', 'Haddad'];
const cities = [
	['Berlin', null, 'Germany'],
	['Austin', 'Texas', 'United States'],
	['Leeds', null, 'United Kingdom'],
] as const;
const stages = ['subscriber', 'lead', 'mql', 'sql', 'opportunity', 'customer', 'evangelist'];
const others = ['Blue Harbour', 'Old Mill Bakery', 'North Star Clinic'];

const enterpriseCount = 150;
export const leadCount = 210;

const pick = <T>(list: readonly T[], number: number): T => list[number % list.length] as T;

function makeLead(number: number): Lead {
	const firstName = pick(firstNames, number);
	const lastName = pick(lastNames, number);
	const [city, state, country] = pick(cities, number);
	const enterprise = number <= enterpriseCount;
	return {
		id: leadId(number),
		first_name: firstName,
		last_name: lastName,
		email: `${firstName}.${lastName}.${number}@example.com`.toLowerCase(),
		phone: `+447700900${String(number).padStart(3, '0')}`,
		lifecycle_stage: pick(stages, number),
		company: enterprise ? 'Enterprise Customers Ltd' : pick(others, number),
		lead_source: enterprise ? 'Referral' : 'Website',
		city,
		state,
		country,
		tags: number > enterpriseCount && number % 2 === 0 ? ['Import 10/05/25', 'VIP'] : [],
		assignee: number % 15 === 0 ? 'user-uuid-1' : number % 20 === 1 ? 'user-uuid-2' : null,
		created_at: new Date(Date.UTC(2025, 9, 5) + number * 60_000).toISOString(),
	};
}

export function demoLeads(): Lead[] {
	const leads = Array.from({ length: leadCount }, (_, index) => makeLead(index + 1));
	// Two of the enterprise leads cannot be reached by SMS, and one of them not by e-mail either.
	Object.assign(leads[9] as Lead, { phone: null });
	Object.assign(leads[19] as Lead, { phone: magic.refused[1], email: magic.refused[0] });
	leads.push({
		...makeLead(leadCount + 1),
		id: exampleContactId,
		first_name: 'Example',
		last_name: 'Contact',
		email: 'customer@example.com',
		phone: '+1234567890',
		company: 'Example',
		tags: [],
		assignee: null,
	});
	return leads;
}

/** What the filters may name, by the category under which the API lists it. */
export const fieldCategories: Array<{ name: string; fields: Array<[keyof Lead, string, string]> }> =
	[
		{
			name: 'Contact',
			fields: [
				['first_name', 'First Name', 'text'],
				['last_name', 'Last Name', 'text'],
				['email', 'Email', 'email'],
				['phone', 'Phone', 'phone'],
				['company', 'Company', 'text'],
			],
		},
		{
			name: 'Address',
			fields: [
				['city', 'City', 'text'],
				['state', 'State', 'text'],
				['country', 'Country', 'text'],
			],
		},
		{
			name: 'Marketing',
			fields: [
				['lifecycle_stage', 'Lifecycle Stage', 'select'],
				['lead_source', 'Lead Source', 'text'],
				['tags', 'Tags', 'multi_select'],
			],
		},
	];

const filterable = new Map<string, keyof Lead>(
	fieldCategories.flatMap(({ fields }) => fields.map(([name]) => [name, name] as const)),
);

export interface Condition {
	field: string;
	operator: 'contains';
	value: string | string[];
}

export interface BulkSettings {
	lead_ids?: string[] | null;
	search_keyword?: string | null;
	assignees?: string[] | null;
	filters?: { conditions?: Array<{ conditions: Condition[] }> } | null;
}

export const conditionsOf = ({ filters }: BulkSettings): Condition[] =>
	(filters?.conditions ?? []).flatMap(({ conditions }) => conditions);

export const unknownField = (settings: BulkSettings): string | undefined =>
	conditionsOf(settings).find(({ field }) => !filterable.has(field))?.field;

/** The leads for which every given criterion holds. */
export function select(leads: Iterable<Lead>, settings: BulkSettings): Lead[] {
	const { lead_ids: ids, search_keyword: keyword, assignees } = settings;
	const conditions = conditionsOf(settings);
	return [...leads].filter(
		(lead) =>
			(!ids?.length || ids.includes(lead.id)) &&
			(!keyword || mentions(lead, keyword)) &&
			(!assignees?.length || (lead.assignee !== null && assignees.includes(lead.assignee))) &&
			conditions.every((condition) => holds(lead, condition)),
	);
}

/** Whether name, e-mail, company or phone contain the text. */
export function mentions(lead: Lead, text: string): boolean {
	const { first_name: first, last_name: last, email, company, phone } = lead;
	return [`${first} ${last}`, email, company, phone].some((value) => contains(value, text));
}

function holds(lead: Lead, { field, value }: Condition): boolean {
	const found = lead[filterable.get(field) as keyof Lead];
	const wanted = [value].flat();
	return Array.isArray(found)
		? wanted.some((entry) => found.includes(entry))
		: wanted.some((text) => contains(found, text));
}

const contains = (value: string | null, text: string): boolean =>
	value !== null && value.toLowerCase().includes(text.toLowerCase());
