import type { Contact } from './contacts';

interface Condition {
	category: 'contactField' | 'contactTag' | 'lifecycle';
	field: string | null;
	operator: string;
	value: string | string[] | { from: string; to: string } | null;
}

export interface ContactFilter {
	search?: string;
	timezone: string;
	filter: { $and?: Condition[]; $or?: Condition[] };
}

export function matches(contact: Contact, { search = '', filter }: ContactFilter): boolean {
	const { firstName, lastName, phone, email } = contact;
	const texts = [`${firstName} ${lastName ?? ''}`, phone ?? '', email ?? ''];
	const wanted = search.trim().toLowerCase();
	return (
		texts.some((text) => text.toLowerCase().includes(wanted)) &&
		(filter.$and ?? []).every((condition) => holds(contact, condition)) &&
		(!filter.$or?.length || filter.$or.some((condition) => holds(contact, condition)))
	);
}

function valuesOf(contact: Contact, { category, field }: Condition): string[] {
	if (category === 'contactTag') return contact.tags;
	if (category === 'lifecycle') return contact.lifecycle === null ? [] : [contact.lifecycle];
	const value =
		field === 'assigneeUserId'
			? contact.assignee?.id
			: (contact as unknown as Record<string, unknown>)[field ?? ''];
	return value === null || value === undefined ? [] : [String(value)];
}

function holds(contact: Contact, condition: Condition): boolean {
	const values = valuesOf(contact, condition);
	const { operator, value } = condition;
	const wanted = Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];
	switch (operator) {
		case 'exists':
			return values.length > 0;
		case 'doesNotExist':
			return values.length === 0;
		case 'isEqualTo':
			return value === null ? values.length === 0 : wanted.every((one) => values.includes(one));
		case 'isNotEqualTo':
			return value === null ? values.length > 0 : !wanted.some((one) => values.includes(one));
		case 'hasAnyOf':
			return wanted.some((one) => values.includes(one));
		case 'hasAllOf':
			return wanted.every((one) => values.includes(one));
		case 'hasNoneOf':
			return !wanted.some((one) => values.includes(one));
		case 'isLessThan':
		case 'isTimestampBefore':
			return typeof value === 'string' && values.some((own) => compare(own, value) < 0);
		case 'isGreaterThan':
		case 'isTimestampAfter':
			return typeof value === 'string' && values.some((own) => compare(own, value) > 0);
		case 'isBetween':
		case 'isTimestampBetween':
			return (
				value !== null &&
				typeof value === 'object' &&
				!Array.isArray(value) &&
				values.some((own) => compare(own, value.from) >= 0 && compare(own, value.to) <= 0)
			);
		default:
			return false;
	}
}

/** Numbers as numbers, everything else as text. */
function compare(left: string, right: string): number {
	const difference = Number(left) - Number(right);
	return Number.isNaN(difference) ? left.localeCompare(right) : difference;
}
