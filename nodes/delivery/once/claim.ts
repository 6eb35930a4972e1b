import { sleep } from 'n8n-workflow';

import { accepted, asked, begun } from './marks';
import { pauseAfter, wasHeldUp } from './row';
import { type Marks, newWitness, takeBack } from './takeBack';

/** What is known of a key: nobody has begun and it is ours now, it was accepted, or it was begun. */
export type Standing = 'ours' | 'accepted' | 'begun';

/** Beyond this the database is too busy with other processes to tell who may send. */
const ATTEMPTS = 5;
/** Who asks at the same time in another process is soon done. */
const QUESTIONS_AFTER_MS = [0, 60, 240, 700];

interface Claim extends Marks {
	/** Whether this process itself has seen that the key was accepted. */
	isKnown(key: string): boolean;
}

/**
 * Claims keys, so that nobody else sends what they stand for.
 *
 * Another process may write the row back as it was before ours was in it. So each claim has a
 * witness beside it, and is only ours once the witness is still there after a while. If it is gone,
 * so is the claim, and whoever has the key in the row now has it.
 *
 * It may also have been us: who is held up between reading and writing takes away the claim of who
 * came through meanwhile, and cannot see it. The other one will write down that its message was
 * accepted, so who was held up looks for that too, after as much time again.
 *
 * @throws whatever the database throws, and when it is impossible to tell
 */
export async function claim(claim: Claim, keys: string[]): Promise<Map<string, Standing>> {
	const { row, items } = claim;
	const standings = new Map<string, Standing>();
	let open = keys;
	for (let attempt = 1; open.length > 0; attempt++) {
		if (attempt > ATTEMPTS) {
			throw new Error('other processes write to it all the time');
		}
		const mark = newWitness(claim);
		const claimed = await row.record(items, [...open.map(begun), mark]);
		const taken = open.filter((key) => !claimed.fresh.has(begun(key)));
		open = open.filter((key) => claimed.fresh.has(begun(key)));
		for (const [key, standing] of await ask(claim, taken)) standings.set(key, standing);
		if (open.length === 0) break;
		await sleep(pauseAfter(claimed.tookMs));
		const isDoubtful = wasHeldUp(claimed);
		const { fresh } = await row.record(items, [
			mark,
			...(isDoubtful ? open.flatMap(question) : []),
		]);
		const sent = isDoubtful ? open.filter((key) => isYes(fresh, key)) : [];
		for (const key of sent) standings.set(key, 'accepted');
		await takeBack(claim, sent.map(asked));
		open = open.filter((key) => !standings.has(key));
		const isLost = fresh.has(mark);
		if (isLost) {
			// Not in step with the other one, who tries again too.
			await sleep(pauseAfter(claimed.tookMs) * Math.random());
			continue;
		}
		for (const key of open) standings.set(key, 'ours');
		break;
	}
	return standings;
}

/**
 * Tells accepted from begun. Asking for a mark records it, so each question leaves `asked` beside it:
 * an answer counts only for who finds no `asked` there. It is taken back where the answer was
 * accepted, and stays where it was not, because then `accepted` is only there by the question.
 */
async function ask(claim: Claim, keys: string[]): Promise<Map<string, Standing>> {
	const standings = new Map<string, Standing>();
	for (const key of keys) standings.set(key, claim.isKnown(key) ? 'accepted' : 'begun');
	let open = keys.filter((key) => !claim.isKnown(key));
	for (const waitMs of QUESTIONS_AFTER_MS) {
		if (open.length === 0) break;
		await sleep(waitMs);
		const answer = await claim.row.record(claim.items, open.flatMap(question));
		const yes = open.filter((key) => isYes(answer.fresh, key));
		for (const key of yes) standings.set(key, 'accepted');
		await takeBack(claim, yes.map(asked));
		// Somebody else is just asking, or once heard that it was only begun.
		open = open.filter((key) => !answer.fresh.has(asked(key)));
	}
	return standings;
}

const question = (key: string): string[] => [accepted(key), asked(key)];

const isYes = (fresh: Set<string>, key: string): boolean =>
	fresh.has(asked(key)) && !fresh.has(accepted(key));
