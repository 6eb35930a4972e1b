import { Bird, channels } from './support';

let bird: Bird;
beforeAll(async () => (bird = await Bird.start()));
afterAll(() => bird.close());

const bytes = Buffer.from([0xff, 0xd8, 0xff, 0, 1, 2, 13, 10]);

interface Presigned {
	mediaUrl: string;
	uploadUrl: string;
	uploadMethod: string;
	uploadFormData: Record<string, string>;
}

async function presign(path = '/channel-media/presigned-upload'): Promise<Presigned> {
	const { status, body } = await bird.call('POST', path, { contentType: 'image/jpeg' });
	expect(status).toBe(200);
	return body;
}

function upload(
	{ uploadUrl, uploadMethod }: Presigned,
	entries: Array<[string, string | Blob]>,
	headers = {},
): Promise<Response> {
	const form = new FormData();
	for (const [name, value] of entries) form.append(name, value);
	return fetch(uploadUrl, { method: uploadMethod, body: form, headers });
}

const file: [string, Blob] = ['file', new Blob([bytes], { type: 'image/jpeg' })];

it.each(['/channel-media/presigned-upload', `/channels/${channels.sms}/presigned-upload`])(
	'takes a file as presigned by %s and serves it to who has the key',
	async (path) => {
		const presigned = await presign(path);
		const fields = Object.entries(presigned.uploadFormData);
		const answer = await upload(presigned, [...fields, file]);
		expect(answer.status).toBe(204);
		expect(await answer.text()).toBe('');

		const denied = await fetch(presigned.mediaUrl);
		expect(denied.status).toBe(401);
		const served = await fetch(presigned.mediaUrl, {
			headers: { authorization: 'AccessKey sandbox-access-key' },
		});
		expect(served.headers.get('content-type')).toBe('image/jpeg');
		expect(Buffer.from(await served.arrayBuffer())).toEqual(bytes);
	},
);

it.each<[string, (fields: Array<[string, string]>) => Array<[string, string | Blob]>, RegExp]>([
	['a field is missing', (fields) => [...fields.slice(1), file], /Content-Type/],
	['the file is not the last field', (fields) => [file, ...fields], /key/],
	[
		'a field comes after the file',
		(fields) => [...fields.slice(0, -1), file, ...fields.slice(-1)],
		/signature/,
	],
	[
		'a field was changed',
		(fields) => [...fields.slice(0, -1), ['x-amz-signature', 'x'], file],
		/signature/,
	],
	[
		'there is one field too many',
		(fields) => [...fields, ['x', 'y'], file],
		/Extra input fields: x/,
	],
	['there is no file', (fields) => fields, /exactly one file/],
])('refuses an upload when %s', async (_what, entriesOf, reason) => {
	const presigned = await presign();
	const answer = await upload(presigned, entriesOf(Object.entries(presigned.uploadFormData)));
	expect(answer.status).toBeGreaterThanOrEqual(400);
	expect(await answer.text()).toMatch(reason);
	const media = await bird.call('GET', presigned.mediaUrl);
	expect(media.status).toBe(404);
});

it('refuses an upload that brings the access key along', async () => {
	const presigned = await presign();
	const entries = [...Object.entries(presigned.uploadFormData), file];
	const answer = await upload(presigned, entries, { authorization: 'AccessKey x' });
	expect(answer.status).toBe(400);
});

it('does not presign in a workspace or a channel that is not there', async () => {
	const body = { contentType: 'image/jpeg' };
	const elsewhere = bird.workspaceUrl.replace(/.$/, '9');
	const workspace = await bird.call('POST', `${elsewhere}/channel-media/presigned-upload`, body);
	expect(workspace).toMatchObject({ status: 404, body: { code: 'NotFound' } });
	const nowhere = '99999999-0000-4000-8000-00000000000f';
	const channel = await bird.call('POST', `/channels/${nowhere}/presigned-upload`, body);
	expect(channel).toMatchObject({ status: 404, body: { code: 'NotFound' } });
});

it('refuses to presign without a content type, or with more', async () => {
	const path = '/channel-media/presigned-upload';
	expect(await bird.call('POST', path, {})).toMatchObject({
		status: 422,
		body: { details: { '.contentType': ['property "contentType" is missing'] } },
	});
	expect((await bird.call('POST', path, { contentType: '' })).status).toBe(422);
	expect((await bird.call('POST', path, { contentType: 'a/b', name: 'x' })).status).toBe(422);
});
