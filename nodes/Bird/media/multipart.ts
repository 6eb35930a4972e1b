import { randomUUID } from 'node:crypto';
import type { IBinaryData, IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';

interface FilePart {
	/** The name of the form's field. */
	name: string;
	fileName: string;
	contentType: string;
	data: IBinaryData;
}

/**
 * A multipart form: the fields in their order, the file last (RFC 7578; escapes as browsers do).
 *
 * The form is framed by hand, because every other way holds the whole file in memory, mostly twice:
 * n8n's HTTP helper takes a FormData only with the file in it as a Blob. What it does pass on as it
 * is, in n8n 1.x and 2.x alike, is a readable stream whose length is given. Where n8n keeps binary
 * data outside the item, the form is such a stream, to be sent once; where it keeps it in the
 * item's memory, the file is decoded straight into its place in the form.
 */
export async function fileForm(
	context: IExecuteSingleFunctions,
	fields: Array<[name: string, value: string]>,
	file: FilePart,
): Promise<Pick<IHttpRequestOptions, 'headers' | 'body'>> {
	const boundary = `----form-${randomUUID()}`;
	const head = Buffer.from(
		[
			...fields.map(([name, value]) => `${part(boundary, name)}\r\n\r\n${value}\r\n`),
			`${part(boundary, file.name)}; filename="${escape(file.fileName)}"\r\n`,
			`Content-Type: ${file.contentType}\r\n\r\n`,
		].join(''),
	);
	const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
	const { id, data } = file.data;
	const { body, length } =
		id === undefined ? decoded(head, data, tail) : await streamed(context, head, id, tail);
	return {
		headers: {
			'Content-Type': `multipart/form-data; boundary=${boundary}`,
			'Content-Length': length,
		},
		body,
	};
}

async function streamed(context: IExecuteSingleFunctions, head: Buffer, id: string, tail: Buffer) {
	const { fileSize } = await context.helpers.getBinaryMetadata(id);
	const source = await context.helpers.getBinaryStream(id);
	const body = source.compose(async function* (chunks: AsyncIterable<Uint8Array>) {
		yield head;
		yield* chunks;
		yield tail;
	});
	return { body, length: head.length + fileSize + tail.length };
}

function decoded(head: Buffer, base64: string, tail: Buffer) {
	const room = Buffer.byteLength(base64, 'base64');
	const form = Buffer.allocUnsafe(head.length + room + tail.length);
	head.copy(form);
	// Less than there is room for, where the text has line breaks.
	const written = form.write(base64, head.length, room, 'base64');
	tail.copy(form, head.length + written);
	const length = head.length + written + tail.length;
	return { body: form.subarray(0, length), length };
}

function part(boundary: string, name: string): string {
	return `--${boundary}\r\nContent-Disposition: form-data; name="${escape(name)}"`;
}

function escape(name: string): string {
	return name.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}
