import { createHash, randomBytes, randomUUID } from 'node:crypto';

import busboy from 'busboy';

import type { Answer, Call } from '../../core/vendor';
import { workspaceId } from './demo';
import { missing } from './errors';
import { channelOf } from './channels';
import type { BirdState } from './state';

type BirdCall = Call<BirdState>;

export function createMediaUpload(call: BirdCall): Answer {
	return presign(call, `/workspaces/${workspaceId}/*`);
}

export function createChannelMediaUpload(call: BirdCall): Answer {
	return presign(call, `/workspaces/${workspaceId}/channels/${channelOf(call).id}/*`);
}

function presign({ room, state, body }: BirdCall, allowedPaths: string): Answer {
	const { contentType } = body as { contentType: string };
	const mediaId = randomUUID();
	const key = `${workspaceId}/${mediaId}`;
	const policy = Buffer.from(JSON.stringify({ key, contentType })).toString('base64');
	const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
	const fields = {
		'Content-Type': contentType,
		acl: 'private',
		bucket: 'sandbox-media',
		key,
		policy,
		'x-amz-algorithm': 'AWS4-HMAC-SHA256',
		'x-amz-credential': `SANDBOX/${date.slice(0, 8)}/eu-west-1/s3/aws4_request`,
		'x-amz-date': date,
		'x-amz-meta-allowed-paths': allowedPaths,
		'x-amz-security-token': randomBytes(48).toString('base64'),
		'x-amz-signature': createHash('sha256').update(policy).update(randomBytes(16)).digest('hex'),
	};
	state.uploads.set(key, { mediaId, contentType, fields });
	return {
		status: 200,
		body: {
			mediaUrl: `${room.baseUrl}/workspaces/${workspaceId}/media/${mediaId}`,
			uploadUrl: `${room.baseUrl}/media-bucket`,
			uploadMethod: 'POST',
			uploadFormData: fields,
		},
	};
}

/** As picky as the storage service behind Bird: it knows the signed fields and nothing else. */
export async function uploadMedia({ state, headers, rawBody }: BirdCall): Promise<Answer> {
	if (headers.authorization !== undefined) {
		return s3Error(400, 'InvalidArgument', 'Only one auth mechanism allowed');
	}
	const form = await readForm(headers['content-type'] ?? '', rawBody).catch(() => undefined);
	if (!form) return s3Error(400, 'MalformedPOSTRequest', 'The body is not a multipart form');
	if (!form.file) return s3Error(400, 'InvalidArgument', 'POST requires exactly one file upload');
	const upload = state.uploads.get(form.fields.get('key') ?? '');
	if (!upload) return s3Error(403, 'AccessDenied', 'Invalid according to Policy: key');
	for (const [name, value] of Object.entries(upload.fields)) {
		if (form.fields.get(name) !== value) {
			return s3Error(403, 'AccessDenied', `Invalid according to Policy: ${name}`);
		}
	}
	for (const name of form.fields.keys()) {
		if (!(name in upload.fields)) {
			return s3Error(
				403,
				'AccessDenied',
				`Invalid according to Policy: Extra input fields: ${name}`,
			);
		}
	}
	state.media.set(upload.mediaId, { contentType: upload.contentType, bytes: form.file });
	return { status: 204 };
}

export function downloadMedia({ state, params }: BirdCall): Answer {
	const media = state.media.get(params.mediaId ?? '');
	if (!media) return missing('media');
	return { status: 200, headers: { 'content-type': media.contentType }, body: media.bytes };
}

/** The fields up to the file; what comes after the file is ignored, as S3 does. */
function readForm(
	contentType: string,
	body: Buffer,
): Promise<{ fields: Map<string, string>; file?: Buffer }> {
	return new Promise((resolve, reject) => {
		const parser = busboy({ headers: { 'content-type': contentType } });
		const fields = new Map<string, string>();
		let file: Buffer | undefined;
		parser.on('field', (name, value) => {
			if (!file) fields.set(name, value);
		});
		parser.on('file', (name, stream) => {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			if (name === 'file') file = Buffer.alloc(0);
			stream.on('end', () => {
				if (name === 'file') file = Buffer.concat(chunks);
			});
		});
		parser.on('close', () => resolve({ fields, file }));
		parser.on('error', reject);
		parser.end(body);
	});
}

const s3Error = (status: number, code: string, message: string): Answer => ({
	status,
	headers: { 'content-type': 'application/xml' },
	body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><RequestId>${randomUUID()}</RequestId></Error>`,
});
