import type { IBinaryData, IDataObject, IExecuteSingleFunctions } from 'n8n-workflow';

import { emptyFile } from '../../input/file';
import { fileForm } from './multipart';
import { DeliveryFailure } from '../../delivery/http/outcome';
import type { Transport } from '../../delivery/http/transport';
import { isPlainObject } from '../../input/json';
import type { Medium } from '../bodies/bodyType';
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
interface PresignedUpload {
	mediaUrl: string;
	uploadUrl: string;
	uploadMethod: string;
	uploadFormData: IDataObject;
}

/** The first of the two steps: asks for a place to upload to. */
export function presignRequest(basePath: string, contentType: string) {
	return {
		method: 'POST' as const,
		url: `${basePath}/presigned-upload`,
		body: { contentType },
	};
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
	context: IExecuteSingleFunctions,
	transport: Transport,
): Promise<void> {
	const { file, label, field, contentType, filename } = upload;
	if (file.id !== undefined) {
		const { fileSize } = await context.helpers.getBinaryMetadata(file.id);
		if (fileSize === 0) throw emptyFile(label, field);
	}
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
			context,
		)
		.catch((error: unknown) => {
			throw storeFailure(field, error);
		});
}

/**
 * Both steps, on the way of a message that carries the file.
 *
 * @param basePath of the channel: so that only its messages can show the file
 * @throws DeliveryFailure
 */
export async function uploadOnTheWay(
	basePath: string,
	upload: Upload,
	context: IExecuteSingleFunctions,
	transport: Transport,
): Promise<Medium> {
	const { contentType, filename } = upload;
	const request = presignRequest(basePath, contentType);
	const { body } = await transport.send(request, { kind: 'read', isReadable }, context);
	const presigned = body as PresignedUpload;
	await store(presigned, upload, context, transport);
	return { mediaUrl: presigned.mediaUrl, contentType, filename };
}

const isReadable = ({ body }: { body: unknown }) => isPresigned(body);

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
