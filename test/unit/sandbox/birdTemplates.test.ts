import {
	chatWidgetId,
	newsTemplateId,
	oldOrderTemplateVersionId,
	orderTemplateId,
	orderTemplateVersionId,
} from '../../../sandbox/vendors/bird/demo';
import { Bird } from './support';

let bird: Bird;
beforeAll(async () => (bird = await Bird.start()));
afterAll(() => bird.close());

const ids = ({ body }: { body: { results: Array<{ id: string }> } }) =>
	body.results.map(({ id }) => id);

describe('projects', () => {
	it.each([
		['', [orderTemplateId, newsTemplateId, chatWidgetId]],
		['type=channelTemplate', [orderTemplateId]],
		['type=channelTemplate&type=htmlEmail', [orderTemplateId, newsTemplateId]],
		['q=ORDER', [orderTemplateId]],
		['q=nothing', []],
	])('are listed by %p', async (query, expected) => {
		expect(ids(await bird.call('GET', `/projects?${query}`))).toEqual(expected);
	});

	it('come in pages', async () => {
		const first = await bird.call('GET', '/projects?limit=2');
		const token = first.body.nextPageToken;
		expect(ids(await bird.call('GET', `/projects?limit=2&pageToken=${token}`))).toEqual([
			chatWidgetId,
		]);
	});

	it.each(['type=letter', 'limit=101'])('are not listed by %p', async (query) => {
		expect((await bird.call('GET', `/projects?${query}`)).status).toBe(422);
	});
});

describe('versions of a template', () => {
	it('come with their variables', async () => {
		const { body } = await bird.call('GET', `/projects/${orderTemplateId}/channel-templates`);
		const active = body.results.find(({ status }: { status: string }) => status === 'active');
		expect(active).toMatchObject({ id: orderTemplateVersionId, projectId: orderTemplateId });
		expect(active.variables.map(({ key }: { key: string }) => key)).toEqual([
			'first_name',
			'total',
			'express',
			'slots',
		]);
		expect(body.results.at(-1).id).toBe(oldOrderTemplateVersionId);
	});

	it('are none of a project that does not exist', async () => {
		const answer = await bird.call('GET', `/projects/${bird.control.vendor}/channel-templates`);
		expect(answer.status).toBe(404);
	});
});
