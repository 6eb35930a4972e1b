import type { IDataObject } from 'n8n-workflow';
import { BirdRoom } from '../bird/support';

let bird: BirdRoom;
beforeEach(async () => (bird = await BirdRoom.open()));
afterEach(() => bird.close());

const people = Array.from({ length: 20 }, (_, index) => ({
	json: { phone: `+1415555${1000 + index}`, 'First Name': index % 2 ? 'Zoë' : `Ana ${index} 🎉` },
}));

/** The texts of all messages that the vendor got, with whom they are for. */
async function texts(): Promise<string[]> {
	const bodies = (await bird.seen()).map(({ body }) => JSON.stringify(body));
	return bodies.flatMap((body) =>
		[...body.matchAll(/"text":\{"text":"(.*?)"/g)].map(([, text]) => text),
	);
}

describe.each<[operation: string, recipient: IDataObject]>([
	['send', { recipient: '={{ $json.phone }}' }],
	['bulkSend', {}],
])('%s', (operation, recipient) => {
	const run = async (text: string) =>
		await bird.run(operation, { ...recipient, text }, { items: people });

	it('gives each person a code of their own', async () => {
		await run('=Your code is {{ Math.floor(100000 + Math.random()*900000) }}');
		const codes = await texts();
		expect(codes).toHaveLength(20);
		// Of 900,000 codes, two of 20 are the same once in 5,000 runs; three are never.
		expect(new Set(codes).size).toBeGreaterThan(18);
	});

	it('fills in the fields of each person', async () => {
		await run(
			'=Hi {{ $json["First Name"] }}, your number is {{ $json.phone }}{{ $json.missing }}.',
		);
		expect((await texts()).sort()).toEqual(
			people.map(({ json }) => `Hi ${json['First Name']}, your number is ${json.phone}.`).sort(),
		);
	});
});
