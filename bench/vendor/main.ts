import { createServer } from 'node:http';
import { parseArgs } from 'node:util';

import type { VendorSettings } from './settings';
import { Vendor } from './vendor';

/** The vendor in a process of its own, with a control server beside it: PUT settings, GET stats or messages. */
async function main(): Promise<void> {
	const { values } = parseArgs({ options: { control: { type: 'string' } } });
	const vendor = new Vendor();
	const url = await vendor.listen();
	createServer((request, response) => {
		let text = '';
		request.on('data', (chunk) => (text += chunk));
		request.on('end', () => {
			if (request.method === 'PUT') vendor.restart(JSON.parse(text) as VendorSettings);
			response.setHeader('content-type', 'application/json');
			const wanted = request.url === '/messages' ? vendor.messages() : { url, ...vendor.stats() };
			response.end(JSON.stringify(wanted));
		});
	}).listen(Number(values.control), '127.0.0.1');
}

void main();
