import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../root.mjs';
import { readExample } from './import.mjs';

/** @typedef {import('../n8n/client.mjs').Workflow} Workflow */

const FOLDER = join(ROOT, 'examples');
const TRACKING = 'send-then-branch-on-status.json';
const SENDING = 'bird-send-message.json';
const STICKY_NOTE = 'n8n-nodes-base.stickyNote';

/** How each vendor's examples begin, in their files and in their names. */
const VENDORS = ['Aelyst', 'Bird', 'Conduit', 'Sent', 'Votel'];
const SEVERAL = 'Several';

const WORKS =
	'> **This works as it is**, with an account in the sandbox, which sends nothing to anyone.';
const WORKS_BUT_FOR_MODEL =
	'> **This works as it is but for the model**, which needs an account of your own. The messages go ' +
	'to an account in the sandbox, which sends nothing to anyone.';
const OTHERWISE =
	' What is said below about credentials and channels of your own is for an n8n of your own.';
const SEVERAL_STARTS =
	' It starts in several ways: the arrow beside **Execute workflow** chooses which.';
/** Room for what is added to a note, so that it still ends where it did. */
const ADDED_HEIGHT = 100;
const TRACKING_NOTE = [
	'## What became of each message',
	WORKS,
	'It is active: each message that **Bird / Send a text message to three people** sends starts it, ' +
		'and **Executions** above shows with what. To watch it here, press the button below, and run ' +
		'the other workflow.',
	'Vendors deliver an event at least once, so **Drop Repeated Events** keeps only the first with ' +
		'an `eventId`. **Retry On Fail** is on in it, because n8n can fail there when the first events come ' +
		'in the same moment.',
].join('\n\n');

/**
 * Where it would lie if n8n had folders, so that a list sorted by name shows it there.
 *
 * @param {string} file
 * @param {string} name of the example
 */
export function nameInFolder(file, name) {
	const vendor = VENDORS.find((one) => file.startsWith(`${one.toLowerCase()}-`));
	const title = name.replace(new RegExp(`^${vendor}: `), '');
	return `${vendor ?? SEVERAL} / ${title[0].toUpperCase()}${title.slice(1)}`;
}

/** @param {{ type: string }} node */
const isTrigger = ({ type }) => /trigger$|\.webhook$/i.test(type);

/** @param {Workflow} workflow */
const noteOf = ({ nodes }) => nodes.find(({ type }) => type === STICKY_NOTE);

/**
 * Says above a note's own text that all is well.
 *
 * @param {Workflow} workflow
 */
function addToNote(workflow) {
	const note = noteOf(workflow);
	if (!note) return;
	const works = workflow.nodes.some(({ type }) => type.includes('.lmChat'))
		? WORKS_BUT_FOR_MODEL
		: WORKS;
	const starts = workflow.nodes.filter(isTrigger).length > 1 ? SEVERAL_STARTS : '';
	note.parameters.content = `${works}${starts}${OTHERWISE}\n\n${note.parameters.content}`;
	note.parameters.height = (note.parameters.height ?? 160) + ADDED_HEIGHT;
	note.position = [note.position[0], note.position[1] - ADDED_HEIGHT];
}

/**
 * A workflow with only what follows one of its triggers, so that the button that runs it can start
 * from no other. The notes stay.
 *
 * @param {Workflow} workflow
 * @param {string} trigger
 * @returns {Workflow}
 */
export function startingFrom(workflow, trigger) {
	const reached = new Set([trigger]);
	// A set takes what is added while it is walked through.
	for (const name of reached) {
		const outputs = workflow.connections[name]?.main ?? [];
		for (const { node } of outputs.flat()) reached.add(node);
	}
	return {
		...workflow,
		nodes: workflow.nodes.filter(({ name, type }) => reached.has(name) || type === STICKY_NOTE),
		connections: Object.fromEntries(
			Object.entries(workflow.connections).filter(([name]) => reached.has(name)),
		),
	};
}

/**
 * @typedef {object} DemoExample
 * @property {'sending' | 'tracking' | undefined} role what the demo does with it
 * @property {Workflow} workflow
 */

/**
 * The examples as `npm start` shows them: named as in folders, in the order of their names, with
 * notes that say that they work.
 *
 * @returns {Promise<DemoExample[]>}
 */
export async function demoExamples() {
	const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.json'));
	const examples = await Promise.all(files.map(demoExample));
	return examples.sort((a, b) => a.workflow.name.localeCompare(b.workflow.name, 'en'));
}

/**
 * @param {string} file
 * @returns {Promise<DemoExample>}
 */
async function demoExample(file) {
	const example = await readExample(join(FOLDER, file));
	const workflow = { ...example, name: nameInFolder(file, example.name) };
	if (file === TRACKING) return { role: 'tracking', workflow: trackingOnly(workflow) };
	addToNote(workflow);
	return { role: file === SENDING ? 'sending' : undefined, workflow };
}

/**
 * Without the row that sends: that is the other workflow's, and n8n's button starts a vendor's
 * trigger rather than one by hand.
 *
 * @param {Workflow} workflow
 * @returns {Workflow}
 */
function trackingOnly(workflow) {
	const tracking = startingFrom(workflow, 'Message Ended');
	const note = noteOf(tracking);
	if (note) {
		note.parameters.content = TRACKING_NOTE;
		// Where the row was that is gone.
		note.position = [note.position[0], note.position[1] + 240];
	}
	return { ...tracking, name: `${SEVERAL} / Branch on delivered or failed` };
}
