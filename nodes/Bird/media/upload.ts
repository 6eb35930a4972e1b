import type { IBinaryData, IDataObject } from 'n8n-workflow';

import { DeliveryFailure } from '../../delivery/http/outcome';
import type { VendorRequest } from '../../delivery/http/vendorApi';
import type { ItemTransport } from '../../delivery/run/operation';
import { emptyFile } from '../../input/file';
import { isPlainObject } from '../../input/json';
import { fileForm } from './multipart';
import { mediaStore } from './store';

/** A file on its way to Bird. */
export interface Upload {
	/** The label of the field that names the binary field, and the name. */
	label: string;
	field: string;
	file: IBinaryData;
	contentType: string;
	filename: string;
}

/** What Bird gives for a file that is to come. Source: docs.bird.com, messaging: uploading media. */
export interface PresignedUpload {
	mediaUrl: string;
	uploadUrl: string;
	uploadMethod: string;
	uploadFormData: IDataObject;
}

/** The first of the two steps: asks for a place to upload to. */
export function presignRequest(basePath: string, contentType: string): VendorRequest {
	return { method: 'POST', url: `${basePath}/presigned-upload`, body: { contentType } };
}

export function isPresigned(body: unknown): body is PresignedUpload & IDataObject {
	return (
		isPlainObject(body) &&
		typeof body.mediaUrl === 'string' &&
		typeof body.uploadUrl === 'string' &&
		typeof body.uploadMethod === 'string' &&
		isPlainObject(body.uploadFormData)
	);
}

/**
 * The second step: gives the file to the store, which must not see the access key. Uploading it
 * again after a failure replaces it, so it is as safe to repeat as reading.
 *
 * @throws DeliveryFailure with what the store said
 */
export async function store(
	presigned: PresignedUpload,
	upload: Upload,
	transport: ItemTransport,
): Promise<void> {
	const { context } = transport;
	const { file, label, field, contentType, filename } = upload;
	if ((await bytesOf(upload, transport)) === 0) throw emptyFile(label, field);
	const fields = Object.entries(presigned.uploadFormData).map(([name, value]): [string, string] => [
		name,
		String(value),
	]);
	const part = { name: 'file', fileName: filename, contentType, data: file };
	await transport
		.send(
			{ method: presigned.uploadMethod === 'PUT' ? 'PUT' : 'POST', url: presigned.uploadUrl },
			{
				kind: 'read',
				elsewhere: { api: mediaStore, load: async () => await fileForm(context, fields, part) },
			},
		)
		.catch((error: unknown) => {
			throw storeFailure(field, error);
		});
}

/** How large a file is, which for one that is kept outside the item takes a look. */
export async function bytesOf({ file }: Upload, { context }: ItemTransport): Promise<number> {
	return file.id === undefined
		? Buffer.byteLength(file.data, 'base64')
		: (await context.helpers.getBinaryMetadata(file.id)).fileSize;
}

/**
 * Both steps, on the way of a message that carries the file.
 *
 * @param basePath of the channel: so that only its messages can show the file
 * @returns the URL by which messages show it
 * @throws DeliveryFailure
 */
export async function uploadOnTheWay(
	basePath: string,
	upload: Upload,
	transport: ItemTransport,
): Promise<string> {
	const request = presignRequest(basePath, upload.contentType);
	const { body } = await transport.send(request, {
		kind: 'read',
		isReadable: (answer) => isPresigned(answer.body),
	});
	const presigned = body as PresignedUpload;
	await store(presigned, upload, transport);
	return presigned.mediaUrl;
}

/** Says whose file it was, and leaves out advice that is meant for the API. */
function storeFailure(field: string, error: unknown): unknown {
	if (!(error instanceof DeliveryFailure)) return error;
	const { httpCode, code, vendor } = error.details;
	const said = [
		httpCode === null ? '' : `HTTP ${httpCode}`,
		code === null ? '' : `code ${code}`,
		vendor.requestId ? `request ID ${String(vendor.requestId)}` : '',
	].filter((part) => part !== '');
	return new DeliveryFailure(
		`The file in "${field}" could not be uploaded: ${error.message}`,
		`Try again. If it is refused again, check the type and the size of the file. ${
			said.length > 0 ? `The store answered with ${said.join(', ')}.` : ''
		}`.trim(),
		error.details,
		// What an answer's status means to n8n is about the API.
		httpCode === null ? error.failure : undefined,
	);
}
