import { allPages, EndlessList, type Page } from '../../../nodes/webhook/pages';

const entries = (...ids: number[]) => ids.map((id) => ({ id }));

/** Gives these pages, the place of each being its number, and counts how often it is asked. */
function listOf(pages: Array<Omit<Page, 'next'> & { last?: true }>) {
	const asked: unknown[] = [];
	const read = async (place: Page['next'] = 0) => {
		asked.push(place);
		const { last, ...page } = pages[Number(place)] ?? { entries: [] };
		return await Promise.resolve({ ...page, next: last ? undefined : Number(place) + 1 });
	};
	return { asked, read };
}

it('reads page after page until the last', async () => {
	const { asked, read } = listOf([
		{ entries: entries(1, 2) },
		{ entries: entries(3), last: true },
		{ entries: entries(4) },
	]);
	expect(await allPages(read)).toEqual(entries(1, 2, 3));
	expect(asked).toEqual([0, 1]);
});

it.each<[string, Array<{ entries: Array<{ id: number }> }>]>([
	['with an empty page', [{ entries: entries(1) }, { entries: [] }]],
	['with the same page again', Array.from({ length: 1000 }, () => ({ entries: entries(1) }))],
])('ends %s, whatever comes next', async (_what, pages) => {
	const { asked, read } = listOf(pages);
	expect(await allPages(read)).toEqual(entries(1));
	expect(asked).toHaveLength(2);
});

it('ends where the next place is the same', async () => {
	let asked = 0;
	const read = async () => await Promise.resolve({ entries: entries(++asked), next: 'same' });
	expect(await allPages(read)).toEqual(entries(1, 2));
});

it('gives up on a list without an end', async () => {
	let asked = 0;
	const read = async () => await Promise.resolve({ entries: entries(++asked), next: asked });
	await expect(allPages(read)).rejects.toThrow(EndlessList);
	expect(asked).toBe(50);
});
