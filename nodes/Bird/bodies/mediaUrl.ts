import type { INodeProperties } from 'n8n-workflow';

/** Source: docs.bird.com, api-reference/messaging: "media links … must be publicly accessible". */
const PUBLIC = 'An address that anyone can open without signing in';

/** The address of something that a message shows or carries. */
export function mediaUrlField(own: Partial<INodeProperties> = {}): INodeProperties {
	return {
		displayName: 'URL',
		name: 'mediaUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/picture.jpg',
		description: `${PUBLIC}, or the media URL that Upload Media gave`,
		...own,
	};
}
