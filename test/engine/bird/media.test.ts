import type { IDataObject } from 'n8n-workflow';

import type { BinaryMode } from '../support/engine';
import { loadEngine } from '../support/engine';
import { BirdRoom, byId, contact, demo, told } from './support';

const PICTURE = Buffer.from(Array.from({ length: 70_001 }, (_, index) => index % 251));

/** What the store has kept at a media URL. */
async function stored(mediaUrl: unknown): Promise<{ type: string | null; bytes: Buffer }> {
	const answer = await fetch(String(mediaUrl), {
		headers: { authorization: `AccessKey ${demo.accessKey}` },
	});
	expect(answer.status).toBe(200);
	return {
		type: answer.headers.get('content-type'),
		bytes: Buffer.from(await answer.arrayBuffer()),
	};
}

/** The names of a form's fields, in their order. */
const fieldsOf = (form: unknown) =>
	[...String(form).matchAll(/name="([^"]+)"/g)].map(([, name]) => name);

const formFields = [
	'Content-Type',
	'acl',
	'bucket',
	'key',
	'policy',
	'x-amz-algorithm',
	'x-amz-credential',
	'x-amz-date',
	'x-amz-meta-allowed-paths',
	'x-amz-security-token',
	'x-amz-signature',
	'file',
];

describe.each<BinaryMode>(['memory', 'filesystem'])('with binary data in %s', (mode) => {
	let bird: BirdRoom;
	beforeAll(async () => (bird = await BirdRoom.open(await loadEngine({ binaryData: mode }))));
	beforeEach(() => bird.vendor.reset());
	afterAll(() => bird.close());

	const item = async (content: Buffer | string, file: object, name = 'data') => ({
		json: {},
		binary: { [name]: await bird.engine.binary(content, file) },
	});
	const picture = async () =>
		await item(PICTURE, { fileName: 'picture.png', mimeType: 'image/png' });
	// The sandbox keeps what it was sent only of small requests.
	const small = async () => await item('PNG', { fileName: 'picture.png', mimeType: 'image/png' });

	describe('Upload Media', () => {
		const upload = async (parameters: IDataObject, items: object[]) =>
			await bird.run('upload', parameters, { items: items as never });

		it.each<[scope: string, path: string]>([
			['workspace', '/channel-media/presigned-upload'],
			['channel', `/channels/${demo.smsChannelId}/presigned-upload`],
		])('for the %s takes two steps, the second without the key', async (mediaScope, path) => {
			const run = await upload({ mediaScope }, [await small()]);
			expect(run.error).toBeUndefined();
			const [presign, form] = await bird.vendor.requests();
			expect(presign).toMatchObject({ method: 'POST', body: { contentType: 'image/png' } });
			expect(presign.path).toBe(`/workspaces/${demo.workspaceId}${path}`);
			expect(form).toMatchObject({ method: 'POST', path: '/media-bucket', status: 204 });
			expect(form.headers).not.toHaveProperty('authorization');
			expect(form.headers).toHaveProperty('content-length');
			expect(form.headers).not.toHaveProperty('transfer-encoding');
			expect(fieldsOf(form.body).filter((name) => name !== 'picture.png')).toEqual(formFields);
			const [[{ mediaUrl, ...about }]] = run.json;
			expect(about).toEqual({
				provider: 'bird',
				fileName: 'picture.png',
				contentType: 'image/png',
				bytes: 3,
			});
			expect(await stored(mediaUrl)).toEqual({ type: 'image/png', bytes: Buffer.from('PNG') });
			expect(run.origins).toEqual([[0]]);
		});

		it('takes another content type and name', async () => {
			const run = await upload(
				{ options: { contentType: 'image/webp', filename: 'a "b"\r\nc.webp' } },
				[await small()],
			);
			expect(run.json[0][0]).toMatchObject({ contentType: 'image/webp' });
			const [presign, form] = await bird.vendor.requests();
			expect(presign.body).toEqual({ contentType: 'image/webp' });
			expect(form.body).toContain('filename="a %22b%22%0D%0Ac.webp"\r\nContent-Type: image/webp');
			expect((await stored(run.json[0][0].mediaUrl)).type).toBe('image/webp');
		});

		it('uploads one file an item, each its own', async () => {
			const items = await Promise.all(
				['one', 'two', 'three'].map(async (text) => await item(text, { mimeType: 'text/plain' })),
			);
			const run = await upload({}, items);
			const files = await Promise.all(
				run.json[0].map(async ({ mediaUrl }) => await stored(mediaUrl)),
			);
			expect(files.map(({ bytes }) => bytes.toString())).toEqual(['one', 'two', 'three']);
			expect(run.origins).toEqual([[0, 1, 2]]);
		});

		it('tries again where the store or Bird fails on the way', async () => {
			await bird.vendor.fault({ fault: 'reset-before', operationId: 'uploadMedia' });
			await bird.vendor.fault({ fault: '503', operationId: 'createMediaUpload' });
			const run = await upload({}, [await picture()]);
			expect(run.error).toBeUndefined();
			expect((await stored(run.json[0][0].mediaUrl)).bytes).toEqual(PICTURE);
			expect((await bird.vendor.requests()).map(({ operationId }) => operationId)).toEqual([
				'createMediaUpload',
				'createMediaUpload',
				'uploadMedia',
				'uploadMedia',
				'downloadMedia',
			]);
		});
	});

	it.each<[type: string, file: object, body: (mediaUrl: string) => IDataObject]>([
		[
			'image',
			{ fileName: 'picture.png', mimeType: 'image/png' },
			(mediaUrl) => ({ text: 'Look', images: [{ mediaUrl }] }),
		],
		[
			'file',
			{ fileName: 'a.pdf', mimeType: 'application/pdf' },
			(mediaUrl) => ({
				text: 'Look',
				files: [{ mediaUrl, contentType: 'application/pdf', filename: 'a.pdf' }],
			}),
		],
		[
			'file',
			{ mimeType: 'application/pdf' },
			(mediaUrl) => ({
				text: 'Look',
				files: [{ mediaUrl, contentType: 'application/pdf', filename: 'data' }],
			}),
		],
		[
			'gif',
			{ fileName: 'a.gif', mimeType: 'image/gif' },
			(mediaUrl) => ({ text: 'Look', mediaUrl }),
		],
	])('Send Message uploads the file of a message of type %s', async (bodyType, file, body) => {
		const run = await bird.send(
			{ bodyType, mediaSource: 'binary', binaryFields: 'data', text: 'Look' },
			{ items: [await item(PICTURE, file)] },
		);
		expect(run.error).toBeUndefined();
		const [presign, form, message] = await bird.seen();
		expect([presign.path, form.path, message.path]).toEqual([
			`/channels/${demo.smsChannelId}/presigned-upload`,
			'/media-bucket',
			`/channels/${demo.smsChannelId}/messages`,
		]);
		const mediaUrl = expect.stringMatching(/^http.*\/media\/[0-9a-f-]{36}$/);
		expect(message.body).toEqual({
			receiver: { contacts: [contact()] },
			body: { type: bodyType, [bodyType]: body(mediaUrl) },
		});
		const [url] = /http[^"]*\/media\/[0-9a-f-]{36}/.exec(JSON.stringify(message.body)) ?? [];
		expect((await stored(url)).bytes).toEqual(PICTURE);
		expect(run.json[0][0]).toMatchObject({ messageId: expect.any(String), status: 'accepted' });
	});

	it('Send Message tells an empty file, and sends nothing', async () => {
		const items = [await picture(), await item('', { mimeType: 'image/png' })];
		const run = await bird.send({ bodyType: 'image', mediaSource: 'binary' }, { items });
		expect(told(run).message).toBe('Input Binary Field "data" holds an empty file [item 1]');
		expect(await bird.seen()).toEqual([]);
	});
});

describe('files on their way', () => {
	let bird: BirdRoom;
	beforeAll(async () => (bird = await BirdRoom.open()));
	beforeEach(() => bird.vendor.reset());
	afterAll(() => bird.close());

	const png = async (content = 'PNG') =>
		await bird.engine.binary(content, { fileName: 'a.png', mimeType: 'image/png' });
	const image = { bodyType: 'image', mediaSource: 'binary', binaryFields: 'data' };

	it('several of one message go up once each, in their order', async () => {
		const items = [{ json: {}, binary: { data: await png('1'), more: await png('2') } }];
		const run = await bird.send({ ...image, binaryFields: 'data, more, data' }, { items });
		expect(run.error).toBeUndefined();
		expect((await bird.vendor.requests()).map(({ operationId }) => operationId)).toEqual([
			'createChannelMediaUpload',
			'uploadMedia',
			'createChannelMediaUpload',
			'uploadMedia',
			'sendMessage',
		]);
		const [{ content }] = await bird.vendor.messages();
		const { images } = (content as { image: { images: Array<{ mediaUrl: string }> } }).image;
		const files = await Promise.all(images.map(async ({ mediaUrl }) => await stored(mediaUrl)));
		expect(files.map(({ bytes }) => bytes.toString())).toEqual(['1', '2', '1']);
	});

	it('an email carries them as attachments', async () => {
		const items = [{ json: {}, binary: { invoice: await png(), logo: await png() } }];
		const run = await bird.send(
			{
				channelId: byId(demo.emailChannelId),
				recipientBy: 'email',
				to: 'a@example.com',
				bodyType: 'html',
				html: '<img src="cid:logo">',
				attachments: {
					attachment: [
						{ source: 'binary', binaryField: 'invoice', filename: 'invoice.png' },
						{ source: 'binary', binaryField: 'logo', inline: true, contentId: 'logo' },
					],
				},
			},
			{ items },
		);
		expect(run.error).toBeUndefined();
		const mediaUrl = expect.stringMatching(/\/media\//);
		expect((await bird.seen()).at(-1)?.body).toMatchObject({
			body: {
				html: {
					attachments: [
						{ mediaUrl, filename: 'invoice.png' },
						{ mediaUrl, filename: 'a.png', inline: true, contentId: 'logo' },
					],
				},
			},
		});
	});

	it.each<[what: string, parameters: IDataObject, message: string, cure: RegExp]>([
		[
			'no such field',
			{ ...image, binaryFields: 'photo' },
			'Input Binary Field "photo" is no binary field of this item [item 0]',
			/The item has data\./,
		],
		['no name', { ...image, binaryFields: ' , ' }, 'Input Binary Field is empty [item 0]', /data/],
		[
			'two files for a GIF',
			{ ...image, bodyType: 'gif', binaryFields: 'data, more' },
			'Input Binary Field names 2 files [item 0]',
			/one/,
		],
		[
			'no such field for an attachment',
			{
				bodyType: 'text',
				text: 'Hi',
				attachments: { attachment: [{ source: 'binary', binaryField: 'pdf' }] },
			},
			'Input Binary Field "pdf" is no binary field of this item [item 0]',
			/The item has data\./,
		],
	])('%s is told before anything is sent', async (_what, parameters, message, cure) => {
		const run = await bird.send(parameters, {
			items: [{ json: {}, binary: { data: await png() } }],
		});
		expect(told(run).message).toBe(message);
		expect(told(run).description).toMatch(cure);
		expect(await bird.seen()).toEqual([]);
	});

	it.each<[what: string, parameters: IDataObject, message: string]>([
		[
			'no such field',
			{ binaryField: 'photo' },
			'Input Binary Field "photo" is no binary field of this item [item 0]',
		],
		['no name', { binaryField: '={{ " " }}' }, 'Input Binary Field is empty [item 0]'],
		[
			'a content type that is none',
			{ options: { contentType: 'image/png\r\nX-Evil: 1' } },
			'Content Type "image/png⟨line break⟩X-Evil: 1" is not a media type [item 0]',
		],
		[
			'a channel that is none',
			{ mediaScope: 'channel', channelId: byId('={{ "sms" }}') },
			'Channel "sms" is not a valid ID [item 0]',
		],
	])('Upload Media tells %s before anything is sent', async (_what, parameters, message) => {
		const items = [{ json: {}, binary: { data: await png() } }];
		const run = await bird.run('upload', parameters, { items });
		expect(told(run).message).toBe(message);
		expect(await bird.seen()).toEqual([]);
	});

	it('an item without any file says so', async () => {
		const run = await bird.run('upload', {}, { items: [{ json: {} }] });
		expect(told(run).description).toContain('The item has none.');
	});

	it('that the store refuses are told in its words, and the message is not sent', async () => {
		await bird.vendor.fault({ fault: '403', operationId: 'uploadMedia', count: 9 });
		const items = [{ json: {}, binary: { data: await png() } }];
		const run = await bird.send(image, { items, onError: 'continueRegularOutput' });
		expect(run.json[0][0]).toEqual({
			error: expect.stringContaining(
				'The file in "data" could not be uploaded: Bird\'s media store refused the request',
			),
			details: expect.objectContaining({ provider: 'bird', httpCode: 403, outcome: 'not_sent' }),
		});
		expect(await bird.vendor.messages()).toEqual([]);
		expect((await bird.vendor.requests()).map(({ operationId }) => operationId)).toEqual([
			'createChannelMediaUpload',
			'uploadMedia',
		]);
	});

	it('are not sent after a redirect', async () => {
		await bird.vendor.fault({
			fault: 'redirect',
			operationId: 'uploadMedia',
			location: 'https://elsewhere.example.com/',
		});
		const items = [{ json: {}, binary: { data: await png() } }];
		const run = await bird.run('upload', {}, { items });
		expect(told(run).message).toContain(
			"Bird's media store answered with a redirect, which is not followed",
		);
		expect(told(run).description).not.toContain('credential');
	});

	it.each(['404', '422'] as const)(
		'that Bird gives no place for (%s) are told, and the message is not sent',
		async (fault) => {
			await bird.vendor.fault({ fault, operationId: 'createChannelMediaUpload' });
			const items = [{ json: {}, binary: { data: await png() } }];
			const run = await bird.send(image, { items, onError: 'continueRegularOutput' });
			expect(run.json[0][0].details).toMatchObject({
				httpCode: Number(fault),
				outcome: 'not_sent',
			});
			expect(await bird.vendor.messages()).toEqual([]);
		},
	);

	it('an answer of the first step that cannot be read is told', async () => {
		await bird.vendor.fault({ fault: 'garbage', operationId: 'createMediaUpload' });
		const items = [{ json: {}, binary: { data: await png() } }];
		const run = await bird.run('upload', {}, { items });
		expect(told(run).message).toContain('a body that cannot be read');
	});

	it('that grow the message beyond what Bird takes are told, and it is not sent', async () => {
		const items = [{ json: {}, binary: { data: await png() } }];
		// Room for what stands for the URL, and not for the URL.
		const text = 'x'.repeat(200_000 - 140);
		const run = await bird.send({ ...image, text }, { items });
		expect(told(run).message).toBe('The message has 201 KB [item 0]');
		expect(await bird.vendor.messages()).toEqual([]);
	});

	it('n8n running the node again sends no message twice', async () => {
		const items = [
			{ json: { phone: '+14155550101' }, binary: { data: await png() } },
			{ json: { phone: '+14155550102' }, binary: { data: await png() } },
		];
		await bird.vendor.fault({ fault: '409', operationId: 'sendMessage', skip: 1 });
		const run = await bird.send(
			{ ...image, recipient: '={{ $json.phone }}', options: { maxInFlight: 1 } },
			{ items, retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		);
		expect(run.status).toBe('success');
		expect(await bird.vendor.duplicates()).toEqual([]);
		expect((await bird.vendor.messages()).map(({ recipient }) => recipient).sort()).toEqual([
			'+14155550101',
			'+14155550102',
		]);
	});
});
