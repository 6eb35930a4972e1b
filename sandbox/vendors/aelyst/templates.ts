export interface TemplateButton {
	type: 'quick_reply' | 'phone_number' | 'url' | 'catalog' | 'mpm';
	text?: string;
	phone_number?: string;
	url?: string;
	parameters?: Array<{ type: string }>;
}

export interface TemplateComponent {
	type: 'header' | 'body' | 'footer' | 'buttons';
	format?: string;
	text?: string;
	parameters?: Array<{ type: string }>;
	buttons?: TemplateButton[];
}

export interface Template {
	id: number;
	name: string;
	channelId: number;
	languageCode: string;
	category: string;
	status: 'approved' | 'pending' | 'rejected';
	statusDetail: string | null;
	components: TemplateComponent[];
	/** The API gives `components` as a JSON string; both forms occur at the vendor. */
	asString: boolean;
}

const whatsapp = 551174;
const facebook = 551175;
const twilioWhatsapp = 551182;

type Draft = Pick<Template, 'name' | 'components'> & Partial<Template>;

const body = (text: string): TemplateComponent => ({ type: 'body', text });

const drafts: Draft[] = [
	{
		name: 'order_confirmation',
		components: [
			{ type: 'header', format: 'image' },
			body('Your order {{1}} is confirmed'),
			{ type: 'footer', text: 'Thank you for your order' },
			{
				type: 'buttons',
				buttons: [
					{ type: 'url', text: 'Open', url: 'https://example.com/orders/{{1}}' },
					{ type: 'quick_reply', text: 'Yes' },
					{ type: 'phone_number', text: 'Call', phone_number: '+60121233112' },
				],
			},
		],
	},
	{
		name: 'appointment_reminder',
		asString: true,
		components: [
			{ type: 'header', format: 'text', text: 'Hello {{1}}' },
			body('We expect you on {{1}} at {{2}}.'),
		],
	},
	{ name: 'conversation_follow_up', components: [body('Can we help you any further?')] },
	{
		name: 'shipping_update',
		components: [body('{{1}}, your parcel arrives on {{2}}.')],
	},
	{
		name: 'shipping_update',
		languageCode: 'ms',
		asString: true,
		components: [body('{{1}}, bungkusan anda tiba pada {{2}}.')],
	},
	{
		name: 'invoice',
		components: [{ type: 'header', format: 'document' }, body('Invoice {{1}} is attached.')],
	},
	{
		name: 'our_branch',
		components: [{ type: 'header', format: 'location' }, body('You find us here.')],
	},
	{
		name: 'product_tour',
		asString: true,
		components: [{ type: 'header', format: 'video' }, body('See what is new.')],
	},
	{
		name: 'full_catalog',
		components: [
			body('Everything we have, {{1}}.'),
			{ type: 'buttons', buttons: [{ type: 'catalog', text: 'View catalog' }] },
		],
	},
	{
		name: 'picked_products',
		components: [
			body('Picked for you.'),
			{ type: 'buttons', buttons: [{ type: 'mpm', text: 'View items' }] },
		],
	},
	{
		name: 'waiting_for_review',
		status: 'pending',
		components: [body('Not reviewed yet, {{1}}.')],
	},
	{
		name: 'refused_offer',
		status: 'rejected',
		statusDetail: 'TAG_CONTENT_MISMATCH',
		components: [body('Buy now, {{1}}!')],
	},
	// Enough for a second page.
	...Array.from({ length: 8 }, (_, index) => ({
		name: `campaign_${index + 1}`,
		category: 'MARKETING',
		components: [body(`Offer ${index + 1} for {{1}}`)],
	})),
	{
		name: 'delivery_notice',
		channelId: twilioWhatsapp,
		components: [body('Your delivery {{1}} is on its way.')],
	},
	{
		name: 'order_update',
		channelId: facebook,
		components: [
			body('Order {{1}} has news.'),
			{
				type: 'buttons',
				buttons: [{ type: 'url', text: 'Track', url: 'https://example.com/{{1}}' }],
			},
		],
	},
	{
		name: 'account_notice',
		channelId: facebook,
		asString: true,
		components: [body('Your account has news.')],
	},
	{
		// Messenger's headers may have an image and words with variables at once.
		name: 'order_confirmation',
		channelId: facebook,
		components: [
			{ type: 'header', format: 'image', text: 'Order {{1}}' },
			body('Thank you, {{1}}. We deliver on {{2}}.'),
			{
				type: 'buttons',
				buttons: [{ type: 'url', text: 'Track', url: 'https://example.com/{{1}}' }],
			},
		],
	},
];

