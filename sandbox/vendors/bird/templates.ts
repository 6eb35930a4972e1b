import type { Answer, Call } from '../../core/vendor';
import { demoProjects, demoTemplateVersions } from './demo';
import { missing } from './errors';
import { pageOf } from './paging';
import type { BirdState } from './state';

type BirdCall = Call<BirdState>;

export function listProjects({ query }: BirdCall): Answer {
	const { type, q } = query as { type?: string[]; q?: string };
	const wanted = q?.toLowerCase() ?? '';
	const projects = demoProjects().filter(
		(project) =>
			(!type || type.includes(project.type)) && project.name.toLowerCase().includes(wanted),
	);
	return { status: 200, body: pageOf(projects, query) };
}

export function listChannelTemplates({ params, query }: BirdCall): Answer {
	if (!demoProjects().some(({ id }) => id === params.projectId)) return missing('project');
	const versions = demoTemplateVersions().filter(({ projectId }) => projectId === params.projectId);
	return { status: 200, body: pageOf(versions, query, 25) };
}
