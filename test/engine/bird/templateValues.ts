import type { IDataObject } from 'n8n-workflow';

const reply = { type: 'reply-action', replyAction: { text: 'Yes' } };
const product = { externalProductId: 'p1', amount: '12.50', text: 'Shoes' };
const whatsappProduct = {
	type: 'whatsapp-product-item',
	whatsappProductItem: { externalProductId: 'p1' },
};

/** A value for each type whose value is an object. */
export const structured: Record<string, IDataObject> = {
	object: { any: { thing: [1] } },
	sectionList: { sections: [{ title: 'One', items: [reply] }] },
	timeslotList: { timeslots: [{ startTime: '2026-01-31T09:00:00Z', duration: 1800 }] },
	productSections: { productSections: [{ title: 'Shoes', products: [product] }] },
	productList: { products: [{ type: 'product', product }] },
	shippingMethodList: {
		shippingMethods: [{ amount: '5.00', label: 'Post', identifier: 'post', detail: '2 days' }],
	},
	lineItemList: { lineItems: [{ amount: '12.50', text: 'Shoes', type: 'final' }] },
	whatsappProductSections: {
		sections: [
			{
				type: 'whatsapp-product-section',
				whatsappProductSection: { title: 'Shoes', products: [whatsappProduct] },
			},
		],
	},
	whatsappProductItems: { products: [whatsappProduct] },
};