export const templates: readonly Template[] = drafts.map((draft, index) => ({
	id: 12345 + index,
	channelId: whatsapp,
	languageCode: 'en',
	category: 'UTILITY',
	status: 'approved',
	statusDetail: null,
	asString: false,
	...draft,
}));

/** As `GET /space/channel/{channelId}/template` lists it. */
export const listed = ({ asString, ...template }: Template): Record<string, unknown> => ({
	...template,
	components: asString ? JSON.stringify(template.components) : template.components,
	botId: 123,
	namespace: null,
	templateId: String(template.id),
});

const placeholders = (text = ''): number => new Set(text.match(/\{\{\s*\w+\s*\}\}/g) ?? []).size;

/**
 * What is wrong with the components that a template is sent with, if anything. For Facebook the
 * vendor's own n8n node repeats a header that has an image, without parameters; that is no fault.
 */
export function faultIn(template: Template, given: TemplateComponent[]): string | undefined {
	const repeated = ({ type, format, parameters }: TemplateComponent, index: number): boolean =>
		template.channelId === facebook &&
		type === 'header' &&
		format === 'image' &&
		parameters?.length === 0 &&
		given.findIndex((other) => other.type === 'header') < index;
	const sent = given.filter((component, index) => !repeated(component, index));
	for (const { type } of sent) {
		if (!template.components.some((component) => component.type === type)) {
			return `the template has no ${type}`;
		}
		if (sent.filter((component) => component.type === type).length > 1) {
			return `the ${type} is there twice`;
		}
	}
	for (const component of template.components) {
		const fault = faultInComponent(
			component,
			sent.find(({ type }) => type === component.type),
		);
		if (fault) return fault;
	}
	return undefined;
}

function faultInComponent(
	component: TemplateComponent,
	sent: TemplateComponent | undefined,
): string | undefined {
	const { type, format } = component;
	if (sent?.format !== undefined && sent.format !== (format ?? 'text')) {
		return `the format of the ${type} is ${format ?? 'text'}`;
	}
	if (sent?.text !== undefined && sent.text !== (component.text ?? '')) {
		return `the text of the ${type} is not the template's own`;
	}
	const media = type === 'header' && format !== undefined && format !== 'text' ? [format] : [];
	const words = new Array<string>(placeholders(component.text)).fill('text');
	const wanted = [...media, ...words];
	const fault = faultInParameters(`the ${type}`, wanted, sent?.parameters);
	if (fault || type !== 'buttons') return fault;
	return faultInButtons(component.buttons ?? [], sent?.buttons);
}

function faultInButtons(
	buttons: TemplateButton[],
	sent: TemplateButton[] | undefined,
): string | undefined {
	// The vendor's own n8n node leaves out the ones behind the last that takes something.
	if (sent && sent.length > buttons.length) return `there are ${buttons.length} buttons`;
	for (const [index, button] of buttons.entries()) {
		const name = `button ${index + 1}`;
		const given = sent?.[index];
		if (given && given.type !== button.type) return `${name} is a ${button.type}`;
		for (const key of ['text', 'url', 'phone_number'] as const) {
			if (given?.[key] !== undefined && given[key] !== button[key]) {
				return `the ${key} of ${name} is not the template's own`;
			}
		}
		// A catalog may be sent without naming a product, a product list may not.
		if (button.type === 'catalog' && !given?.parameters) continue;
		const action = button.type === 'mpm' || button.type === 'catalog';
		const wanted = action ? ['action'] : new Array<string>(placeholders(button.url)).fill('text');
		const fault = faultInParameters(name, wanted, given?.parameters);
		if (fault) return fault;
	}
	return undefined;
}

function faultInParameters(
	place: string,
	wanted: string[],
	sent: Array<{ type: string }> = [],
): string | undefined {
	if (sent.length !== wanted.length) {
		return `${place} takes ${wanted.length} parameters and got ${sent.length}`;
	}
	const wrong = sent.findIndex(({ type }, index) => type !== wanted[index]);
	return wrong < 0 ? undefined : `parameter ${wrong + 1} of ${place} has to be ${wanted[wrong]}`;
}
